"""What happens to a payment line: the claim of one child on one programme for one term.

Every event that moves money names the fund and the batch, so that their books follow from it (see `postings`).
"""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from services.assistance.ids import BatchId, ChildId, FundId, ProgrammeId
from shared.calendar import TermId


@dataclass(frozen=True, slots=True, kw_only=True)
class LinePrepared:
    """The claim is made and its money set aside. `account` is sealed and is the one that will be paid."""

    TYPE: ClassVar[str] = "assistance.line-prepared.v1"
    child_id: ChildId
    programme_id: ProgrammeId
    period: TermId
    fund_id: FundId
    batch_id: BatchId
    seq: int
    amount_fen: int
    year_fen: int
    term_days: int
    suspended_days: int
    account: str
    account_name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LineRefused:
    """The child was looked at for a batch and got no line, for `reason` (see `Unpayable`)."""

    TYPE: ClassVar[str] = "assistance.line-refused.v1"
    child_id: ChildId
    programme_id: ProgrammeId
    period: TermId
    batch_id: BatchId
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LineReleased:
    """An unpaid claim is given up and its money available again; another may be prepared later.

    `in_batch` says that its batch counted on it; else the bank had returned it or it waited for the next batch.
    """

    TYPE: ClassVar[str] = "assistance.line-released.v1"
    child_id: ChildId
    programme_id: ProgrammeId
    period: TermId
    fund_id: FundId
    batch_id: BatchId
    amount_fen: int
    in_batch: bool
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LineHeld:
    """The line keeps its money and is left out when its batch goes to the bank."""

    TYPE: ClassVar[str] = "assistance.line-held.v1"
    OCCURRED_ON: ClassVar[str] = "held_on"
    child_id: ChildId
    programme_id: ProgrammeId
    period: TermId
    batch_id: BatchId
    held_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class LineHoldLifted:
    """The line may be paid, its amount unchanged; `missed_batch` says that its batch went without it."""

    TYPE: ClassVar[str] = "assistance.line-hold-lifted.v1"
    OCCURRED_ON: ClassVar[str] = "lifted_on"
    child_id: ChildId
    programme_id: ProgrammeId
    period: TermId
    batch_id: BatchId
    missed_batch: bool
    lifted_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentSettled:
    """The bank paid. The claim is used up, unless the bank answers anew."""

    TYPE: ClassVar[str] = "assistance.payment-settled.v1"
    OCCURRED_ON: ClassVar[str] = "settled_on"
    child_id: ChildId
    programme_id: ProgrammeId
    period: TermId
    fund_id: FundId
    batch_id: BatchId
    amount_fen: int
    settled_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentReturned:
    """The bank could not pay. The money stays set aside until the line is reissued or released."""

    TYPE: ClassVar[str] = "assistance.payment-returned.v1"
    OCCURRED_ON: ClassVar[str] = "returned_on"
    child_id: ChildId
    programme_id: ProgrammeId
    period: TermId
    fund_id: FundId
    batch_id: BatchId
    amount_fen: int
    reason: str
    returned_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentCorrected:
    """What made the bank return the payment is mended: a later batch may reissue it."""

    TYPE: ClassVar[str] = "assistance.payment-corrected.v1"
    OCCURRED_ON: ClassVar[str] = "corrected_on"
    child_id: ChildId
    programme_id: ProgrammeId
    period: TermId
    note: str
    corrected_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentReissued:
    """The same claim, with the same money, goes into another batch."""

    TYPE: ClassVar[str] = "assistance.payment-reissued.v1"
    child_id: ChildId
    programme_id: ProgrammeId
    period: TermId
    fund_id: FundId
    batch_id: BatchId
    seq: int
    amount_fen: int
    account: str
    account_name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentCameBack:
    """What the bank had paid came back later (退汇), by the document that says so.

    `beyond`: the term is paid or at the bank with another batch, so the money is available again; else it stays set
    aside, as of any payment that was returned.
    """

    TYPE: ClassVar[str] = "assistance.payment-came-back.v1"
    OCCURRED_ON: ClassVar[str] = "came_back_on"
    child_id: ChildId
    programme_id: ProgrammeId
    period: TermId
    fund_id: FundId
    batch_id: BatchId
    amount_fen: int
    reason: str
    beyond: bool
    document_no: str
    came_back_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentWentThrough:
    """What the bank had returned was paid after all, by the document that says so; `year_fen`: the standard by then.

    `beyond`: the claim is paid or at the bank with another batch, so the term may have been paid twice.
    """

    TYPE: ClassVar[str] = "assistance.payment-went-through.v1"
    OCCURRED_ON: ClassVar[str] = "went_through_on"
    child_id: ChildId
    programme_id: ProgrammeId
    period: TermId
    fund_id: FundId
    batch_id: BatchId
    seq: int
    amount_fen: int
    year_fen: int
    beyond: bool
    document_no: str
    went_through_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class OverpaymentAssessed:
    """More was paid than is due, for suspended days or a second payment: `over_fen` may have to be recovered (0: no
    longer). `paid_fen`: all that was paid for the term.

    `final` is false while the child is away, when the rest of the term is counted as away.
    """

    TYPE: ClassVar[str] = "assistance.overpayment-assessed.v1"
    child_id: ChildId
    programme_id: ProgrammeId
    period: TermId
    paid_fen: int
    due_fen: int
    over_fen: int
    final: bool


LineEvent = (
    LinePrepared
    | LineRefused
    | LineReleased
    | LineHeld
    | LineHoldLifted
    | PaymentSettled
    | PaymentReturned
    | PaymentCorrected
    | PaymentReissued
    | PaymentCameBack
    | PaymentWentThrough
    | OverpaymentAssessed
)
LINE_EVENTS = (
    LinePrepared,
    LineRefused,
    LineReleased,
    LineHeld,
    LineHoldLifted,
    PaymentSettled,
    PaymentReturned,
    PaymentCorrected,
    PaymentReissued,
    PaymentCameBack,
    PaymentWentThrough,
    OverpaymentAssessed,
)
