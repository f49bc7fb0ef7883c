"""Ledgers as of a past date: folded from the events recorded until that day's end, and kept, since the past stands."""

from collections.abc import Mapping
from datetime import date, timedelta
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
"""How many past ledgers are kept ready; the one built first makes room."""


def as_of_collection(store: Store, ledger: Ledger, day: date, sources: Mapping[str, Source]) -> Collection[Document]:
    """The rows of `ledger` as the log knew them at the end of `day` (county time).

    Within a partition the recording time never runs backwards, so reading stops at the first later event.
    """
    id_ = f"as-of/{ledger.name}/{day.isoformat()}"
    known = store.control.find_one({"_id": id_})
    if known is None:
        _build(store, ledger, day, sources, id_)
    return store.database[_name(ledger, day)]


def _name(ledger: Ledger, day: date) -> str:
    return f"as-of.{ledger.name}.{day.isoformat()}"


def _build(store: Store, ledger: Ledger, day: date, sources: Mapping[str, Source], id_: str) -> None:
    end = start_of_local_day(day + timedelta(days=1))
    history, types = history_of(ledger, store, sources), types_read_by(store.service, ledger)
    collection = store.database[_name(ledger, day)]
    collection.drop()
    store.prepare_ledger(ledger, collection)
    for partition in range(store.partitions):
        until = takewhile(lambda event: event.time < end, history.read(partition, 0))
        rows = list(fold(ledger, {}, touches(ledger, types, until)).values())
        for start in range(0, len(rows), INSERT_AT_ONCE):
            collection.insert_many(rows[start : start + INSERT_AT_ONCE], ordered=False)
    store.control.update_one(
        {"_id": id_}, {"$set": {"collection": collection.name, "kind": "as-of", "day": day.isoformat()}}, upsert=True
    )
    _make_room(store)


def _make_room(store: Store) -> None:
    kept = list(store.control.find({"kind": "as-of"}).sort("day", ASCENDING))
    for document in kept[: max(0, len(kept) - KEPT)]:
        store.control.delete_one({"_id": document["_id"]})
        store.database[document["collection"]].drop()
