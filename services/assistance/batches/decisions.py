"""What may happen to a batch, and who may do it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from services.assistance.batches.events import (
    BatchApproved,
    BatchEvent,
    BatchLine,
    BatchLinesPrepared,
    BatchPrepared,
    BatchRejected,
    BatchSentToBank,
    BatchSettled,
    BatchStarted,
)
from services.assistance.batches.refusals import (
    BatchAlreadyStarted,
    BatchIsEmpty,
    BatchNotIn,
    LineNotSent,
    PeriodBeforeProgramme,
    PeriodNotBegun,
    TotalsDiffer,
)
from services.assistance.batches.state import Batch, BatchStatus, EntryState, evolve, total
from services.assistance.beneficiaries.payments import ReturnReason
from services.assistance.ids import BatchId, ChildId, FundId, ProgrammeId
from services.assistance.programmes.state import Programme
from shared.calendar import TermCalendar, TermId
from shared.kernel.caller import same_person
from shared.kernel.commands import Context
from shared.kernel.refusals import NotFound, SameHandNotAllowed


@dataclass(frozen=True, slots=True, kw_only=True)
class StartBatch:
    """Gather lines for a term of a programme, from a division (prefix) or one school of the county."""

    NAME: ClassVar[str] = "assistance.start-batch"
    batch_id: BatchId
    programme_id: ProgrammeId
    fund_id: FundId
    period: TermId
    division: str
    school_code: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ApproveBatch:
    """`lines` and `total_fen` are what the approver saw."""

    NAME: ClassVar[str] = "assistance.approve-batch"
    batch_id: BatchId
    lines: int
    total_fen: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RejectBatch:
    NAME: ClassVar[str] = "assistance.reject-batch"
    batch_id: BatchId
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SendBatch:
    NAME: ClassVar[str] = "assistance.send-batch"
    batch_id: BatchId


@dataclass(frozen=True, slots=True, kw_only=True)
class SettleLines:
    """Book the bank's answers, up to a step's worth at once: all of them or none."""

    NAME: ClassVar[str] = "assistance.settle-lines"
    batch_id: BatchId
    results: list["LineResult"]


@dataclass(frozen=True, slots=True)
class LineResult:
    """The bank's answer for one child's line; `returned` empty: paid."""

    child_id: ChildId
    amount_fen: int
    returned: str = ""

    @property
    def reason(self) -> ReturnReason | None:
        return ReturnReason(self.returned) if self.returned else None


def start_batch(
    batch: Batch, command: StartBatch, programme: Programme, terms: TermCalendar, context: Context
) -> list[BatchEvent]:
    """Start gathering. Refuses a term that has not begun or lies before the programme, and a second start."""
    if batch.status is not None:
        raise BatchAlreadyStarted()
    if programme.terms is None:
        raise NotFound(command.programme_id)
    term = terms.term(command.period)
    if term.first_day > context.today:
        raise PeriodNotBegun()
    if term.first_day < terms.term(TermId(programme.terms.first_term)).first_day:
        raise PeriodBeforeProgramme()
    started = BatchStarted(
        batch_id=batch.id,
        programme_id=command.programme_id,
        fund_id=command.fund_id,
        period=command.period,
        division=command.division,
        school_code=command.school_code,
        memo=f"{programme.terms.memo}{batch.id[-6:].upper()}",
        started_by=context.actor,
    )
    return [started]


def lines_prepared(
    batch: Batch, lines: list[BatchLine], refused: int, through: str, finished: bool
) -> list[BatchEvent]:
    """One step of gathering; the last one also makes the batch ready for approval."""
    step = BatchLinesPrepared(batch_id=batch.id, lines=lines, refused=refused, through=through, finished=finished)
    if not finished:
        return [step]
    after = evolve(batch, step)
    done = BatchPrepared(batch_id=batch.id, lines=len(after.kept), total_fen=total(after.kept), refused=after.refused)
    return [step, done]


def approve_batch(batch: Batch, command: ApproveBatch, context: Context) -> list[BatchEvent]:
    """A second person approves what the first prepared, naming the count and total that they saw."""
    _check_status(batch, BatchStatus.PREPARED, "待审批")
    if same_person(context.actor, batch.started_by):
        raise SameHandNotAllowed("编制", "审批")
    lines, sum_fen = len(batch.kept), total(batch.kept)
    if not lines:
        raise BatchIsEmpty()
    if (command.lines, command.total_fen) != (lines, sum_fen):
        raise TotalsDiffer(lines, sum_fen)
    return [BatchApproved(batch_id=batch.id, lines=lines, total_fen=sum_fen, approved_by=context.actor)]


def reject_batch(batch: Batch, command: RejectBatch, context: Context) -> list[BatchEvent]:
    """Turn a batch down before it goes to the bank. The preparer, too, may withdraw it."""
    if batch.status is None:
        raise NotFound(batch.id)
    if batch.status not in (BatchStatus.PREPARED, BatchStatus.APPROVED):
        raise BatchNotIn("prepared or approved", "待审批或已审批")
    return [BatchRejected(batch_id=batch.id, reason=command.reason, rejected_by=context.actor)]


def send_batch(batch: Batch, _: SendBatch, context: Context) -> list[BatchEvent]:
    """Fix what the bank file holds: the approved lines that are not held at this moment."""
    _check_status(batch, BatchStatus.APPROVED, "已审批")
    lines, held = batch.lines(EntryState.IN), batch.lines(EntryState.HELD)
    if not lines:
        raise BatchIsEmpty()
    return [
        BatchSentToBank(
            batch_id=batch.id,
            lines=len(lines),
            total_fen=total(lines),
            left_behind=len(held),
            sent_on=context.today,
        )
    ]


def check_results(batch: Batch, results: Sequence[LineResult]) -> None:
    """Every answer must be to a line that was sent, for its amount, and the first to it."""
    if batch.status not in (BatchStatus.SENT, BatchStatus.SETTLED):
        raise BatchNotIn("sent to the bank", "已送银行")
    children = [result.child_id for result in results]
    for result in results:
        sent = batch.is_sent(result.child_id) and children.count(result.child_id) == 1
        if not sent or batch.entries[result.child_id].line.amount_fen != result.amount_fen:
            raise LineNotSent()


def conclude(batch: Batch) -> list[BatchEvent]:
    """Settled, once no line that was sent waits for an answer."""
    if batch.status is not BatchStatus.SENT or batch.lines(EntryState.SENT):
        return []
    paid, returned = batch.lines(EntryState.PAID), batch.lines(EntryState.RETURNED)
    return [
        BatchSettled(
            batch_id=batch.id,
            paid=len(paid),
            paid_fen=total(paid),
            returned=len(returned),
            returned_fen=total(returned),
        )
    ]


def _check_status(batch: Batch, needed: BatchStatus, zh: str) -> None:
    if batch.status is None:
        raise NotFound(batch.id)
    if batch.status is not needed:
        raise BatchNotIn(needed, zh)
