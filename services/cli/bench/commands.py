"""A command through the handler, beside the bare transaction that writes the same documents."""

from collections.abc import Iterator
from datetime import date, timedelta

from services.cli.bench.ground import Ground
from services.cli.bench.lines import AtLeast, Line
from services.cli.bench.pupils import absence, register_pupils
from services.cli.bench.rounds import alternate, dealt, side_by_side
from services.cli.bench.twin import Twin, twin_of
from services.cli.bench.written import Written, written_by
from services.registry.children.ids import ChildId
from shared.calendar.zone import local_date
from shared.runtime import Runtime

METHOD = """\
`RecordAttendance` (one unexcused day) on a registered, enrolled child, through `Application.execute` in one process
with the embedded suite's settings: the child's stream is read and folded, the decision made, and one transaction
writes the event, its partition's head, the child's ledger row and the idempotency record. Each command
meets another child, in no particular order of partitions. The bare side writes exactly those documents, taken from
the database afterwards, into a copy of it with the same indexes: one pymongo transaction each with the same concerns,
nothing read before. With 8 writers, each bare writer has partitions of its own, so that it never loses a race."""

AIM = AtLeast(0.6)
WRITERS = (1, 8)


def measure(ground: Ground) -> Iterator[Line]:
    with ground.registry() as runtime:
        for writers in WRITERS:
            yield _with_writers(ground, runtime, writers)


def _with_writers(ground: Ground, runtime: Runtime, writers: int) -> Line:
    size = ground.size
    yesterday = local_date(runtime.ports.clock.now()) - timedelta(days=1)
    children = iter(register_pupils(runtime, (size.rounds + 1) * size.commands))
    with twin_of(runtime.store, runtime.ports.settings.mongo_uri) as twin:
        written: list[Written] = []

        def ours() -> float:
            mine = [next(children) for _ in range(size.commands)]
            since = runtime.ports.clock.now()
            seconds, events = execute(runtime, mine, yesterday, writers)
            written[:] = written_by(runtime.store, events, since)
            return size.commands / seconds

        rates = alternate(size.rounds, ours, lambda: bare_rate(twin, written, writers))
    name = f"command through the handler, {writers} writer{'s' if writers > 1 else ''}"
    return Line(name=name, value=rates.ours, unit="commands/s", limit=rates.bare, aim=AIM)


def execute(runtime: Runtime, children: list[ChildId], day: date, writers: int) -> tuple[float, list[tuple[str, ...]]]:
    """Mark the children absent; the seconds it took, and each command's events."""
    orders = [absence(child, day) for child in children]
    events: list[tuple[str, ...]] = []
    seconds = side_by_side(
        dealt(orders, writers), lambda order: events.append(runtime.application.execute(order).events)
    )
    return seconds, events


def bare_rate(twin: Twin, written: list[Written], writers: int) -> float:
    """Transactions a second when each writer has partitions of its own."""
    shares: list[list[Written]] = [[] for _ in range(writers)]
    for each in written:
        shares[each.partition % writers].append(each)
    return len(written) / side_by_side([share for share in shares if share], twin.write)
