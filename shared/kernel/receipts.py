"""Receipts: whether and when this service has applied another service's event."""

from dataclasses import dataclass
from datetime import datetime

from pymongo import ASCENDING

from shared.kernel.store import Store, checkpoint_id


@dataclass(frozen=True, slots=True)
class Receipt:
    """`state`: applied, pending (not reached yet), waiting, retrying or parked. `at`: when, UTC, if applied.

    `ledgers` and `reactions` say what in this service listens to the event's type.
    """

    consumer: str
    state: str
    at: datetime | None = None
    error: str = ""
    ledgers: tuple[str, ...] = ()
    reactions: tuple[str, ...] = ()


def receipt(store: Store, source: str, partition: int, position: int, type_: str) -> Receipt | None:
    """This service's receipt for one event, or None when it does not read that service at all."""
    if source not in store.service.contracts:
        return None
    ledgers, reactions = _listeners(store, source, type_)
    parked = store.parked.find_one({"_id": f"{source}/{partition}/{position}"})
    if parked is not None:
        return Receipt(store.service.name, parked["state"], None, parked["error"], ledgers, reactions)
    checkpoint = store.control.find_one({"_id": checkpoint_id(source, partition)})
    if checkpoint is None or checkpoint["position"] < position:
        return Receipt(store.service.name, "pending", None, "", ledgers, reactions)
    at = _applied_at(store, source, partition, position)
    return Receipt(store.service.name, "applied", at, "", ledgers, reactions)


def _applied_at(store: Store, source: str, partition: int, position: int) -> datetime | None:
    prefix, own = f"{source}/{partition:03d}/", f"{source}/{partition:03d}/{position:012d}"
    released = store.applied.find_one({"_id": f"{own}/released"})
    if released is None:
        batch = {"_id": {"$gte": own, "$lt": prefix + ":"}, "first": {"$lte": position}}
        released = store.applied.find_one(batch, sort=[("_id", ASCENDING)])
    return released["at"] if released else None


def _listeners(store: Store, source: str, type_: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    service = store.service
    cls = service.contracts[source].classes.get(type_)
    if cls is None:
        return (), ()
    ledgers = tuple(ledger.name for ledger in service.ledgers_fed_by(source) if cls in ledger.events)
    return ledgers, tuple(reaction.__name__ for reaction in service.reactions.get(cls, ()))
