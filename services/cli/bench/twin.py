"""The bare side: a second database of the same shape on the same server, written to by pymongo alone."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from pymongo import ReplaceOne, UpdateOne
from pymongo.client_session import ClientSession
from pymongo.collection import Collection

from services.cli.bench.written import Written
from shared.kernel.store import DURABLE, FIXED_COLLECTIONS, SNAPSHOT, Document, Store, connect, head_id

COPIED_AT_ONCE = 2000


class Twin:
    """A database with a service's collections and indexes, reached through a client of its own."""

    def __init__(self, original: Store, uri: str) -> None:
        self._original = original
        name = f"{original.database.name}_bare"
        self.store = Store(connect(uri), name, original.service, original.partitions)
        self.store.client.drop_database(name)
        self.store.install()
        self._ledgers = {ledger.name: self.store.ledger_collection(ledger.name) for ledger in original.service.ledgers}

    def close(self) -> None:
        """Let go; the next twin of the same original drops what is left, or it goes with the server."""
        self.store.client.close()

    def copy(self) -> None:
        """Take over everything that the original holds now."""
        pairs = [(self._original.database[name], self.store.database[name]) for name in FIXED_COLLECTIONS]
        pairs += [(self._original.ledger_collection(name), rows) for name, rows in self._ledgers.items()]
        for source, target in pairs:
            target.delete_many({})
            documents = list(source.find({}))
            for start in range(0, len(documents), COPIED_AT_ONCE):
                target.insert_many(documents[start : start + COPIED_AT_ONCE])

    def write(self, written: Written) -> None:
        """One bare transaction with exactly these documents: nothing is read, decided or checked."""

        def body(session: ClientSession) -> None:
            self._write(written, session)

        with self.store.client.start_session() as session:
            session.with_transaction(body, read_concern=SNAPSHOT, write_concern=DURABLE)

    def _write(self, written: Written, session: ClientSession) -> None:
        _insert(self.store.events, written.events, session)
        self._move_heads(written, session)
        for name, rows in written.new_rows.items():
            _insert(self._ledgers[name], rows, session)
        for name, rows in written.changed_rows.items():
            _replace(self._ledgers[name], rows, session)
        if written.deadlines:
            _replace(self.store.deadlines, written.deadlines, session)
        _insert(self.store.commands, written.records, session)

    def _move_heads(self, written: Written, session: ClientSession) -> None:
        if len(written.heads) == 1:
            [(partition, head)] = written.heads.items()
            self.store.control.update_one({"_id": head_id(partition)}, {"$set": head}, session=session)
            return
        moves = [UpdateOne({"_id": head_id(partition)}, {"$set": head}) for partition, head in written.heads.items()]
        self.store.control.bulk_write(moves, session=session)


@contextmanager
def twin_of(original: Store, uri: str, *, empty: bool = False) -> Iterator[Twin]:
    """A twin that holds what the original holds now, or nothing."""
    twin = Twin(original, uri)
    try:
        if not empty:
            twin.copy()
        yield twin
    finally:
        twin.close()


def _insert(collection: Collection[Document], documents: Sequence[Document], session: ClientSession) -> None:
    if len(documents) == 1:
        collection.insert_one(documents[0], session=session)
    else:
        collection.insert_many(documents, session=session)


def _replace(collection: Collection[Document], documents: Sequence[Document], session: ClientSession) -> None:
    if len(documents) == 1:
        collection.replace_one({"_id": documents[0]["_id"]}, documents[0], upsert=True, session=session)
    else:
        operations = [ReplaceOne({"_id": each["_id"]}, each, upsert=True) for each in documents]
        collection.bulk_write(operations, session=session)
