"""An event as the log holds it, and its two outer shapes: the MongoDB document and the CloudEvent."""

import zlib
from dataclasses import dataclass
from datetime import UTC, date, datetime
from hashlib import sha256
from typing import Any

import msgspec

from shared.calendar.zone import local_date
from shared.kernel.caller import Place, is_system
from shared.kernel.events import Data

_POSITION_BITS = 40


def partition_of(key: str, partitions: int) -> int:
    """The partition of a key: stable for ever, since it decides where a child's events lie."""
    return zlib.crc32(key.encode()) % partitions


def address(partition: int, position: int) -> int:
    """The `_id` of an event's document: partition and position in one sortable integer."""
    return (partition << _POSITION_BITS) | position


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """One stored event. `time` is UTC to the millisecond; `hash` chains it to its predecessor in the partition."""

    service: str
    partition: int
    position: int
    stream: str
    version: int
    type: str
    key: str
    time: datetime
    actor: str
    place: Place
    correlation: str
    causation: str
    occurred_on: date
    data: Data
    hash: bytes = b""

    @property
    def id(self) -> str:
        return f"{self.service}/{self.partition}/{self.position}"

    @property
    def subject(self) -> str:
        return self.stream.partition("-")[2]

    @property
    def mark(self) -> str:
        """Tells this event from any other that was given the same position after the log was cut back.

        Readers keep it: another form of it would look like another event.
        """
        time = self.time.isoformat(timespec="milliseconds")
        return f"{self.stream}@{self.version} {time} {self.correlation} {self.causation}"

    @property
    def known_on(self) -> date:
        """From which day on it was known: what is owed because of it counts from there.

        What a clock decided was known on the day on which it fell due, however late a worker came to it. What
        somebody entered was known from the entry on: a day that they name in the past makes nobody late.
        """
        if is_system(self.actor):
            return self.occurred_on
        return max(self.occurred_on, local_date(self.time))

    def document(self) -> dict[str, Any]:
        return {
            "_id": address(self.partition, self.position),
            "stream": self.stream,
            "version": self.version,
            "type": self.type,
            "key": self.key,
            "time": self.time,
            "actor": self.actor,
            "division": self.place.division,
            "school": self.place.school,
            "correlation": self.correlation,
            "causation": self.causation,
            "occurred_on": self.occurred_on.isoformat(),
            "data": self.data,
            "hash": self.hash,
        }


def from_document(service: str, document: dict[str, Any]) -> Recorded:
    return Recorded(
        service=service,
        partition=document["_id"] >> _POSITION_BITS,
        position=document["_id"] & ((1 << _POSITION_BITS) - 1),
        stream=document["stream"],
        version=document["version"],
        type=document["type"],
        key=document["key"],
        time=document["time"],
        actor=document["actor"],
        place=Place(document["division"], document["school"]),
        correlation=document["correlation"],
        causation=document["causation"],
        occurred_on=date.fromisoformat(document["occurred_on"]),
        data=document["data"],
        hash=document["hash"],
    )


def to_json(value: Any, *, canonical: bool = False) -> bytes:
    """JSON of what MongoDB gave back (whose driver has an integer class of its own); canonical: keys sorted."""
    return msgspec.json.encode(value, enc_hook=_plain, order="sorted" if canonical else None)


def _plain(value: Any) -> Any:
    if isinstance(value, int):
        return int(value)
    raise NotImplementedError(f"{type(value).__name__} does not belong into an event")


def link(previous: bytes, document: dict[str, Any]) -> bytes:
    """The next hash of a partition's chain: SHA-256(previous hash + canonical bytes of the document).

    The canonical bytes are the whole document but its own hash as JSON with sorted keys, the time in milliseconds.
    """
    content = {name: value for name, value in document.items() if name != "hash"}
    content["time"] = int(content["time"].timestamp() * 1000)
    return sha256(previous + to_json(content, canonical=True)).digest()


def to_cloud_event(event: Recorded) -> dict[str, Any]:
    """CloudEvents 1.0, structured JSON."""
    return {
        "specversion": "1.0",
        "id": event.id,
        "source": f"/nol/{event.service}",
        "type": event.type,
        "subject": event.subject,
        "time": event.time.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        "datacontenttype": "application/json",
        "stream": event.stream,
        "streamversion": event.version,
        "partitionkey": event.key,
        "actor": event.actor,
        "division": event.place.division,
        "school": event.place.school,
        "correlationid": event.correlation,
        "causationid": event.causation,
        "occurredon": event.occurred_on.isoformat(),
        "data": event.data,
    }


class MalformedCloudEvent(ValueError):
    """The bytes are no CloudEvent of this suite."""


def from_cloud_event(envelope: Any) -> Recorded:
    """Read what `to_cloud_event` wrote. Raises MalformedCloudEvent, never anything else."""
    try:
        service, partition, position = envelope["id"].rsplit("/", 2)
        _check_texts(envelope)
        return Recorded(
            service=service,
            partition=int(partition),
            position=int(position),
            stream=envelope["stream"],
            version=envelope["streamversion"],
            type=envelope["type"],
            key=envelope["partitionkey"],
            time=datetime.fromisoformat(envelope["time"]).astimezone(UTC),
            actor=envelope["actor"],
            place=Place(envelope["division"], envelope.get("school", "")),
            correlation=envelope["correlationid"],
            causation=envelope["causationid"],
            occurred_on=date.fromisoformat(envelope["occurredon"]),
            data=dict(envelope["data"]),
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise MalformedCloudEvent(f"not a CloudEvent of this suite: {error}") from error


_TEXTS = ("stream", "type", "partitionkey", "actor", "division", "correlationid", "causationid")


def _check_texts(envelope: dict[str, Any]) -> None:
    """A key that is no text would fail a reader's whole batch, not its own event."""
    wrong = [name for name in _TEXTS if not isinstance(envelope[name], str)]
    if wrong or not isinstance(envelope.get("school", ""), str) or not isinstance(envelope["streamversion"], int):
        raise TypeError(f"not text: {wrong}")


def parse_cloud_event(raw: bytes) -> Recorded:
    try:
        envelope = msgspec.json.decode(raw)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise MalformedCloudEvent(str(error)) from error
    return from_cloud_event(envelope)
