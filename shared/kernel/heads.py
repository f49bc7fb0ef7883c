"""The partition heads of one transaction: they hand out positions and carry the hash chain."""

from dataclasses import dataclass
from datetime import datetime

from pymongo import UpdateOne
from pymongo.client_session import ClientSession

from shared.kernel.raced import StreamRaced
from shared.kernel.recorded import link
from shared.kernel.store import Document, Store, head_id


@dataclass(slots=True)
class Head:
    """A partition's head as this transaction moves it; `start` is the position at which it was read."""

    start: int
    position: int
    hash: bytes
    time: datetime | None

    @classmethod
    def read(cls, document: Document) -> "Head":
        return cls(document["position"], document["position"], document["hash"], document["time"])

    def advance(self, now: datetime) -> tuple[int, datetime]:
        """The next position, and a recording time that never runs backwards inside a partition."""
        self.position += 1
        self.time = max(now, self.time) if self.time else now
        return self.position, self.time

    def chain(self, document: Document) -> Document:
        self.hash = link(self.hash, document)
        document["hash"] = self.hash
        return document


def write_heads(store: Store, session: ClientSession, heads: dict[int, Head]) -> None:
    """Move the heads that grew. Two writers of one partition meet here, and MongoDB lets only one pass."""
    updates = [
        UpdateOne(
            {"_id": head_id(partition), "position": head.start},
            {"$set": {"position": head.position, "hash": head.hash, "time": head.time}},
        )
        for partition, head in sorted(heads.items())
        if head.position != head.start
    ]
    if updates and store.control.bulk_write(updates, session=session).matched_count != len(updates):
        raise StreamRaced("a partition head moved")
