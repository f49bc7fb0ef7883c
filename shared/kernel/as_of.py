"""Ledgers as of a past date: folded from the events recorded until that day's end, and kept, since the past stands.

Whoever makes one writes it under a name of its own and publishes it when it is whole; the first to publish is kept.
So any number of processes may make the same day at once, and any of them may die at it.
"""

import secrets
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from itertools import takewhile

from pymongo import ASCENDING
from pymongo.collection import Collection

from shared.calendar.zone import start_of_local_day
from shared.kernel.folding import fold, history_of, touches, types_read_by
from shared.kernel.ledgers import Ledger
from shared.kernel.rebuild import INSERT_AT_ONCE
from shared.kernel.sources import Source
from shared.kernel.store import Document, Store

KEPT = 20
"""How many past ledgers are kept ready; the one that nobody has read for longest makes room."""
AT_REST = timedelta(hours=1)
"""Unread for so long a past ledger may go: nobody is in the middle of it, such as at a long export."""
GIVEN_UP = timedelta(days=1)
"""After so long whoever began to make a past ledger has died at it."""
READY, MAKING = "past", "past-making"


def as_of_collection(store: Store, ledger: Ledger, day: date, sources: Mapping[str, Source]) -> Collection[Document]:
    """The rows of `ledger` as the log knew them at the end of `day` (county time).

    Within a partition the recording time never runs backwards, so reading stops at the first later event.
    """
    ready = as_of_if_ready(store, ledger, day)
    return _made(store, ledger, day, sources) if ready is None else ready


def as_of_if_ready(store: Store, ledger: Ledger, day: date) -> Collection[Document] | None:
    """The same when it has been made already."""
    ready = store.control.find_one({"_id": _id(ledger, day)})
    if ready is None:
        return None
    if datetime.now(UTC) - ready["read_at"] > AT_REST / 2:
        as_found = {"_id": ready["_id"], "collection": ready["collection"]}
        read = store.control.update_one(as_found, {"$set": {"read_at": datetime.now(UTC)}})
        if read.matched_count == 0:  # it has just made room for another
            return None
    return store.database[ready["collection"]]


def _id(ledger: Ledger, day: date) -> str:
    return f"past/{ledger.name}/{day.isoformat()}"


def _made(store: Store, ledger: Ledger, day: date, sources: Mapping[str, Source]) -> Collection[Document]:
    id_ = _id(ledger, day)
    making = f"past.{ledger.name}.{day.isoformat()}.{secrets.token_hex(4)}"
    begun = datetime.now(UTC)
    store.control.insert_one({"_id": making, "kind": MAKING, "collection": making, "read_at": begun})
    try:
        _fill(store, ledger, day, sources, store.database[making])
    except Exception:
        _drop(store, {"_id": making, "collection": making})
        raise
    made: Document = {"kind": READY, "collection": making, "day": day.isoformat(), "read_at": datetime.now(UTC)}
    store.control.update_one({"_id": id_}, {"$setOnInsert": made}, upsert=True)
    ready = store.control.find_one({"_id": id_}) or made
    if ready["collection"] != making:
        store.database[making].drop()  # another was first
    store.control.delete_one({"_id": making})
    _make_room(store)
    return store.database[ready["collection"]]


def _fill(
    store: Store, ledger: Ledger, day: date, sources: Mapping[str, Source], collection: Collection[Document]
) -> None:
    end = start_of_local_day(day + timedelta(days=1))
    history, types = history_of(ledger, store, sources), types_read_by(store.service, ledger)
    store.prepare_ledger(ledger, collection)
    for partition in range(store.partitions):
        until = takewhile(lambda event: event.time < end, history.read(partition, 0))
        rows = list(fold(ledger, {}, touches(ledger, types, until)).values())
        for start in range(0, len(rows), INSERT_AT_ONCE):
            collection.insert_many(rows[start : start + INSERT_AT_ONCE], ordered=False)


def _make_room(store: Store) -> None:
    now = datetime.now(UTC)
    ready = list(store.control.find({"kind": READY}).sort("read_at", ASCENDING))
    spare = [each for each in ready[: max(0, len(ready) - KEPT)] if now - each["read_at"] > AT_REST]
    dead = store.control.find({"kind": MAKING, "read_at": {"$lt": now - GIVEN_UP}})
    for document in [*spare, *dead]:
        _drop(store, {name: document[name] for name in ("_id", "collection", "read_at")})


def _drop(store: Store, as_found: Document) -> None:
    """Drop a collection unless its record has changed since it was found, such as by whoever reads it now."""
    if store.control.delete_one(as_found).deleted_count:
        store.database[as_found["collection"]].drop()
