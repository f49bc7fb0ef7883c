"""Deadlines in the database: written in the transaction that causes them, fired by any worker."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

import msgspec
from pymongo import DeleteOne, ReplaceOne
from pymongo.client_session import ClientSession

from shared.kernel.deadlines import CancelDeadline, DeadlineChange, SetDeadline, firing_id
from shared.kernel.store import Document, Store


def write_deadlines(store: Store, session: ClientSession, changes: Iterable[tuple[DeadlineChange, date]]) -> None:
    """Set and cancel deadlines, each as of a day; of several changes of one key the last one holds."""
    last = {change.key: (change, day) for change, day in changes}
    operations = [_operation(change, day) for change, day in last.values()]
    if operations:
        store.deadlines.bulk_write(operations, session=session)


def standing_deadlines(store: Store, session: ClientSession, keys: Sequence[str]) -> dict[str, datetime]:
    """When each of these deadlines is due, as far as it is set and has not fired."""
    if not keys:
        return {}
    found = store.deadlines.find({"_id": {"$in": list(keys)}}, {"due_at": 1}, session=session)
    return {document["_id"]: document["due_at"] for document in found}


def fired_deadlines(store: Store, session: ClientSession, deadlines: Sequence[SetDeadline]) -> set[str]:
    """The ids of those firings that have been carried out: each of these keys at its time."""
    ids = [firing_id(each.key, each.due_at) for each in deadlines]
    found = store.commands.find({"_id": {"$in": ids}}, {"_id": 1}, session=session) if ids else ()
    return {record["_id"] for record in found}


def _operation(change: DeadlineChange, as_of: date) -> ReplaceOne[Document] | DeleteOne:
    match change:
        case CancelDeadline(key=key):
            return DeleteOne({"_id": key})
        case SetDeadline(key=key, due_at=due_at, command=command):
            content = {
                "_id": key,
                "due_at": due_at,
                "set_on": as_of.isoformat(),
                "next_try_at": due_at,
                "command": command.NAME,
                "data": msgspec.to_builtins(command),
                "attempts": 0,
                "state": "set",
                "error": "",
            }
            return ReplaceOne({"_id": key}, content, upsert=True)
