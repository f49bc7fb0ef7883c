"""Rebuilding a ledger beside the live one, and switching it in without stopping anybody.

The rows are folded anew from the log into a new collection while the live ledger goes on taking events. Then the rest
is caught up, and one transaction that touches every partition's marker moves the pointer: a writer that still has the
old pointer in its snapshot loses that race and starts over with the new one. Reactions are never run.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from pymongo import DeleteOne, ReplaceOne, UpdateOne
from pymongo.collection import Collection

from shared.kernel.application import Application
from shared.kernel.folding import (
    History,
    Passage,
    Touch,
    fold,
    history_of,
    parked_positions,
    touches,
    types_read_by,
    up_to,
)
from shared.kernel.ledgers import Ledger
from shared.kernel.recorded import Recorded
from shared.kernel.sources import Source
from shared.kernel.store import Document, Store, head_id, pointer_id
from shared.kernel.unit_of_work import UnitOfWork

INSERT_AT_ONCE = 5000
MAX_CATCH_UPS = 1000

Progress = Callable[[int, int], None]
"""Called with the partitions done and the partitions in all."""


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """What a rebuild did. `collection` holds the live rows now."""

    ledger: str
    events: int
    rows: int
    collection: str


class _Behind(Exception):
    """The live ledger moved on since the last catch-up."""


class RebuildNeverCaughtUp(RuntimeError):
    """The log grew faster than the rebuild could follow; nothing was switched."""


def rebuild(
    application: Application,
    ledger: Ledger,
    sources: Mapping[str, Source],
    progress: Progress = lambda _done, _of: None,
) -> Rebuilt:
    """Rebuild one ledger and switch it in. Raises RebuildNeverCaughtUp."""
    return _Rebuild(application, ledger, history_of(ledger, application.store, sources)).run(progress)


class ParkedEventsChanged(RuntimeError):
    """A parked event was released during the rebuild, so the new rows lack it: nothing was switched, run it again."""


class _Rebuild:
    def __init__(self, application: Application, ledger: Ledger, history: History) -> None:
        self._application = application
        self._store: Store = application.store
        self._ledger = ledger
        self._types = types_read_by(application.store.service, ledger)
        self._history = history
        self._positions = [0] * self._store.partitions
        self._skipped: dict[int, set[int]] = {}
        self._events = 0
        old = self._store.ledger_collection(ledger.name).name
        stem, _, generation = old.rpartition(".")
        self._before_last = f"{stem}.{int(generation) - 1}"
        self._target = self._store.database[f"{stem}.{int(generation) + 1}"]

    def run(self, progress: Progress) -> Rebuilt:
        _drop(self._target)
        self._store.database.create_collection(self._target.name, check_exists=False)
        # Before the rows: indexing rows that are there already costs the embedded server many times as much.
        self._store.prepare_ledger(self._ledger, self._target)
        for partition in range(self._store.partitions):
            self._fold_partition(partition)
            progress(partition + 1, self._store.partitions)
        self._switch()
        _drop(self._store.database[self._before_last])
        rows = self._target.estimated_document_count()
        return Rebuilt(self._ledger.name, self._events, rows, self._target.name)

    def _fold_partition(self, partition: int) -> None:
        live = self._live_positions()[partition]
        self._skipped[partition] = parked_positions(self._store, self._history.service, partition)
        events = up_to(self._history.read(partition, 0), live)
        rows = list(fold(self._ledger, {}, self._touches(partition, events, 0)).values())
        for start in range(0, len(rows), INSERT_AT_ONCE):
            self._target.insert_many(rows[start : start + INSERT_AT_ONCE], ordered=False)

    def _touches(self, partition: int, events: Iterable[Recorded], after: int) -> list[Touch]:
        passage = Passage(events, after)
        found = list(touches(self._ledger, self._types, passage, self._skipped[partition]))
        self._positions[partition] = passage.position
        self._events += passage.count
        return found

    def _live_positions(self) -> list[int]:
        ids = [self._history.marker(partition) for partition in range(self._store.partitions)]
        found = {item["_id"]: item["position"] for item in self._store.control.find({"_id": {"$in": ids}})}
        return [found[id_] for id_ in ids]

    def _switch(self) -> None:
        for _ in range(MAX_CATCH_UPS):
            self._catch_up()
            try:
                self._application.transact(self._move_pointer)
            except _Behind:
                continue
            return
        raise RebuildNeverCaughtUp(self._ledger.name)

    def _catch_up(self) -> None:
        for partition, live in enumerate(self._live_positions()):
            after = self._positions[partition]
            if live == after:
                continue
            self._skipped[partition] |= parked_positions(self._store, self._history.service, partition)
            events = up_to(self._history.read(partition, after), live)
            changes = self._touches(partition, events, after)
            keys = sorted({key for key, _, _ in changes})
            stored = {row["_id"]: row for row in self._target.find({"_id": {"$in": keys}})}
            _replace(self._target, keys, fold(self._ledger, stored, changes))

    def _move_pointer(self, work: UnitOfWork) -> None:
        session = work.session
        marks = [
            UpdateOne({"_id": self._history.marker(partition), "position": position}, {"$inc": {"turn": 1}})
            for partition, position in enumerate(self._positions)
        ]
        if self._store.control.bulk_write(marks, session=session).matched_count != len(marks):
            raise _Behind()
        heads = [head_id(partition) for partition in range(self._store.partitions)]
        self._store.control.update_many({"_id": {"$in": heads}}, {"$inc": {"turn": 1}}, session=session)
        for partition, skipped in self._skipped.items():
            if parked_positions(self._store, self._history.service, partition, session) != skipped:
                raise ParkedEventsChanged(self._ledger.name)
        self._store.control.update_one(
            {"_id": pointer_id(self._ledger.name)},
            {"$set": {"collection": self._target.name}},
            session=session,
        )


def _drop(collection: Collection[Document]) -> None:
    """Emptied first: the embedded server drops a collection with rows in it many times more slowly than both."""
    collection.delete_many({})
    collection.drop()


def _replace(target: Collection[Document], keys: Sequence[str], rows: Mapping[str, Document]) -> None:
    operations: list[ReplaceOne[Document] | DeleteOne] = [
        ReplaceOne({"_id": key}, rows[key], upsert=True) if key in rows else DeleteOne({"_id": key}) for key in keys
    ]
    if operations:
        target.bulk_write(operations, ordered=False)
