"""What relays of one service share in its database: watermarks, the lease, and the records that Kafka refused."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from pymongo import UpdateOne

from shared.kernel.recorded import Recorded
from shared.kernel.store import Document, Store, head_id

LEASE = "relay/lease"
LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)
NOTHING_SENT: Final[Document] = {"position": 0}
FREE: Final[Document] = {"holder": "", "until": LONG_AGO}


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
        start = dict.fromkeys(self._marks, NOTHING_SENT) | {LEASE: FREE}
        self._store.control.bulk_write(
            [UpdateOne({"_id": id_}, {"$setOnInsert": content}, upsert=True) for id_, content in start.items()]
        )

    def look(self) -> Standing:
        """Heads, watermarks and lease in one read: cheap enough for every idle round.

        Where no relay has run yet, nothing is published and nobody holds the lease.
        """
        ids = [*self._heads, *self._marks, LEASE]
        found = {document["_id"]: document for document in self._store.control.find({"_id": {"$in": ids}})}
        marks = {partition: found.get(id_, NOTHING_SENT)["position"] for id_, partition in self._marks.items()}
        heads = {partition: found[id_]["position"] for id_, partition in self._heads.items()}
        behind = {partition: mark for partition, mark in marks.items() if heads[partition] > mark}
        lag = sum(heads[partition] - mark for partition, mark in behind.items())
        lease = found.get(LEASE, FREE)
        return Standing(behind, lag, lease["holder"], lease["until"])

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
