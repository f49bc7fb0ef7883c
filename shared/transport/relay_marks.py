"""What relays of one service share in its database: watermarks, the lease, and the records that Kafka refused."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from pymongo import UpdateOne

from shared.kernel.recorded import Recorded
from shared.kernel.store import Store, head_id

LEASE = "relay/lease"
LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


def mark_id(partition: int) -> str:
    return f"relay/{partition}"


@dataclass(frozen=True, slots=True)
class Standing:
    """One look at the log and the relays: `behind` maps a partition that has news to its watermark."""

    behind: Mapping[int, int]
    lag: int
    holder: str
    held_until: datetime


class RelayMarks:
    """A service's watermarks: each says that Kafka has acknowledged (or refused) everything up to it."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.refused = store.database["relay_refused"]
        self._marks = {mark_id(partition): partition for partition in range(store.partitions)}
        self._heads = {head_id(partition): partition for partition in range(store.partitions)}

    def install(self) -> None:
        """Create what is missing. Safe at every start, by any number of relays."""
        start = [UpdateOne({"_id": id_}, {"$setOnInsert": {"position": 0}}, upsert=True) for id_ in self._marks]
        lease = {"$setOnInsert": {"holder": "", "until": LONG_AGO}}
        self._store.control.bulk_write([*start, UpdateOne({"_id": LEASE}, lease, upsert=True)])

    def look(self) -> Standing:
        """Heads, watermarks and lease in one read: cheap enough for every idle round."""
        ids = [*self._heads, *self._marks, LEASE]
        found = {document["_id"]: document for document in self._store.control.find({"_id": {"$in": ids}})}
        marks = {partition: found[id_]["position"] for id_, partition in self._marks.items()}
        heads = {partition: found[id_]["position"] for id_, partition in self._heads.items()}
        behind = {partition: mark for partition, mark in marks.items() if heads[partition] > mark}
        lag = sum(heads[partition] - mark for partition, mark in behind.items())
        return Standing(behind, lag, found[LEASE]["holder"], found[LEASE]["until"])

    def move(self, positions: Mapping[int, int]) -> None:
        """Move watermarks forward; one that another relay has moved further stays there."""
        moves = [UpdateOne({"_id": mark_id(part)}, {"$max": {"position": at}}) for part, at in positions.items()]
        if moves:
            self._store.control.bulk_write(moves, ordered=False)

    def refuse(self, event: Recorded, reason: str) -> None:
        """Note for the operators that Kafka did not take a record, then let the watermark pass it.

        Readers miss its position and fetch it from the feed.
        """
        note = {
            "partition": event.partition,
            "position": event.position,
            "type": event.type,
            "reason": reason,
            "at": datetime.now(UTC),
        }
        self.refused.update_one({"_id": event.id}, {"$setOnInsert": note}, upsert=True)
        self.move({event.partition: event.position})

    def take_lease(self, holder: str, lease: timedelta) -> bool:
        """Hold the lease from now on, if it is the holder's own or has run out."""
        now = datetime.now(UTC)
        free = {"_id": LEASE, "$or": [{"holder": holder}, {"until": {"$lte": now}}]}
        taken = {"$set": {"holder": holder, "until": now + lease}}
        return self._store.control.update_one(free, taken).matched_count == 1

    def drop_lease(self, holder: str) -> None:
        self._store.control.update_one({"_id": LEASE, "holder": holder}, {"$set": {"until": LONG_AGO}})
