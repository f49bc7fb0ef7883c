"""Verification: the hash chain, contiguity, and the ledgers against a replay of the log."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from pymongo import ASCENDING

from shared.kernel.folding import fold, history_of, parked_positions, touches, types_read_by, up_to
from shared.kernel.ledgers import Ledger
from shared.kernel.recorded import address, from_document, link, to_json
from shared.kernel.sources import Source
from shared.kernel.store import GENESIS, Store


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is not as it must be. `where` names the event or the ledger row."""

    kind: str
    where: str
    detail: str


def verify_log(store: Store) -> Iterator[Finding]:
    """Walk every partition: positions and stream versions without gaps, every hash as it must be, the head last."""
    for partition in range(store.partitions):
        yield from _verify_partition(store, partition)


def _verify_partition(store: Store, partition: int) -> Iterator[Finding]:
    head = store.heads()[partition]
    previous, expected, versions = GENESIS, 1, dict[str, int]()
    span = {"$gt": address(partition, 0), "$lt": address(partition + 1, 0)}
    for document in store.events.find({"_id": span}, batch_size=2000).sort("_id", ASCENDING):
        event = from_document(store.service.name, document)
        if event.position > head["position"] and expected > head["position"]:
            break  # recorded after the walk of this partition began
        if event.position != expected:
            yield Finding("missing", f"{store.service.name}/{partition}/{expected}", "the position is not in the log")
        if link(previous, document) != document["hash"]:
            yield Finding("changed", event.id, "the record does not match its hash")
        if event.version != versions.get(event.stream, 0) + 1:
            yield Finding("version", event.id, f"stream version {event.version} is not the next one")
        versions[event.stream] = event.version
        previous, expected = document["hash"], event.position + 1
    if expected - 1 < head["position"]:
        yield Finding("missing", f"{store.service.name}/{partition}/{expected}", "the log ends before its head")
    elif previous != head["hash"]:
        yield Finding("head", f"{store.service.name}/{partition}", "the head's hash is not the last record's")


def verify_ledger(store: Store, ledger: Ledger, sources: Mapping[str, Source]) -> Iterator[Finding]:
    """Compare the live rows with a replay. Rows that took later events meanwhile are compared again, then named."""
    suspects = _differing(store, ledger, sources, None)
    for _ in range(3):
        if not suspects:
            return
        suspects = _differing(store, ledger, sources, suspects)
    for key in sorted(suspects):
        yield Finding("ledger", f"{ledger.name}/{key}", "the live row differs from a replay of the log")


def _differing(store: Store, ledger: Ledger, sources: Mapping[str, Source], among: set[str] | None) -> set[str]:
    history, types = history_of(ledger, store, sources), types_read_by(store.service, ledger)
    live = {row["_id"]: row for row in store.ledger_collection(ledger.name).find({})}
    replayed = {}
    for partition in range(store.partitions):
        marker = store.control.find_one({"_id": history.marker(partition)}) or {"position": 0}
        until = up_to(history.read(partition, 0), marker["position"])
        skip = parked_positions(store, history.service, partition)
        replayed.update(fold(ledger, {}, touches(ledger, types, until, skip)))
    keys = (live.keys() | replayed.keys()) if among is None else among
    return {key for key in keys if to_json(live.get(key)) != to_json(replayed.get(key))}
