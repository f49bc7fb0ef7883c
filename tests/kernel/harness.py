"""Services on a real database, without HTTP: for trying the kernel's promises one by one."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime

from pymongo import MongoClient

from shared.kernel.application import Application
from shared.kernel.caller import Caller, Scope
from shared.kernel.clock import FixedClock
from shared.kernel.commands import Order
from shared.kernel.recorded import Recorded, parse_cloud_event, to_cloud_event, to_json
from shared.kernel.service import Service
from shared.kernel.store import Store, connect

CLERK = Caller("clerk-1", "clerk", Scope("349921"))
START = datetime(2026, 9, 1, 1, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Running:
    """One service, installed."""

    store: Store
    application: Application
    clock: FixedClock

    def order(self, command: object, command_id: str, **more: object) -> Order:
        return Order(command=command, command_id=command_id, caller=CLERK, **more)  # type: ignore[arg-type]

    def rows(self, ledger: str) -> dict[str, dict[str, object]]:
        return {row["_id"]: row for row in self.store.ledger_collection(ledger).find({})}


def run(
    service: Service, client: MongoClient[dict[str, object]], database: str, clock: FixedClock, partitions: int = 8
) -> Running:
    store = Store(client, f"{database}_{service.name}", service, partitions)
    store.install()
    return Running(store, Application(store, clock), clock)


@contextmanager
def running(uri: str, database: str, *services: Service, partitions: int = 8) -> Iterator[list[Running]]:
    """The services on one database server, with one clock; dropped at the end."""
    clock = FixedClock(START)
    with connect(uri) as client:
        started = [run(service, client, database, clock, partitions) for service in services]
        yield started
        for each in started:
            client.drop_database(each.store.database.name)


class LocalSource:
    """Another service's log read straight from its store, through the wire format."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.service = store.service.name
        self._positions = [0] * store.partitions

    def start(self, positions: Sequence[int]) -> None:
        self._positions = list(positions)

    def poll(self, timeout: float) -> Sequence[Recorded]:
        found: list[Recorded] = []
        for partition in range(self._store.partitions):
            events = self.fetch(partition, self._positions[partition], 200 - len(found))
            if events:
                found += events
                self._positions[partition] = events[-1].position
            if len(found) >= 200:
                break
        return found

    def fetch(self, partition: int, after: int, limit: int) -> Sequence[Recorded]:
        if limit <= 0:
            return []
        return [wire(event) for event in self._store.read_partition(partition, after, limit)]

    def heads(self) -> Sequence[int]:
        return self._store.positions()

    def close(self) -> None:
        pass

    def everything(self) -> list[Recorded]:
        return [event for partition in range(self._store.partitions) for event in self.fetch(partition, 0, 10**6)]


def wire(event: Recorded) -> Recorded:
    return parse_cloud_event(to_json(to_cloud_event(event)))
