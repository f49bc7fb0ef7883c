"""Parking: an event that cannot be applied waits, with all later events of its key, and nobody else does.

A parked document is tried again with growing pauses; after the last pause it needs an operator, who mends the cause
and releases the key.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from pymongo import ASCENDING
from pymongo.client_session import ClientSession

from shared.kernel.recorded import Recorded, from_cloud_event, to_cloud_event
from shared.kernel.store import Document, Store

PAUSES = tuple(timedelta(seconds=seconds) for seconds in (1, 5, 30, 120, 600))
"""How long to wait before each further try; one more failure after the last and an operator is needed."""

WAITING, RETRYING, PARKED = "waiting", "retrying", "parked"


@dataclass(frozen=True, slots=True)
class Failure:
    """Why an event could not be applied: the error's class and where it rose. Never its text: that may hold names."""

    error: str
    attempts: int

    @classmethod
    def first(cls, error: BaseException) -> "Failure":
        return cls(describe(error), 1)


def describe(error: BaseException) -> str:
    """`ClassName at module:line`, the innermost place; a stable code too where the error carries one."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    where = ""
    if trace is not None:
        where = f" at {trace.tb_frame.f_globals.get('__name__', '?')}:{trace.tb_lineno}"
    code = getattr(error, "code", "")
    return f"{type(error).__name__}{f' ({code})' if isinstance(code, str) and code else ''}{where}"


def parked_document(event: Recorded, failure: Failure | None, now: datetime) -> Document:
    """The document for a failed event, or (without a failure) for one that waits behind it."""
    content: Document = {
        "_id": event.id,
        "source": event.service,
        "partition": event.partition,
        "position": event.position,
        "key": event.key,
        "type": event.type,
        "event": to_cloud_event(event),
        "since": now,
    }
    return content | retry_fields(failure, now)


def retry_fields(failure: Failure | None, now: datetime) -> Document:
    """State, count and next try of a parked document. One that waits behind another has no next try of its own."""
    if failure is None:
        return {"state": WAITING, "attempts": 0, "error": "", "next_try_at": None}
    exhausted = failure.attempts > len(PAUSES)
    return {
        "state": PARKED if exhausted else RETRYING,
        "attempts": failure.attempts,
        "error": failure.error,
        "next_try_at": None if exhausted else now + PAUSES[failure.attempts - 1],
    }


def parked_keys(store: Store, source: str, keys: Iterable[str], session: ClientSession) -> set[str]:
    criteria = {"source": source, "key": {"$in": list(keys)}}
    return {found["key"] for found in store.parked.find(criteria, {"key": 1}, session=session)}


def first_of_key(store: Store, source: str, key: str, session: ClientSession | None = None) -> Document | None:
    """The earliest parked event of a key: the only one of it that may be tried."""
    order = [("position", ASCENDING)]
    return store.parked.find_one({"source": source, "key": key}, sort=order, session=session)


def remove_first(store: Store, document: Document, now: datetime, session: ClientSession) -> None:
    """Take an applied event out of its key's queue: the next one's time has come."""
    store.parked.delete_one({"_id": document["_id"]}, session=session)
    following = first_of_key(store, document["source"], document["key"], session)
    if following is not None:
        store.parked.update_one({"_id": following["_id"]}, {"$set": {"next_try_at": now}}, session=session)


def event_of(document: Document) -> Recorded:
    return from_cloud_event(document["event"])


def due_keys(store: Store, now: datetime, limit: int = 50) -> list[tuple[str, str]]:
    """Keys (source, key) with a parked event whose next try has come."""
    found = store.parked.find({"next_try_at": {"$lte": now}}, {"source": 1, "key": 1}).limit(limit)
    return list(dict.fromkeys((document["source"], document["key"]) for document in found))


def release(store: Store, source: str, key: str, now: datetime) -> int:
    """Let a key be tried again from its first parked event; how many events wait under it."""
    criteria: dict[str, Any] = {"source": source, "key": key}
    first = first_of_key(store, source, key)
    if first is not None:
        again = {"state": RETRYING, "attempts": 0, "next_try_at": now}
        store.parked.update_one({"_id": first["_id"]}, {"$set": again})
    return store.parked.count_documents(criteria)
