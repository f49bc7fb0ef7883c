"""Double entry: what a fund and a batch must record, in the same transaction, when a child's lines move.

Every movement of money starts from one event of one line. Because fund and batch only ever follow these events,
a fund's committed money is the sum of its unpaid lines and its paid money the sum of its paid ones.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import assert_never

from services.assistance.batches.events import (
    BatchEvent,
    BatchLine,
    BatchLinesFreed,
    BatchLinesHeld,
    BatchLinesRemoved,
    BatchLinesSettled,
)
from services.assistance.beneficiaries.line_events import (
    LineHeld,
    LineHoldLifted,
    LinePrepared,
    LineReleased,
    PaymentCameBack,
    PaymentReissued,
    PaymentReturned,
    PaymentSettled,
    PaymentWentThrough,
)
from services.assistance.funds.decisions import commit, pay, release, take_back
from services.assistance.funds.events import FundEvent
from services.assistance.funds.state import Fund
from services.assistance.ids import BatchId, FundId

Decide = Callable[[Fund, BatchId, int, int], FundEvent]
Moving = LinePrepared | LineReleased | PaymentSettled | PaymentCameBack | PaymentWentThrough
ORDER: Sequence[Decide] = (take_back, release, commit, pay)
"""What makes money available comes first, so that it can be committed, and paid, in the same transaction."""


def moves_of(event: Moving) -> Sequence[Decide]:
    """How a line event moves the line's money."""
    match event:
        case LinePrepared():
            return (commit,)
        case LineReleased():
            return (release,)
        case PaymentSettled():
            return (pay,)
        case PaymentWentThrough():
            return (commit, pay)
        case PaymentCameBack(beyond=beyond):
            return (take_back, release) if beyond else (take_back,)
        case _:
            assert_never(event)


@dataclass(slots=True)
class FundMove:
    """Money of one fund to be moved for lines of one batch."""

    fund_id: FundId
    batch_id: BatchId
    decide: Decide
    lines: int = 0
    amount_fen: int = 0


def fund_moves(events: Iterable[object]) -> list[FundMove]:
    """The movements of money that the events entail, one for each fund, batch and kind, in `ORDER`."""
    moves: dict[tuple[FundId, BatchId, Decide], FundMove] = {}
    for event in (each for each in events if isinstance(each, Moving)):
        for decide in moves_of(event):
            key = (event.fund_id, event.batch_id, decide)
            move = moves.setdefault(key, FundMove(*key))
            move.lines += 1
            move.amount_fen += event.amount_fen
    return sorted(moves.values(), key=lambda move: ORDER.index(move.decide))


def batch_lines(events: Iterable[object]) -> list[BatchLine]:
    """The lines that the events put into a batch."""
    return [
        BatchLine(seq=event.seq, child_id=event.child_id, amount_fen=event.amount_fen)
        for event in events
        if isinstance(event, LinePrepared | PaymentReissued)
    ]


def batch_notes(events: Iterable[object]) -> list[BatchEvent]:
    """What the batches of the lines must record, in order."""
    events = list(events)
    batches = dict.fromkeys(event.batch_id for event in events if isinstance(event, _NOTED))
    notes: list[BatchEvent] = []
    for batch_id in batches:
        own = [event for event in events if isinstance(event, _NOTED) and event.batch_id == batch_id]
        notes += [note for take in (_held, _freed, _settled, _removed) for note in take(batch_id, own)]
    return notes


_Noted = LineHeld | LineHoldLifted | LineReleased | PaymentSettled | PaymentReturned
_NOTED = (LineHeld, LineHoldLifted, LineReleased, PaymentSettled, PaymentReturned)


def _held(batch_id: BatchId, events: list[_Noted]) -> list[BatchEvent]:
    children = [event.child_id for event in events if isinstance(event, LineHeld)]
    return [BatchLinesHeld(batch_id=batch_id, children=children)] if children else []


def _freed(batch_id: BatchId, events: list[_Noted]) -> list[BatchEvent]:
    children = [event.child_id for event in events if isinstance(event, LineHoldLifted) and not event.missed_batch]
    return [BatchLinesFreed(batch_id=batch_id, children=children)] if children else []


def _settled(batch_id: BatchId, events: list[_Noted]) -> list[BatchEvent]:
    paid = [event for event in events if isinstance(event, PaymentSettled)]
    returned = [event for event in events if isinstance(event, PaymentReturned)]
    if not paid and not returned:
        return []
    return [
        BatchLinesSettled(
            batch_id=batch_id,
            paid=[event.child_id for event in paid],
            paid_fen=sum(event.amount_fen for event in paid),
            returned=[event.child_id for event in returned],
            returned_fen=sum(event.amount_fen for event in returned),
        )
    ]


def _removed(batch_id: BatchId, events: list[_Noted]) -> list[BatchEvent]:
    gone = [event for event in events if isinstance(event, LineReleased) and event.in_batch]
    if not gone:
        return []
    return [
        BatchLinesRemoved(
            batch_id=batch_id,
            children=[event.child_id for event in gone],
            amount_fen=sum(event.amount_fen for event in gone),
        )
    ]
