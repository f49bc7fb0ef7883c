"""What happens to a batch. Amounts are fen; `lines` without a list is a count."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from services.assistance.ids import BatchId, ChildId, FundId, ProgrammeId
from shared.calendar import TermId


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchLine:
    seq: int
    child_id: ChildId
    amount_fen: int


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchStarted:
    """Lines are being gathered from the children entitled in this part of the county."""

    TYPE: ClassVar[str] = "assistance.batch-started.v1"
    batch_id: BatchId
    programme_id: ProgrammeId
    fund_id: FundId
    period: TermId
    division: str
    school_code: str
    memo: str
    started_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchLinesPrepared:
    """One step of gathering: every entitlement up to `through` was looked at; `refused` got no line."""

    TYPE: ClassVar[str] = "assistance.batch-lines-prepared.v1"
    batch_id: BatchId
    lines: list[BatchLine]
    refused: int
    through: str
    finished: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchPrepared:
    """All lines are there, waiting for approval."""

    TYPE: ClassVar[str] = "assistance.batch-prepared.v1"
    batch_id: BatchId
    lines: int
    total_fen: int
    refused: int


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchLinesHeld:
    TYPE: ClassVar[str] = "assistance.batch-lines-held.v1"
    batch_id: BatchId
    children: list[ChildId]


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchLinesFreed:
    TYPE: ClassVar[str] = "assistance.batch-lines-freed.v1"
    batch_id: BatchId
    children: list[ChildId]


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchLinesRemoved:
    """Claims of this batch were given up before the bank had them."""

    TYPE: ClassVar[str] = "assistance.batch-lines-removed.v1"
    batch_id: BatchId
    children: list[ChildId]
    amount_fen: int


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchApproved:
    TYPE: ClassVar[str] = "assistance.batch-approved.v1"
    batch_id: BatchId
    lines: int
    total_fen: int
    approved_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchRejected:
    """The batch will not be paid; its lines are given up step by step."""

    TYPE: ClassVar[str] = "assistance.batch-rejected.v1"
    batch_id: BatchId
    reason: str
    rejected_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchSentToBank:
    """What the bank file holds is fixed from now on; `left_behind` lines were held and are not in it."""

    TYPE: ClassVar[str] = "assistance.batch-sent-to-bank.v1"
    OCCURRED_ON: ClassVar[str] = "sent_on"
    batch_id: BatchId
    lines: int
    total_fen: int
    left_behind: int
    sent_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchLinesSettled:
    """The bank's answers to some lines."""

    TYPE: ClassVar[str] = "assistance.batch-lines-settled.v1"
    batch_id: BatchId
    paid: list[ChildId]
    paid_fen: int
    returned: list[ChildId]
    returned_fen: int


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchSettled:
    """Every line that was sent has an answer."""

    TYPE: ClassVar[str] = "assistance.batch-settled.v1"
    batch_id: BatchId
    paid: int
    paid_fen: int
    returned: int
    returned_fen: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LaterAnswerProposed:
    """The bank says otherwise of a line that was booked. `returned`: the reason; empty: paid after all.

    Nothing moves until another person confirms it.
    """

    TYPE: ClassVar[str] = "assistance.later-answer-proposed.v1"
    batch_id: BatchId
    child_id: ChildId
    seq: int
    amount_fen: int
    returned: str
    document_no: str
    answered_on: date
    proposed_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LaterAnswerDropped:
    """What was proposed is not booked."""

    TYPE: ClassVar[str] = "assistance.later-answer-dropped.v1"
    batch_id: BatchId
    child_id: ChildId
    reason: str
    dropped_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LaterAnswerConfirmed:
    """The line is booked anew; the child's stream says what became of its money."""

    TYPE: ClassVar[str] = "assistance.later-answer-confirmed.v1"
    OCCURRED_ON: ClassVar[str] = "answered_on"
    batch_id: BatchId
    child_id: ChildId
    amount_fen: int
    returned: str
    document_no: str
    answered_on: date
    confirmed_by: str


BatchEvent = (
    BatchStarted
    | BatchLinesPrepared
    | BatchPrepared
    | BatchLinesHeld
    | BatchLinesFreed
    | BatchLinesRemoved
    | BatchApproved
    | BatchRejected
    | BatchSentToBank
    | BatchLinesSettled
    | BatchSettled
    | LaterAnswerProposed
    | LaterAnswerDropped
    | LaterAnswerConfirmed
)
BATCH_EVENTS = (
    BatchStarted,
    BatchLinesPrepared,
    BatchPrepared,
    BatchLinesHeld,
    BatchLinesFreed,
    BatchLinesRemoved,
    BatchApproved,
    BatchRejected,
    BatchSentToBank,
    BatchLinesSettled,
    BatchSettled,
    LaterAnswerProposed,
    LaterAnswerDropped,
    LaterAnswerConfirmed,
)
