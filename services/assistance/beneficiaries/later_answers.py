"""What the bank says of a payment after it was booked: it came back after all, or it went through after all."""

from dataclasses import dataclass
from datetime import date

from services.assistance.beneficiaries.consequences import (
    PAID_ELSEWHERE,
    BatchFacts,
    is_at_bank,
    release,
    with_consequences,
)
from services.assistance.beneficiaries.line_events import PaymentCameBack, PaymentWentThrough
from services.assistance.beneficiaries.payments import LineNotAtBank, ReturnReason
from services.assistance.beneficiaries.state import Beneficiary, BeneficiaryEvent, LineKey, LineStatus
from services.assistance.ids import BatchId, FundId
from shared.calendar import TermCalendar


@dataclass(frozen=True, slots=True, kw_only=True)
class LaterAnswer:
    """What the bank was asked to pay by one batch, and what it says of it now; `returned` None: paid after all."""

    key: LineKey
    fund_id: FundId
    batch_id: BatchId
    seq: int
    amount_fen: int
    returned: ReturnReason | None
    document_no: str
    answered_on: date


def answer_anew(
    child: Beneficiary, answer: LaterAnswer, terms: TermCalendar, batches: BatchFacts
) -> list[BeneficiaryEvent]:
    """Book the bank's later answer and what it entails."""
    booked = _came_back(child, answer) if answer.returned else _went_through(child, answer, terms, batches)
    return with_consequences(child, booked, terms, batches)


def _came_back(child: Beneficiary, answer: LaterAnswer) -> list[BeneficiaryEvent]:
    """The term's only payment stays claimed, to be paid again; of several the one is undone and no more.

    Raises LineNotAtBank when the batch paid nothing.
    """
    claim = child.lines.get(answer.key)
    paid_by = {payment.batch_id for payment in child.payments(answer.key)}
    if answer.batch_id not in paid_by or claim is None:
        raise LineNotAtBank()
    return [
        PaymentCameBack(
            child_id=child.id,
            programme_id=answer.key[0],
            period=answer.key[1],
            fund_id=answer.fund_id,
            batch_id=answer.batch_id,
            amount_fen=answer.amount_fen,
            reason=str(answer.returned),
            beyond=len(paid_by) > 1 or claim.status is not LineStatus.PAID,
            document_no=answer.document_no,
            came_back_on=answer.answered_on,
        )
    ]


def _went_through(
    child: Beneficiary, answer: LaterAnswer, terms: TermCalendar, batches: BatchFacts
) -> list[BeneficiaryEvent]:
    """An unpaid claim that the bank does not have is given up: the term is paid. Else the payment is beyond it."""
    claim = child.lines.get(answer.key)
    beyond = claim is not None and (claim.status is LineStatus.PAID or is_at_bank(answer.key, claim, batches))
    paid = PaymentWentThrough(
        child_id=child.id,
        programme_id=answer.key[0],
        period=answer.key[1],
        fund_id=answer.fund_id,
        batch_id=answer.batch_id,
        seq=answer.seq,
        amount_fen=answer.amount_fen,
        year_fen=child.entitlement(answer.key[0]).due(terms.term(answer.key[1])).year_fen,
        beyond=beyond,
        document_no=answer.document_no,
        went_through_on=answer.answered_on,
    )
    return [paid] if claim is None or beyond else [release(child, answer.key, PAID_ELSEWHERE), paid]
