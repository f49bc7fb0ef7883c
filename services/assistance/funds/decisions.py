"""What may happen to a fund. Only receipts are commands; the rest follows from payment lines."""

import re
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from services.assistance.funds.events import (
    CommitmentPaid,
    CommitmentReleased,
    FundCommitted,
    FundEvent,
    FundReceived,
    PaidMoneyReturned,
    ReceiptWithdrawn,
)
from services.assistance.funds.state import Fund
from services.assistance.ids import BatchId, FundId, document_key
from shared.kernel.caller import same_person
from shared.kernel.commands import Context
from shared.kernel.refusals import DateInFuture, Kind, Refused, SameHandNotAllowed
from shared.money import yuan

_FUND_ID = re.compile(r"[a-z0-9-]{1,40}")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiveFund:
    NAME: ClassVar[str] = "assistance.receive-fund"
    fund_id: FundId
    name: str
    division: str
    source: str
    document_no: str
    amount_fen: int
    received_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawReceipt:
    """Take a receipt back that was recorded wrongly, or whose money was called back."""

    NAME: ClassVar[str] = "assistance.withdraw-receipt"
    fund_id: FundId
    document_no: str
    reason: str
    withdrawn_on: date


class ReceiptAlreadyRecorded(Refused):
    code = "receipt-already-recorded"

    def __init__(self, document_no: str) -> None:
        super().__init__(
            f"拨款文号“{document_no}”在该资金项下已经登记，不能重复登记；登记有误的，请先由另一人撤销该笔到账。",
            f"receipt {document_no} is already recorded in this fund",
            field="document_no",
        )


class ReceiptNotRecorded(Refused):
    code = "receipt-not-recorded"

    def __init__(self, document_no: str) -> None:
        super().__init__(
            f"该资金项下没有拨款文号为“{document_no}”的到账，或已经撤销。",
            f"this fund has no receipt {document_no}",
            field="document_no",
        )


class ReceiptInTheFuture(Refused):
    code = "receipt-in-the-future"
    kind = Kind.INVALID

    def __init__(self) -> None:
        super().__init__("到账日期不能晚于今天。", "money cannot be received in the future", field="received_on")


class FundIdNotValid(Refused):
    code = "fund-id-not-valid"
    kind = Kind.INVALID

    def __init__(self) -> None:
        super().__init__(
            "资金编号只能用小写字母、数字和连字符，最多40个。",
            "a fund id has up to 40 lower-case letters, digits and hyphens",
            field="fund_id",
        )


class NotAnAmount(Refused):
    code = "not-an-amount"
    kind = Kind.INVALID

    def __init__(self) -> None:
        super().__init__("金额必须大于零。", "the amount must be greater than zero", field="amount_fen")


class DisbursementExceedsFund(Refused):
    """Rule 1-07: a fund's balance never goes below zero."""

    code = "disbursement-exceeds-fund"

    def __init__(self, available_fen: int, wanted_fen: int) -> None:
        super().__init__(
            f"资金余额不足：可用{yuan(available_fen)}元，需要{yuan(wanted_fen)}元。",
            f"the fund has {available_fen} fen available, {wanted_fen} are needed",
        )


class ReleaseExceedsCommitment(Refused):
    """More would be released or paid than was set aside: the books would no longer agree."""

    code = "release-exceeds-commitment"

    def __init__(self, committed_fen: int, wanted_fen: int) -> None:
        super().__init__(
            f"已占用资金只有{yuan(committed_fen)}元，不能核销{yuan(wanted_fen)}元。",
            f"{committed_fen} fen are committed, {wanted_fen} would be taken off",
        )


class ReturnExceedsPaid(Refused):
    """More would come back than was paid: the books would no longer agree."""

    code = "return-exceeds-paid"

    def __init__(self, paid_fen: int, wanted_fen: int) -> None:
        super().__init__(
            f"该资金已发放{yuan(paid_fen)}元，不能退回{yuan(wanted_fen)}元。",
            f"{paid_fen} fen are paid, {wanted_fen} would come back",
        )


def receive_fund(fund: Fund, command: ReceiveFund, context: Context) -> list[FundEvent]:
    """Money arrives. Refuses a document number used before, a date to come, an amount that is not positive."""
    if not _FUND_ID.fullmatch(fund.id):
        raise FundIdNotValid()
    if command.amount_fen <= 0:
        raise NotAnAmount()
    if document_key(command.document_no) in fund.receipts:
        raise ReceiptAlreadyRecorded(command.document_no)
    if command.received_on > context.today:
        raise ReceiptInTheFuture()
    return [
        FundReceived(
            fund_id=fund.id,
            name=fund.name or command.name,
            division=fund.division or command.division,
            source=command.source,
            document_no=command.document_no,
            amount_fen=command.amount_fen,
            received_on=command.received_on,
            received_by=context.actor,
        )
    ]


def withdraw_receipt(fund: Fund, command: WithdrawReceipt, context: Context) -> list[FundEvent]:
    """Another person takes a receipt back; it may then be recorded anew, and rightly.

    Refuses a document that the fund does not have, and money that is set aside or paid already.
    """
    receipt = fund.receipts.get(document_key(command.document_no))
    if receipt is None:
        raise ReceiptNotRecorded(command.document_no)
    if same_person(context.actor, receipt.received_by):
        raise SameHandNotAllowed("登记到账", "撤销到账")
    if command.withdrawn_on > context.today:
        raise DateInFuture("withdrawn_on")
    if receipt.amount_fen > fund.available_fen:
        raise DisbursementExceedsFund(fund.available_fen, receipt.amount_fen)
    return [
        ReceiptWithdrawn(
            fund_id=fund.id,
            document_no=receipt.document_no,
            amount_fen=receipt.amount_fen,
            reason=command.reason,
            withdrawn_on=command.withdrawn_on,
        )
    ]


def commit(fund: Fund, batch_id: BatchId, lines: int, amount_fen: int) -> FundEvent:
    """Set money aside. Raises DisbursementExceedsFund."""
    if amount_fen > fund.available_fen:
        raise DisbursementExceedsFund(fund.available_fen, amount_fen)
    return FundCommitted(fund_id=fund.id, batch_id=batch_id, lines=lines, amount_fen=amount_fen)


def release(fund: Fund, batch_id: BatchId, lines: int, amount_fen: int) -> FundEvent:
    """Make money available again. Raises ReleaseExceedsCommitment."""
    _check_committed(fund, amount_fen)
    return CommitmentReleased(fund_id=fund.id, batch_id=batch_id, lines=lines, amount_fen=amount_fen)


def pay(fund: Fund, batch_id: BatchId, lines: int, amount_fen: int) -> FundEvent:
    """Book what the bank paid. Raises ReleaseExceedsCommitment."""
    _check_committed(fund, amount_fen)
    return CommitmentPaid(fund_id=fund.id, batch_id=batch_id, lines=lines, amount_fen=amount_fen)


def take_back(fund: Fund, batch_id: BatchId, lines: int, amount_fen: int) -> FundEvent:
    """Set aside again what the bank had paid. Raises ReturnExceedsPaid."""
    if amount_fen > fund.paid_fen:
        raise ReturnExceedsPaid(fund.paid_fen, amount_fen)
    return PaidMoneyReturned(fund_id=fund.id, batch_id=batch_id, lines=lines, amount_fen=amount_fen)


def _check_committed(fund: Fund, amount_fen: int) -> None:
    if amount_fen > fund.committed_fen:
        raise ReleaseExceedsCommitment(fund.committed_fen, amount_fen)
