"""The ledger rows of one transaction: read together, changed in memory, written together."""

from collections.abc import Iterable
from functools import partial
from typing import Any

from pymongo import DeleteOne, InsertOne, ReplaceOne
from pymongo.client_session import ClientSession

from shared.kernel.caller import Place
from shared.kernel.ledgers import KERNEL_FIELDS, Ledger, Row
from shared.kernel.raced import duplicates_raise
from shared.kernel.recorded import Recorded
from shared.kernel.refusals import AlreadyRecorded
from shared.kernel.store import Document, Store

RowAddress = tuple[str, str]
"""Ledger name and row key."""


def next_row(ledger: Ledger, key: str, before: Row | None, event: Any, recorded: Recorded) -> Row | None:
    """What the ledger makes of an event, as the document that is stored (None: the row goes)."""
    content, place = None, recorded.place
    if type(event) in ledger.guests:
        if before is None:
            return None
        place = Place(before["division"], before["school"])
    if before is not None:
        content = {name: value for name, value in before.items() if name not in KERNEL_FIELDS}
    content = ledger.apply(content, event, recorded)
    if content is None:
        return None
    return {"_id": key, "division": place.division, "school": place.school, "at": recorded.id, **content}


class LedgerRows:
    """A cache of rows over the ledgers' collections, as the transaction's snapshot shows them."""

    def __init__(self, store: Store, session: ClientSession, pointers: dict[str, str]) -> None:
        self._store = store
        self._session = session
        self._pointers = pointers
        self._rows: dict[RowAddress, Row | None] = {}
        self._stored: set[RowAddress] = set()
        self._dirty: dict[str, dict[str, None]] = {}

    def preload(self, ledger: Ledger, keys: Iterable[str]) -> None:
        wanted = [key for key in dict.fromkeys(keys) if (ledger.name, key) not in self._rows]
        if not wanted:
            return
        criteria: Document = {"_id": wanted[0]} if len(wanted) == 1 else {"_id": {"$in": wanted}}
        collection = self._store.database[self._pointers[ledger.name]]
        found = {row["_id"]: row for row in collection.find(criteria, session=self._session)}
        for key in wanted:
            self._rows[ledger.name, key] = found.get(key)
        self._stored |= {(ledger.name, key) for key in found}

    def following(self, ledger: Ledger, criteria: Document, after: str, limit: int) -> list[Row]:
        """The next rows in the order of their keys, as the snapshot shows them."""
        collection = self._store.database[self._pointers[ledger.name]]
        found = collection.find({**criteria, "_id": {"$gt": after}}, session=self._session)
        return list(found.sort("_id", 1).limit(limit))

    def get(self, ledger: Ledger, key: str) -> Row | None:
        self.preload(ledger, [key])
        return self._rows[ledger.name, key]

    def put(self, address: RowAddress, row: Row | None) -> None:
        self._rows[address] = row
        self._dirty.setdefault(address[0], {})[address[1]] = None

    def write(self) -> None:
        """Write the changed rows. Raises AlreadyRecorded when a unique value is taken."""
        for name, keys in self._dirty.items():
            operations = [op for key in keys if (op := self._operation((name, key))) is not None]
            if not operations:
                continue
            collection = self._store.database[self._pointers[name]]
            what = "、".join(index.what for index in self._store.service.ledger(name).indexes if index.unique)
            with duplicates_raise(partial(AlreadyRecorded, what)):
                # Ordered, or the driver goes on after a duplicate has ended the transaction and hides it;
                # by kind, because the driver sends one message for each run of like operations.
                operations.sort(key=lambda operation: type(operation).__name__)
                collection.bulk_write(operations, session=self._session)
        self._dirty.clear()

    def _operation(self, address: RowAddress) -> InsertOne[Document] | ReplaceOne[Document] | DeleteOne | None:
        row, key = self._rows[address], address[1]
        stored = address in self._stored
        if row is None:
            return DeleteOne({"_id": key}) if stored else None
        return ReplaceOne({"_id": key}, row) if stored else InsertOne(row)
