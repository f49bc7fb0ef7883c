"""Commands over HTTP by eight clients, beside the bare transaction by eight writers."""

from collections.abc import Iterator
from datetime import timedelta

from services.cli.bench.api import client_of
from services.cli.bench.catching_up import wait_until_quiet
from services.cli.bench.commands import bare_rate
from services.cli.bench.ground import Ground
from services.cli.bench.lines import Line
from services.cli.bench.pupils import register_pupils
from services.cli.bench.rounds import alternate, dealt, percentile, side_by_side
from services.cli.bench.twin import twin_of
from services.cli.bench.written import Written, written_by
from shared.calendar.zone import local_date

METHOD = """\
`POST /api/v1/children/{id}/absences` to the one API process that `nol up` starts, by 8 clients in the measuring
process, each on a kept connection and sending its next request when it has the answer to the last; the other seven
processes run, and the other services' workers take in what is recorded meanwhile. The bare side is the transaction of
the first measure by 8 writers on the same database server, when the workers have caught up. Delays are as the
clients see them."""

CLIENTS = 8


def measure(ground: Ground) -> Iterator[Line]:
    running, size = ground.suite, ground.size
    runtimes = running.runtimes()
    registry = runtimes["registry"]
    children = iter(register_pupils(registry, (size.rounds + 1) * size.commands))
    wait_until_quiet(runtimes)
    yesterday = local_date(registry.ports.clock.now()) - timedelta(days=1)
    clients = [client_of(running) for _ in range(CLIENTS)]
    with twin_of(registry.store, registry.ports.settings.mongo_uri) as twin:
        written: list[Written] = []

        def ours() -> float:
            since, events = registry.ports.clock.now(), list[tuple[str, ...]]()
            work = [(clients[number % CLIENTS], next(children)) for number in range(size.commands)]
            seconds = side_by_side(
                dealt(work, CLIENTS), lambda item: events.append(item[0].absence(item[1], yesterday))
            )
            wait_until_quiet(runtimes)
            written[:] = written_by(registry.store, events, since)
            return size.commands / seconds

        rates = alternate(size.rounds, ours, lambda: bare_rate(twin, written, CLIENTS))
    delays = [delay for client in clients for delay in client.delays_ms[size.commands // CLIENTS :]]
    yield Line(name=f"HTTP commands, {CLIENTS} clients", value=rates.ours, unit="commands/s", limit=rates.bare)
    for percent in (50, 99):
        name = f"HTTP command, {CLIENTS} clients, p{percent}"
        yield Line(name=name, value=percentile(delays, percent), unit="ms")
