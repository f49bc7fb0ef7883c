"""Folding a log into a ledger's rows: the common ground of rebuilds, as-of readings and verification."""

from collections.abc import Container, Iterable, Iterator, Mapping
from itertools import takewhile
from typing import Any, Protocol

from pymongo.client_session import ClientSession

from shared.kernel.events import EventTypes, UnknownEventType
from shared.kernel.ledgers import Ledger, Row
from shared.kernel.recorded import Recorded
from shared.kernel.rows import next_row
from shared.kernel.service import Service
from shared.kernel.sources import Source
from shared.kernel.store import Store, checkpoint_id, head_id


class History(Protocol):
    """A service's events from the first on, and how far this service's ledgers have taken them."""

    @property
    def service(self) -> str: ...

    def read(self, partition: int, after: int) -> Iterator[Recorded]:
        """Events after a position, as far as there are any now, in order."""
        ...

    def marker(self, partition: int) -> str:
        """The `_id` of the control document whose `position` says how far live ledgers have taken the partition."""
        ...


class OwnHistory:
    """The service's own log: its live ledgers are always at the head."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.service = store.service.name

    def read(self, partition: int, after: int) -> Iterator[Recorded]:
        return self._store.read_partition(partition, after)

    def marker(self, partition: int) -> str:
        return head_id(partition)


class SourceHistory:
    """Another service's log, read again from its feed."""

    PAGE = 500

    def __init__(self, source: Source) -> None:
        self._source = source
        self.service = source.service

    def read(self, partition: int, after: int) -> Iterator[Recorded]:
        while page := self._source.fetch(partition, after, self.PAGE):
            yield from page
            after = page[-1].position

    def marker(self, partition: int) -> str:
        return checkpoint_id(self.service, partition)


def history_of(ledger: Ledger, store: Store, sources: Mapping[str, Source]) -> History:
    return OwnHistory(store) if ledger.source == store.service.name else SourceHistory(sources[ledger.source])


def types_read_by(service: Service, ledger: Ledger) -> EventTypes:
    return service.events if ledger.source == service.name else service.contracts[ledger.source]


Touch = tuple[str, Any, Recorded]
"""A row key, the event that changes the row, and its envelope."""


class Passage:
    """Events on their way through, counted: `position` is the last one's, `count` how many passed."""

    def __init__(self, events: Iterable[Recorded], after: int) -> None:
        self._events = events
        self.position = after
        self.count = 0

    def __iter__(self) -> Iterator[Recorded]:
        for recorded in self._events:
            self.position = recorded.position
            self.count += 1
            yield recorded


def up_to(events: Iterable[Recorded], position: int) -> Iterator[Recorded]:
    """Events until (and with) a position."""
    return takewhile(lambda event: event.position <= position, events)


def touches(
    ledger: Ledger, types: EventTypes, events: Iterable[Recorded], skip: Container[int] = ()
) -> Iterator[Touch]:
    """What the events do to a ledger. `skip` names positions that the live ledger has passed over (parked)."""
    concerns: dict[str, bool] = {}
    for recorded in events:
        if recorded.position in skip or not concerns.get(recorded.type, True):
            continue
        try:
            event = types.decode(recorded.type, recorded.data)
        except UnknownEventType:  # a type that the live ledger ignores, too
            concerns[recorded.type] = False
            continue
        if type(event) not in ledger.events:
            concerns[recorded.type] = False
        elif (key := ledger.key(event, recorded)) is not None:
            yield key, event, recorded


def fold(ledger: Ledger, rows: dict[str, Row], changes: Iterable[Touch]) -> dict[str, Row]:
    """Apply changes to rows in memory, exactly as the live ledger does; the same dict comes back."""
    for key, event, recorded in changes:
        row = next_row(ledger, key, rows.get(key), event, recorded)
        if row is None:
            rows.pop(key, None)
        else:
            rows[key] = row
    return rows


def parked_positions(store: Store, source: str, partition: int, session: ClientSession | None = None) -> set[int]:
    """Positions that the live ledgers have passed over because the event is parked."""
    criteria = {"source": source, "partition": partition}
    return {document["position"] for document in store.parked.find(criteria, {"position": 1}, session=session)}
