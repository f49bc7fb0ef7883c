"""From the answer to a return until every other service's ledger shows it."""

import random
import time
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from services.cli.bench.api import Client, client_of
from services.cli.bench.background import Background
from services.cli.bench.catching_up import wait_until_quiet
from services.cli.bench.ground import Ground, RunningSuite
from services.cli.bench.lines import Line, below
from services.cli.bench.pupils import register_pupils, suspect
from services.cli.bench.rounds import percentile
from services.registry.children.ids import ChildId, SchoolCode
from shared.calendar.zone import local_date
from shared.kernel.store import Document, Store
from shared.runtime import Runtime

METHOD = """\
`POST /api/v1/children/{id}/returns` for suspected dropouts, one after the other with a random pause of up to 0.2 s,
on a suite as `nol up` starts it. The clock starts when the client has the `201` and stops when the last of three
ledger rows shows the return: the persuasion plan in visits (following up), the child in assistance (no longer
suspected), the return case in supervision (verifying). The rows are read from the services' databases in turn, with
1 ms between two looks, so that the resolution is that and three reads, 3 to 5 ms. Under load, 50 absences a second are
posted to the same API meanwhile by 8 clients on a fixed schedule."""

AT_REST_MS, LOAD_PER_S = 300.0, 50
LONGEST_S, LOOK_EVERY_S, LONGEST_PAUSE_S = 60.0, 0.001, 0.2
SHOWN: tuple[tuple[str, str, str, str | None], ...] = (
    ("visits", "persuasion-plans", "status", "FOLLOWING_UP"),
    ("assistance", "children", "suspected_on", None),
    ("supervision", "return-cases", "status", "VERIFYING"),
)
"""Service, ledger, field, and what the field says when the return has arrived."""


def measure(ground: Ground) -> Iterator[Line]:
    yield from on_suite(ground, ground.suite, "feed")


def on_suite(ground: Ground, suite: RunningSuite, transport: str) -> Iterator[Line]:
    """The delays on a running suite, at rest and under load."""
    runtimes = suite.runtimes()
    away = _suspected(runtimes, 2 * ground.size.returns)
    at_rest, loaded = away[: ground.size.returns], away[ground.size.returns :]
    delays = _returns(suite, runtimes, at_rest)
    yield Line(name=f"propagation, {transport}, at rest, p50", value=percentile(delays, 50), unit="ms")
    yield below(f"propagation, {transport}, at rest, p99", percentile(delays, 99), "ms", AT_REST_MS)
    busy = register_pupils(runtimes["registry"], ground.size.busy_pupils)
    wait_until_quiet(runtimes)
    with Background(suite, busy, LOAD_PER_S, local_date(runtimes["registry"].ports.clock.now())) as background:
        delays = _returns(suite, runtimes, loaded)
    where = f"propagation, {transport}, at {LOAD_PER_S} commands/s (reached {background.reached:.0f})"
    for percent in (50, 99):
        yield Line(name=f"{where}, p{percent}", value=percentile(delays, percent), unit="ms")


def _suspected(runtimes: Mapping[str, Runtime], how_many: int) -> list[Document]:
    """The registry's rows of children whose suspicion every service has heard of."""
    registry = runtimes["registry"]
    children = register_pupils(registry, how_many)
    suspect(registry, children)
    wait_until_quiet(runtimes)
    return list(registry.store.ledger_collection("children").find({"_id": {"$in": list(children)}}))


def _returns(suite: RunningSuite, runtimes: Mapping[str, Runtime], rows: list[Document]) -> list[float]:
    """Let the children return one by one; the delays in ms."""
    client, today = client_of(suite), local_date(runtimes["registry"].ports.clock.now())
    watch = [_Watched(runtimes[service].store, *what) for service, *what in SHOWN]  # type: ignore[arg-type]
    delays = []
    for row in rows:
        time.sleep(random.uniform(0, LONGEST_PAUSE_S))
        delays.append(_delay_ms(client, row, today, watch))
    return delays[1:]  # the first opens the connections


class _Watched:
    """One ledger row's field, until it says what is awaited."""

    def __init__(self, store: Store, ledger: str, field: str, awaited: str | None) -> None:
        self._rows = store.ledger_collection(ledger)
        self._field, self._awaited = field, awaited

    def shows(self, child: str) -> bool:
        row: Mapping[str, Any] | None = self._rows.find_one({"_id": child})
        return row is not None and row.get(self._field) == self._awaited


def _delay_ms(client: Client, row: Document, today: date, watch: list[_Watched]) -> float:
    child = ChildId(row["_id"])
    if any(each.shows(child) for each in watch):
        raise RuntimeError("a ledger shows the return before it was recorded")
    client.come_back(child, SchoolCode(row["school"]), today)
    started, left = time.perf_counter(), list(watch)
    while left := [each for each in left if not each.shows(child)]:
        if time.perf_counter() - started > LONGEST_S:
            raise TimeoutError("a return did not arrive")
        time.sleep(LOOK_EVERY_S)
    return (time.perf_counter() - started) * 1000
