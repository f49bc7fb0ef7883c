"""Kafka as a source: another service's log as its relay published it, read in a consumer group.

The truth about what was applied is the checkpoint in the reading service's database; the group's committed offsets
only say where to go on reading cheaply. They may be too low (repeats, which the consumer drops), too high or gone (a
gap, which the reader fills from the owner's feed, or finds when it compares heads). So nothing here has to be exact,
and a partition without a usable offset starts at its earliest record.
"""

import time
from collections.abc import Sequence
from typing import Any, Final

import structlog
from kafka import KafkaConsumer, TopicPartition
from kafka.errors import KafkaError
from kafka.structs import OffsetAndMetadata
from prometheus_client import Counter

from shared.config import KafkaSecurity
from shared.kernel.consumer import MAX_BATCH
from shared.kernel.recorded import MalformedCloudEvent, Recorded, parse_cloud_event
from shared.kernel.sources import Source, SourceUnavailable
from shared.transport.kafka_topic import IN_THE_CLEAR, client_settings, group_of, topic_of

log = structlog.get_logger()

SESSION_S: Final = 10.0
LONGEST_BETWEEN_POLLS_S: Final = 60.0
COMMIT_EVERY_S: Final = 1.0
CLOSE_WITHIN_MS: Final = 2_000
LONGEST_POLL_S: Final = 1.0
"""However long the reader would wait: a worker that is told to stop leaves the group within this time."""

MALFORMED = Counter("nol_kafka_malformed", "Records on a topic that are no event of its log.", ["service", "source"])


class KafkaSource:
    """One service's events for one reading service. Its workers share the topic's partitions among themselves.

    `feed` is the same log read from its owner. The client is made at the first poll, so that it is made after a fork
    and a reader can compare heads while no broker answers.
    """

    def __init__(
        self,
        reader: str,
        feed: Source,
        bootstrap: Sequence[str],
        *,
        security: KafkaSecurity = IN_THE_CLEAR,
        session_s: float = SESSION_S,
        longest_between_polls_s: float = LONGEST_BETWEEN_POLLS_S,
    ) -> None:
        self.service = feed.service
        self._reader = reader
        self._feed = feed
        self._clients = client_settings(bootstrap, security)
        self._session_s = session_s
        self._longest_between_polls_s = longest_between_polls_s
        self._consumer: KafkaConsumer | None = None
        self._in_hand: dict[TopicPartition, tuple[int, int]] = {}
        self._done: dict[TopicPartition, int] = {}
        self._committed_at = 0.0

    def start(self, positions: Sequence[int]) -> None:  # noqa: ARG002  the group's offsets say where to go on
        """Read again what was in hand: this is called anew when applying it failed."""
        if self._consumer is not None:
            assigned = self._consumer.assignment()
            for partition, (first, _) in self._in_hand.items():
                if partition in assigned:
                    self._consumer.seek(partition, first)
        self._in_hand = {}

    def poll(self, timeout: float) -> Sequence[Recorded]:
        """Up to 200 events; what the poll before returned counts as applied. Raises SourceUnavailable."""
        try:
            consumer = self._consumer = self._consumer or self._new_consumer()
            self._note_done(consumer)
            found = consumer.poll(timeout_ms=int(min(timeout, LONGEST_POLL_S) * 1000), max_records=MAX_BATCH)
        except KafkaError as error:
            self._drop_consumer()
            raise SourceUnavailable(f"{topic_of(self.service)}: {type(error).__name__}") from error
        except BaseException:
            self._drop_consumer()
            raise
        self._in_hand = {part: (records[0].offset, records[-1].offset + 1) for part, records in found.items()}
        events = (self._event_of(record) for records in found.values() for record in records)
        return [event for event in events if event is not None]

    def fetch(self, partition: int, after: int, limit: int) -> Sequence[Recorded]:
        return self._feed.fetch(partition, after, limit)

    def heads(self) -> Sequence[int]:
        return self._feed.heads()

    def close(self) -> None:
        """Leave the group at once, so that the other workers take over now and not after the session's end."""
        self._drop_consumer()
        self._feed.close()

    def _event_of(self, record: Any) -> Recorded | None:
        """The record's event; None for what is no event of this log and partition, which is counted and logged."""
        try:
            event = parse_cloud_event(record.value or b"")
            if (event.service, event.partition) != (self.service, record.partition):
                raise MalformedCloudEvent("an event of another log or partition")
        except MalformedCloudEvent:
            MALFORMED.labels(self._reader, self.service).inc()
            log.error("malformed record", topic=record.topic, partition=record.partition, offset=record.offset)
            return None
        return event

    # -- the group

    def _new_consumer(self) -> KafkaConsumer:
        return KafkaConsumer(
            topic_of(self.service),
            **self._clients(),
            client_id=f"nol-{self._reader}-worker",
            group_id=group_of(self._reader, self.service),
            enable_auto_commit=False,
            metrics_enabled=False,
            auto_offset_reset="earliest",
            allow_auto_create_topics=False,
            session_timeout_ms=int(self._session_s * 1000),
            heartbeat_interval_ms=int(self._session_s * 1000 / 4),
            max_poll_interval_ms=int(self._longest_between_polls_s * 1000),
        )

    def _note_done(self, consumer: KafkaConsumer) -> None:
        """Commit from time to time, without waiting: a lost commit costs repeats."""
        self._done |= {partition: following for partition, (_, following) in self._in_hand.items()}
        self._in_hand = {}
        if self._done and time.monotonic() - self._committed_at > COMMIT_EVERY_S:
            consumer.commit_async(self._offsets(consumer), callback=_note_commit)
            self._done = {}
            self._committed_at = time.monotonic()

    def _offsets(self, consumer: KafkaConsumer) -> dict[TopicPartition, OffsetAndMetadata]:
        assigned = consumer.assignment()
        return {part: OffsetAndMetadata(at, "", -1) for part, at in self._done.items() if part in assigned}

    def _drop_consumer(self) -> None:
        consumer, self._consumer = self._consumer, None
        if consumer is None:
            return
        try:
            if offsets := self._offsets(consumer):
                consumer.commit(offsets, timeout_ms=CLOSE_WITHIN_MS)
        except KafkaError as error:
            _note_commit({}, error)
        finally:
            self._done, self._in_hand = {}, {}
            consumer.close(autocommit=False, timeout_ms=CLOSE_WITHIN_MS)


def _note_commit(_: object, answer: object) -> None:
    if isinstance(answer, Exception):
        log.info("offsets not committed, some records will come again", error=type(answer).__name__)
