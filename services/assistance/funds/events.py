"""What happens to a fund. Amounts are integer fen and greater than zero."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from services.assistance.ids import BatchId, FundId


@dataclass(frozen=True, slots=True, kw_only=True)
class FundReceived:
    """Money arrived under a document number that is unique in the fund."""

    TYPE: ClassVar[str] = "assistance.fund-received.v1"
    OCCURRED_ON: ClassVar[str] = "received_on"
    fund_id: FundId
    name: str
    division: str
    source: str
    document_no: str
    amount_fen: int
    received_on: date
    received_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptWithdrawn:
    """A receipt was recorded wrongly, or its money was called back (`reason`): it counts no longer."""

    TYPE: ClassVar[str] = "assistance.receipt-withdrawn.v1"
    OCCURRED_ON: ClassVar[str] = "withdrawn_on"
    fund_id: FundId
    document_no: str
    amount_fen: int
    reason: str
    withdrawn_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class FundCommitted:
    """Money was set aside for `lines` payment lines that were just prepared."""

    TYPE: ClassVar[str] = "assistance.fund-committed.v1"
    fund_id: FundId
    batch_id: BatchId
    lines: int
    amount_fen: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CommitmentReleased:
    """Money set aside is available again: its lines will not be paid."""

    TYPE: ClassVar[str] = "assistance.commitment-released.v1"
    fund_id: FundId
    batch_id: BatchId
    lines: int
    amount_fen: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CommitmentPaid:
    """The bank confirmed payment of money that was set aside."""

    TYPE: ClassVar[str] = "assistance.commitment-paid.v1"
    fund_id: FundId
    batch_id: BatchId
    lines: int
    amount_fen: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PaidMoneyReturned:
    """Money that the bank had paid came back, and is set aside again."""

    TYPE: ClassVar[str] = "assistance.paid-money-returned.v1"
    fund_id: FundId
    batch_id: BatchId
    lines: int
    amount_fen: int


FundEvent = FundReceived | ReceiptWithdrawn | FundCommitted | CommitmentReleased | CommitmentPaid | PaidMoneyReturned
FUND_EVENTS = (FundReceived, ReceiptWithdrawn, FundCommitted, CommitmentReleased, CommitmentPaid, PaidMoneyReturned)
