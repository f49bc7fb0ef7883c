"""Computing again what rests on something that has changed: a walk through ledgers, a bounded step a transaction.

Each step stores the next one in its own transaction, so that a worker killed at any point leaves whole steps and one
stored continuation. A change while a walk is under way ends it at its next step and begins another from the start.
A row that fails is left to a deadline of its own, where it is tried again and then waits for an operator, alone.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from typing import Any, ClassVar

from shared.calendar.zone import local_date
from shared.kernel.aggregates import Aggregate, Ref
from shared.kernel.caller import Place
from shared.kernel.commands import Context, Handler
from shared.kernel.deadlines import SetDeadline
from shared.kernel.ledgers import Ledger, Row
from shared.kernel.raced import is_passing
from shared.kernel.recorded import Recorded
from shared.kernel.store import Document, Store
from shared.kernel.unit_of_work import UnitOfWork

SETTLED_AFTER = timedelta(minutes=1)
"""A walk waits until every process goes by what has changed; each looks again after some seconds."""
ROWS_A_STEP = 200
NOBODY: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class BeginRecomputing:
    """Something has changed: its `generation` is higher with every change."""

    NAME: ClassVar[str] = "recomputing.begin"
    generation: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RecomputeNext:
    """One step: of a part, the rows after a key."""

    NAME: ClassVar[str] = "recomputing.next"
    generation: int
    part: int
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RecomputeRow:
    """One row of a part that failed in its step."""

    NAME: ClassVar[str] = "recomputing.row"
    part: int
    key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """The rows of a ledger that may hold something open, and what is done with each, `rows` a step (0: the usual).

    `recompute` loads what it needs, appends what moved, and finds nothing to do when it comes again.
    """

    ledger: Ledger
    criteria: Document
    recompute: Callable[[UnitOfWork, Row, Context], None]
    rows: int = 0


def when_changed_begin_recomputing(_: Any, recorded: Recorded) -> Sequence[BeginRecomputing]:
    """The reaction of a service to the change of another's stream, which counts the generations."""
    return [BeginRecomputing(generation=recorded.version)]


def first_step(generation: int, now: datetime) -> SetDeadline:
    return _step(RecomputeNext(generation=generation, part=0, after=""), now + SETTLED_AFTER)


def recomputing_handlers(present: Callable[[UnitOfWork], int], parts: Sequence[Part]) -> list[Handler]:
    """The handlers of a walk through `parts`; `present` gives the generation that holds now."""
    return [
        Handler(BeginRecomputing, _touches, _begin, NOBODY),
        Handler(RecomputeNext, _touches, partial(_next, present, parts), NOBODY),
        Handler(RecomputeRow, _touches, partial(_row, present, parts), NOBODY),
    ]


def steps_ahead(store: Store) -> int:
    """How many walks are still to be done or under way in a service: 0 or 1, and while one gives way to another 2."""
    return store.deadlines.count_documents({"command": RecomputeNext.NAME})


def _begin(work: UnitOfWork, command: BeginRecomputing, context: Context) -> None:
    work.schedule(first_step(command.generation, context.now))


def _next(
    present: Callable[[UnitOfWork], int],
    parts: Sequence[Part],
    work: UnitOfWork,
    command: RecomputeNext,
    context: Context,
) -> None:
    if command.part >= len(parts) or command.generation != present(work):
        return
    part = parts[command.part]
    step = part.rows or ROWS_A_STEP
    rows = work.rows_after(part.ledger, part.criteria, command.after, step)
    for row in rows:
        _recompute_or_set_aside(command, part, work, row, context)
    full = len(rows) == step
    place = (command.part, rows[-1]["_id"]) if full else (command.part + 1, "")
    if place[0] < len(parts):
        following = RecomputeNext(generation=command.generation, part=place[0], after=place[1])
        work.schedule(_step(following, context.now))


def _recompute_or_set_aside(command: RecomputeNext, part: Part, work: UnitOfWork, row: Row, context: Context) -> None:
    try:
        with work.whole_or_not_at_all():
            part.recompute(work, row, _as_of_now(context))
    except Exception as error:
        if is_passing(error):
            raise
        key = f"recompute-row:{command.generation}:{command.part}:{row['_id']}"
        work.schedule(SetDeadline(key, context.now, RecomputeRow(part=command.part, key=row["_id"])))


def _row(
    present: Callable[[UnitOfWork], int],
    parts: Sequence[Part],
    work: UnitOfWork,
    command: RecomputeRow,
    context: Context,
) -> None:
    present(work)  # what the process goes by is then no older than what holds here
    part = parts[command.part]
    row = work.row(part.ledger, command.key)
    if row is not None:
        part.recompute(work, row, _as_of_now(context))


def _as_of_now(context: Context) -> Context:
    """Open days are reckoned anew as of the day on which a worker comes to it: none may move into the past."""
    return replace(context, today=local_date(context.now))


def _step(command: RecomputeNext, due: datetime) -> SetDeadline:
    """The key names the starting point, so that a step never stands in for another."""
    return SetDeadline(f"recompute:{command.generation}:{command.part}:{command.after}", due, command)


def _touches(_: Any) -> Sequence[Ref]:
    """A walk has no stream of its own; its commands are answered under this one's name."""
    return (_WALK.ref("walk"),)


_WALK: Aggregate[None] = Aggregate("recomputing", lambda _: None, lambda state, _: state, lambda _: Place())
