"""The partition heads of one transaction: they hand out positions and carry the hash chain."""

from dataclasses import dataclass, field, replace
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
    turn: int
    position: int
    hash: bytes
    time: datetime | None

    @classmethod
    def read(cls, document: Document) -> "Head":
        position = document["position"]
        return cls(position, document["turn"], position, document["hash"], document["time"])

    def after(self) -> "Head":
        """The head as the next transaction finds it when this one has been committed."""
        return replace(self, start=self.position)

    def advance(self, now: datetime) -> tuple[int, datetime]:
        """The next position, and a recording time that never runs backwards inside a partition."""
        self.position += 1
        self.time = max(now, self.time) if self.time else now
        return self.position, self.time

    def chain(self, document: Document) -> Document:
        self.hash = link(self.hash, document)
        document["hash"] = self.hash
        return document


@dataclass(slots=True)
class Control:
    """The partition heads and the ledgers' collections, as a transaction found them or a process remembers them.

    What is remembered may be old. A head is only moved from exactly the remembered position and turn, and every switch
    of a ledger's collection raises the turn of all heads, so that an old memory loses its race and is thrown away.
    """

    heads: dict[int, Head] = field(default_factory=dict)
    pointers: dict[str, str] = field(default_factory=dict)

    def copy(self) -> "Control":
        return Control({partition: replace(head) for partition, head in self.heads.items()}, dict(self.pointers))


def write_heads(store: Store, session: ClientSession, heads: dict[int, Head]) -> None:
    """Move the heads that grew. Two writers of one partition meet here, and MongoDB lets only one pass."""
    updates = [
        UpdateOne(
            {"_id": head_id(partition), "position": head.start, "turn": head.turn},
            {"$set": {"position": head.position, "hash": head.hash, "time": head.time}},
        )
        for partition, head in sorted(heads.items())
        if head.position != head.start
    ]
    if updates and store.control.bulk_write(updates, session=session).matched_count != len(updates):
        raise StreamRaced("a partition head moved")
