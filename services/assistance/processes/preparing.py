"""Starting a batch and gathering its lines, a bounded number a transaction."""

from dataclasses import dataclass
from functools import partial
from typing import Any, ClassVar

from services.assistance.batches.decisions import StartBatch, lines_prepared, start_batch
from services.assistance.batches.state import BATCHES, Batch, BatchStatus
from services.assistance.beneficiaries.facts import Payee
from services.assistance.beneficiaries.line_events import LinePrepared, LineRefused
from services.assistance.beneficiaries.lines import Wanted, prepare_line
from services.assistance.beneficiaries.state import BENEFICIARIES
from services.assistance.funds.state import FUNDS, Fund
from services.assistance.ids import BatchId, ChildId
from services.assistance.ledgers.children import CHILDREN, payee_of
from services.assistance.ledgers.entitlements import ENTITLEMENTS
from services.assistance.policy import Steps
from services.assistance.postings import batch_lines
from services.assistance.processes.booking import book, load_child
from services.assistance.programmes.state import PROGRAMMES, Programme, Terms, programme_stream_id
from shared.calendar import CalendarInForce, TermCalendar
from shared.kernel.caller import Scope
from shared.kernel.commands import Context, Handler
from shared.kernel.ledgers import Row
from shared.kernel.refusals import NotFound
from shared.kernel.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class PrepareNextLines:
    """One step through the entitlements of the batch's programme, from the one after `after` on."""

    NAME: ClassVar[str] = "assistance.prepare-next-lines"
    batch_id: BatchId
    after: str


def starts_batch(calendar: CalendarInForce, roles: frozenset[str]) -> Handler:
    def handle(work: UnitOfWork, command: StartBatch, context: Context) -> None:
        ref = BATCHES.ref(command.batch_id)
        programme: Programme = work.load(PROGRAMMES.ref(programme_stream_id(command.programme_id)))
        fund: Fund = work.load(FUNDS.ref(command.fund_id))
        if not fund.exists:
            raise NotFound(command.fund_id)
        work.append(ref, start_batch(work.load(ref), command, programme, calendar().terms, context))

    return Handler(StartBatch, lambda command: (BATCHES.ref(command.batch_id),), handle, roles)


def prepares_next_lines(calendar: CalendarInForce, steps: Steps) -> Handler:
    return Handler(
        PrepareNextLines,
        lambda command: (BATCHES.ref(command.batch_id),),
        partial(_prepare_next, calendar, steps),
        frozenset(),
    )


def _prepare_next(
    calendar: CalendarInForce, steps: Steps, work: UnitOfWork, command: PrepareNextLines, _: Context
) -> None:
    ref = BATCHES.ref(command.batch_id)
    batch: Batch = work.load(ref)
    if batch.status is not BatchStatus.PREPARING or batch.through != command.after:
        return  # this step was taken already
    programme: Programme = work.load(PROGRAMMES.ref(programme_stream_id(batch.programme_id)))
    if programme.terms is None:
        raise NotFound(batch.programme_id)
    room = min(steps.lines_prepared, steps.lines_a_batch - len(batch.entries))
    rows = work.rows_after(ENTITLEMENTS, _criteria(batch), command.after, room)
    events = _prepare(work, batch, programme.terms, calendar().terms, [ChildId(row["child_id"]) for row in rows])
    book(work, events)
    flat = [event for own in events.values() for event in own]
    lines, refused = batch_lines(flat), sum(isinstance(event, LineRefused) for event in flat)
    through = rows[-1]["_id"] if rows else command.after
    full = len(batch.entries) + len(lines) >= steps.lines_a_batch
    work.append(ref, lines_prepared(batch, lines, refused, through, full or len(rows) < room))


def _prepare(
    work: UnitOfWork, batch: Batch, programme: Terms, terms: TermCalendar, children: list[ChildId]
) -> dict[ChildId, list[Any]]:
    """The events of each child, with sequence numbers and the fund's money counted on from line to line."""
    work.preload([BENEFICIARIES.ref(child_id) for child_id in children])
    work.preload_rows(CHILDREN, children)
    fund: Fund = work.load(FUNDS.ref(batch.fund_id))
    available, seq = fund.available_fen, len(batch.entries) + 1
    events: dict[ChildId, list[Any]] = {}
    for child_id in children:
        wanted = Wanted(
            batch_id=batch.id,
            fund_id=batch.fund_id,
            seq=seq,
            programme=programme,
            term=terms.term(batch.period),
            payee=_payee(work.row(CHILDREN, child_id)),
            available_fen=available,
        )
        events[child_id] = list(prepare_line(load_child(work, child_id), wanted))
        seq += len(batch_lines(events[child_id]))
        available -= sum(event.amount_fen for event in events[child_id] if isinstance(event, LinePrepared))
    return events


def _payee(row: Row | None) -> Payee | None:
    return payee_of(row) if row else None


def _criteria(batch: Batch) -> dict[str, Any]:
    """The entitlements of the batch's programme in its part of the county; a past entitlement may still owe."""
    part = Scope(batch.division, batch.school_code).criteria()
    return {"programme_id": batch.programme_id, **part}
