"""A step of a transaction: what one command, or one event of another service, changed until it is kept or dropped."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from shared.kernel.aggregates import Ref
from shared.kernel.caller import Place
from shared.kernel.commands import Context, Order
from shared.kernel.deadlines import DeadlineChange, SetDeadline, turn_clocks
from shared.kernel.events import occurred_on
from shared.kernel.heads import Head
from shared.kernel.ledgers import Row
from shared.kernel.recorded import Recorded, partition_of
from shared.kernel.rows import RowAddress
from shared.kernel.service import Service
from shared.kernel.store import Document


@dataclass(slots=True)
class Loaded:
    """A stream in this transaction: its folded state and version, our own appends included."""

    state: Any
    version: int


@dataclass(frozen=True, slots=True)
class Pending:
    """An event that a step wants to append, before it has a position; the state of its stream `before` and `after`."""

    ref: Ref
    version: int
    event: Any
    before: Any
    after: Any

    @property
    def place(self) -> Place:
        return self.ref.aggregate.place(self.after)


@dataclass(frozen=True, slots=True)
class Appended:
    """An event of this transaction: the object for ledgers, the envelope, the document for the log, the deadlines."""

    event: Any
    recorded: Recorded
    document: Document
    deadlines: Sequence[DeadlineChange]


@dataclass(slots=True)
class Step:
    """What one step changed, kept apart until it succeeds."""

    context: Context
    streams: dict[str, Loaded] = field(default_factory=dict)
    rows: dict[RowAddress, Row | None] = field(default_factory=dict)
    pending: list[Pending] = field(default_factory=list)
    scheduled: list[SetDeadline] = field(default_factory=list)
    performed: list["Performed"] = field(default_factory=list)

    def copy(self) -> "Step":
        """The step as it is now; what it does from here on is not in it."""
        return Step(self.context, *(each.copy() for each in self._changes))

    def go_back_to(self, before: "Step") -> None:
        """Drop what was done since the copy was made."""
        self.streams, self.rows, self.pending, self.scheduled, self.performed = before._changes

    @property
    def _changes(self) -> tuple[Any, ...]:
        return self.streams, self.rows, self.pending, self.scheduled, self.performed


@dataclass(frozen=True, slots=True)
class Performed:
    """An order handled in a step, and which of the step's events are its own."""

    order: Order
    ref: Ref
    first: int
    end: int


def seal(pending: Pending, context: Context, service: Service, partitions: int, heads: Mapping[int, Head]) -> Appended:
    """Give an event its position and its link in the partition's chain."""
    partition = partition_of(pending.ref.key, partitions)
    head = heads[partition]
    position, time = head.advance(context.now)
    recorded = Recorded(
        service=service.name,
        partition=partition,
        position=position,
        stream=pending.ref.stream,
        version=pending.version,
        type=pending.event.TYPE,
        key=pending.ref.key,
        time=time,
        actor=context.actor,
        place=pending.place,
        correlation=context.correlation,
        causation=context.causation,
        occurred_on=occurred_on(pending.event, context.today),
        data=service.events.encode(pending.event),
    )
    return Appended(pending.event, recorded, head.chain(recorded.document()), _deadlines(service, pending, recorded))


def _deadlines(service: Service, pending: Pending, recorded: Recorded) -> Sequence[DeadlineChange]:
    """The clocks of the stream's state, then what the event itself asks for."""
    rule = service.deadlines.get(type(pending.event))
    asked = rule(pending.event, recorded) if rule else ()
    clocks = service.clocks.get(pending.ref.aggregate.category)
    if clocks is None:
        return asked
    return [*turn_clocks(clocks(pending.before, recorded.time), clocks(pending.after, recorded.time)), *asked]
