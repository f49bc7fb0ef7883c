"""What the bank says of a line, and mending what it sent back."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import ClassVar

from services.assistance.beneficiaries.consequences import (
    NO_BATCHES,
    PAID_ELSEWHERE,
    BatchFacts,
    release,
    with_consequences,
)
from services.assistance.beneficiaries.line_events import PaymentCorrected, PaymentReturned, PaymentSettled
from services.assistance.beneficiaries.state import Beneficiary, BeneficiaryEvent, LineKey, LineStatus, evolve
from services.assistance.ids import ChildId, ProgrammeId
from shared.calendar import TermCalendar, TermId
from shared.kernel.commands import Context
from shared.kernel.refusals import Refused


class ReturnReason(StrEnum):
    """Why a bank returns a payment."""

    ACCOUNT_NOT_FOUND = "ACCOUNT_NOT_FOUND"
    NAME_MISMATCH = "NAME_MISMATCH"
    ID_MISMATCH = "ID_MISMATCH"
    ACCOUNT_CLOSED = "ACCOUNT_CLOSED"
    ACCOUNT_DORMANT = "ACCOUNT_DORMANT"
    ACCOUNT_FROZEN = "ACCOUNT_FROZEN"
    CARD_LOST = "CARD_LOST"
    NOT_ACTIVATED = "NOT_ACTIVATED"
    LIMIT = "LIMIT"
    DUPLICATE = "DUPLICATE"
    OTHER = "OTHER"


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectPayment:
    """A clerk mended what the bank had found wrong (unfroze the card, corrected the name)."""

    NAME: ClassVar[str] = "assistance.correct-payment"
    child_id: ChildId
    programme_id: ProgrammeId
    period: TermId
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteNewAccount:
    """The registry has another account for the child: what the bank sent back can be tried again."""

    NAME: ClassVar[str] = "assistance.note-new-account"
    child_id: ChildId
    set_on: date


class NothingToCorrect(Refused):
    code = "nothing-to-correct"

    def __init__(self) -> None:
        super().__init__("该笔资金没有被银行退回，无须更正。", "the bank has not returned this payment")


class LineNotAtBank(Refused):
    code = "line-not-at-bank"

    def __init__(self) -> None:
        super().__init__("该笔资金不在待入账状态，不能登记回盘结果。", "the line is not at the bank")


def settle_line(
    child: Beneficiary,
    key: LineKey,
    returned: ReturnReason | None,
    day: date,
    terms: TermCalendar,
    batches: BatchFacts = NO_BATCHES,
) -> list[BeneficiaryEvent]:
    """Book the bank's answer for one line: paid, or returned with its reason. Raises LineNotAtBank."""
    line = child.lines.get(key)
    if line is None or line.status is not LineStatus.IN_BATCH:
        raise LineNotAtBank()
    if returned is None:
        settled = PaymentSettled(
            child_id=child.id,
            programme_id=key[0],
            period=key[1],
            fund_id=line.fund_id,
            batch_id=line.batch_id,
            amount_fen=line.amount_fen,
            settled_on=day,
        )
        return with_consequences(child, [settled], terms, batches)
    sent_back = PaymentReturned(
        child_id=child.id,
        programme_id=key[0],
        period=key[1],
        fund_id=line.fund_id,
        batch_id=line.batch_id,
        amount_fen=line.amount_fen,
        reason=returned,
        returned_on=day,
    )
    events: list[BeneficiaryEvent] = [sent_back]
    if child.beyond.get(key):  # paid by another batch: nothing is left to be paid
        events.append(release(evolve(child, sent_back), key, PAID_ELSEWHERE))
    return with_consequences(child, events, terms, batches)


def correct_payment(child: Beneficiary, command: CorrectPayment, context: Context) -> list[BeneficiaryEvent]:
    """Let a returned payment be reissued. Raises NothingToCorrect."""
    key = (command.programme_id, command.period)
    line = child.lines.get(key)
    if line is None or line.status is not LineStatus.RETURNED:
        raise NothingToCorrect()
    return [_corrected(child, key, command.note, context.today)]


def note_new_account(child: Beneficiary, command: NoteNewAccount, _: Context) -> list[BeneficiaryEvent]:
    """Let all returned payments of the child be reissued to its new account."""
    return [
        _corrected(child, key, "收款账户已更正", command.set_on)
        for key, line in sorted(child.lines.items())
        if line.status is LineStatus.RETURNED
    ]


def _corrected(child: Beneficiary, key: LineKey, note: str, day: date) -> PaymentCorrected:
    return PaymentCorrected(child_id=child.id, programme_id=key[0], period=key[1], note=note, corrected_on=day)
