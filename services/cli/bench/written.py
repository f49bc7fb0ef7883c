"""What commands have written, gathered again from the database, transaction by transaction."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from pymongo.collection import Collection

from services.registry.attendance.clocks import absence_key
from services.registry.children.ids import ChildId
from shared.kernel.recorded import address, from_document
from shared.kernel.store import Document, Store

Rows = Mapping[str, Mapping[str, Document]]
"""Ledger name -> row key -> row."""


@dataclass(frozen=True, slots=True)
class Written:
    """The documents of one transaction: `heads` by partition, rows by ledger (inserted or replaced)."""

    events: Sequence[Document]
    heads: Mapping[int, Document]
    new_rows: Mapping[str, Sequence[Document]]
    changed_rows: Mapping[str, Sequence[Document]]
    deadlines: Sequence[Document]
    records: Sequence[Document]

    @property
    def partition(self) -> int:
        """The (first) partition that the transaction moved."""
        return next(iter(self.heads))


def written_by(store: Store, transactions: Sequence[Sequence[str]], since: datetime) -> list[Written]:
    """What each transaction wrote from `since` on, told by the ids of its events; rows and deadlines as they are now.

    A key's rows count as inserted where the transaction began the key's stream.
    """
    ids = [id_ for transaction in transactions for id_ in transaction]
    found = store.events.find({"_id": {"$in": [_address(id_) for id_ in ids]}})
    events = {from_document(store.service.name, event).id: event for event in found}
    keys = sorted({event["key"] for event in events.values()})
    rows = {each.name: _by_id(store.ledger_collection(each.name), keys) for each in store.service.ledgers}
    deadlines = store.deadlines.find({"_id": {"$in": [absence_key(ChildId(key)) for key in keys]}})
    records = {id_: record for record in store.commands.find({"at": {"$gte": since}}) for id_ in record["events"]}
    by_child = {deadline["data"]["child_id"]: deadline for deadline in deadlines}
    return [
        _gather([(id_, events[id_]) for id_ in transaction], rows, by_child, records) for transaction in transactions
    ]


def _gather(
    events: Sequence[tuple[str, Document]],
    rows: Rows,
    deadlines: Mapping[str, Document],
    records: Mapping[str, Document],
) -> Written:
    keys = dict.fromkeys(event["key"] for _, event in events)
    born = {event["key"] for _, event in events if event["version"] == 1}
    return Written(
        events=[event for _, event in events],
        heads={_place(id_)[0]: _head(id_, event) for id_, event in events},
        new_rows=_rows(rows, [key for key in keys if key in born]),
        changed_rows=_rows(rows, [key for key in keys if key not in born]),
        deadlines=[deadlines[key] for key in keys if key in deadlines],
        records=list({records[id_]["_id"]: records[id_] for id_, _ in events}.values()),
    )


def _rows(rows: Rows, keys: Sequence[str]) -> dict[str, list[Document]]:
    chosen = {name: [found[key] for key in keys if key in found] for name, found in rows.items()}
    return {name: documents for name, documents in chosen.items() if documents}


def _head(id_: str, event: Document) -> Document:
    return {"position": _place(id_)[1], "hash": event["hash"], "time": event["time"]}


def _place(id_: str) -> tuple[int, int]:
    _, partition, position = id_.split("/")
    return int(partition), int(position)


def _address(id_: str) -> int:
    return address(*_place(id_))


def _by_id(collection: Collection[Document], keys: Sequence[str]) -> dict[str, Document]:
    return {document["_id"]: document for document in collection.find({"_id": {"$in": list(keys)}})}
