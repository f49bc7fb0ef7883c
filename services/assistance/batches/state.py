"""A batch as its events make it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from typing import assert_never

from services.assistance.batches.events import (
    BatchApproved,
    BatchEvent,
    BatchLine,
    BatchLinesFreed,
    BatchLinesHeld,
    BatchLinesPrepared,
    BatchLinesRemoved,
    BatchLinesSettled,
    BatchPrepared,
    BatchRejected,
    BatchSentToBank,
    BatchSettled,
    BatchStarted,
    LaterAnswerConfirmed,
    LaterAnswerDropped,
    LaterAnswerProposed,
)
from services.assistance.ids import NO_FUND, NO_PROGRAMME, BatchId, ChildId, FundId, ProgrammeId, document_key
from shared.calendar import TermId
from shared.kernel.aggregates import Aggregate
from shared.kernel.caller import Place

NO_TERM = TermId("")


class BatchStatus(StrEnum):
    PREPARING = "PREPARING"
    PREPARED = "PREPARED"
    APPROVED = "APPROVED"
    REJECTED = "REJECTED"
    SENT = "SENT"
    SETTLED = "SETTLED"


class EntryState(StrEnum):
    """Where one line of the batch stands."""

    IN = "IN"
    HELD = "HELD"
    REMOVED = "REMOVED"
    SENT = "SENT"
    LEFT = "LEFT"  # held when the batch went to the bank
    PAID = "PAID"
    RETURNED = "RETURNED"


@dataclass(frozen=True, slots=True)
class Entry:
    """`proposed`: a later answer that waits for a second person; `documents`: those booked for the line."""

    line: BatchLine
    state: EntryState = EntryState.IN
    proposed: LaterAnswerProposed | None = None
    documents: frozenset[str] = frozenset()

    @property
    def is_answered(self) -> bool:
        return self.state in (EntryState.PAID, EntryState.RETURNED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """`status` None: no such batch. `through`: the last entitlement that was looked at."""

    id: BatchId
    status: BatchStatus | None = None
    programme_id: ProgrammeId = NO_PROGRAMME
    fund_id: FundId = NO_FUND
    period: TermId = NO_TERM
    division: str = ""
    school_code: str = ""
    memo: str = ""
    started_by: str = ""
    through: str = ""
    refused: int = 0
    sent_on: date = date.min
    entries: Mapping[ChildId, Entry] = field(default_factory=dict)

    def lines(self, *states: EntryState) -> list[BatchLine]:
        """The lines in one of the states, in their order."""
        chosen = [entry.line for entry in self.entries.values() if entry.state in states]
        return sorted(chosen, key=lambda line: line.seq)

    @property
    def kept(self) -> list[BatchLine]:
        """The lines that the batch still counts on before it is sent."""
        return self.lines(EntryState.IN, EntryState.HELD)

    def is_sent(self, child_id: ChildId) -> bool:
        return child_id in self.entries and self.entries[child_id].state is EntryState.SENT

    def is_left_behind(self, child_id: ChildId) -> bool:
        return child_id in self.entries and self.entries[child_id].state is EntryState.LEFT


def total(lines: Iterable[BatchLine]) -> int:
    return sum(line.amount_fen for line in lines)


def evolve(batch: Batch, event: BatchEvent) -> Batch:
    match event:
        case BatchStarted():
            return _started(batch, event)
        case BatchLinesPrepared(lines=lines, refused=refused, through=through):
            entries = {**batch.entries, **{line.child_id: Entry(line) for line in lines}}
            return replace(batch, entries=entries, refused=batch.refused + refused, through=through)
        case BatchPrepared():
            return replace(batch, status=BatchStatus.PREPARED)
        case BatchApproved():
            return replace(batch, status=BatchStatus.APPROVED)
        case BatchRejected():
            return replace(batch, status=BatchStatus.REJECTED)
        case BatchSettled():
            return replace(batch, status=BatchStatus.SETTLED)
        case BatchSentToBank(sent_on=day):
            return replace(_sent(batch), sent_on=day)
        case BatchLinesHeld(children=children):
            return _moved(batch, children, {EntryState.IN: EntryState.HELD})
        case BatchLinesFreed(children=children):
            return _moved(batch, children, {EntryState.HELD: EntryState.IN})
        case BatchLinesRemoved(children=children):
            before = (EntryState.IN, EntryState.HELD, EntryState.LEFT)
            return _moved(batch, children, dict.fromkeys(before, EntryState.REMOVED))
        case BatchLinesSettled(paid=paid, returned=returned):
            batch = _moved(batch, paid, {EntryState.SENT: EntryState.PAID})
            return _moved(batch, returned, {EntryState.SENT: EntryState.RETURNED})
        case LaterAnswerProposed() | LaterAnswerDropped() | LaterAnswerConfirmed():
            entry = _answered_anew(batch.entries[event.child_id], event)
            return replace(batch, entries={**batch.entries, event.child_id: entry})
        case _:
            assert_never(event)


def _answered_anew(entry: Entry, event: LaterAnswerProposed | LaterAnswerDropped | LaterAnswerConfirmed) -> Entry:
    match event:
        case LaterAnswerProposed():
            return replace(entry, proposed=event)
        case LaterAnswerDropped():
            return replace(entry, proposed=None)
        case LaterAnswerConfirmed():
            state = EntryState.RETURNED if event.returned else EntryState.PAID
            return replace(
                entry, state=state, proposed=None, documents=entry.documents | {document_key(event.document_no)}
            )


def _started(batch: Batch, event: BatchStarted) -> Batch:
    return replace(
        batch,
        status=BatchStatus.PREPARING,
        programme_id=event.programme_id,
        fund_id=event.fund_id,
        period=event.period,
        division=event.division,
        school_code=event.school_code,
        memo=event.memo,
        started_by=event.started_by,
    )


def _sent(batch: Batch) -> Batch:
    moves = {EntryState.IN: EntryState.SENT, EntryState.HELD: EntryState.LEFT}
    return replace(_moved(batch, batch.entries, moves), status=BatchStatus.SENT)


def _moved(batch: Batch, children: Iterable[ChildId], moves: Mapping[EntryState, EntryState]) -> Batch:
    changed = {
        child: replace(entry, state=moves[entry.state])
        for child in children
        if (entry := batch.entries.get(child)) and entry.state in moves
    }
    return replace(batch, entries={**batch.entries, **changed})


BATCHES: Aggregate[Batch] = Aggregate(
    category="batch",
    initial=lambda id_: Batch(id=BatchId(id_)),
    evolve=evolve,
    place=lambda batch: Place(batch.division, batch.school_code),
)
