"""The relay: publishes a service's log to Kafka behind a stored watermark.

The watermark moves only over what the brokers acknowledged, in order. After any failure the producer is thrown away
and a new one goes on from the watermark: records may be published twice (readers drop repeats), none is left out.
"""

import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, Final
from uuid import uuid4

import structlog
from kafka import KafkaProducer
from kafka.errors import (
    InvalidRecordError,
    InvalidTimestampError,
    KafkaError,
    MessageSizeTooLargeError,
    RecordListTooLargeError,
)
from prometheus_client import Counter, Gauge

from shared.config import KafkaSecurity
from shared.kernel.recorded import Recorded, to_cloud_event, to_json
from shared.kernel.store import Store
from shared.transport.kafka_topic import CONNECT_WITHIN_MS, IN_THE_CLEAR, client_settings, ensure_topic, topic_of
from shared.transport.relay_marks import RelayMarks, Standing

log = structlog.get_logger()

LOOK_EVERY_S: Final = 0.025
STANDBY_LOOK_EVERY_S: Final = 0.5
LEASE: Final = timedelta(seconds=3)
LARGEST_BATCH: Final = 250
"""Records of one partition in one round."""
DELIVER_WITHIN_MS: Final = 10_000
ACKNOWLEDGED_WITHIN_S: Final = DELIVER_WITHIN_MS / 1000 + 5
CLOSE_WITHIN_S: Final = 5
HEADERS: Final = [("content-type", b"application/cloudevents+json; charset=UTF-8")]

REFUSALS: Final = (MessageSizeTooLargeError, RecordListTooLargeError, InvalidRecordError, InvalidTimestampError)
"""What is wrong with one record and will be wrong again. Everything else (a denied topic, a broker away) is waited
out: it says nothing about the record."""

LAG = Gauge("nol_relay_lag", "Events that the log holds and Kafka has not acknowledged.", ["service"])
SENT = Counter("nol_relay_sent", "Records that Kafka acknowledged.", ["service"])
REFUSED = Counter("nol_relay_refused", "Records that Kafka refused for themselves.", ["service"])


@dataclass(slots=True)
class Sent:
    """What became of some records, by partition: the last position acknowledged without a gap, the first failure.

    `count` is how many were acknowledged so.
    """

    acknowledged: dict[int, int] = field(default_factory=dict)
    failures: dict[int, Exception] = field(default_factory=dict)
    count: int = 0


class KafkaRelay:
    """One service's relay. Any number may run; a lease lets one publish and the others stand by.

    The lease only saves repeats: two relays that both publish do no harm. Clients are made at the first step, so that
    they are made after a fork.
    """

    def __init__(
        self,
        store: Store,
        bootstrap: Sequence[str],
        *,
        security: KafkaSecurity = IN_THE_CLEAR,
        lease: timedelta = LEASE,
    ) -> None:
        self._store = store
        self._clients = client_settings(bootstrap, security)
        self._lease = lease
        self._topic = topic_of(store.service.name)
        self._name = uuid4().hex
        self._marks = RelayMarks(store)
        self._installed = False
        self._producer: KafkaProducer | None = None
        self._batch = dict.fromkeys(range(store.partitions), LARGEST_BATCH)

    def step(self, stop: threading.Event) -> None:
        """One round: publish what is new, or wait a moment for news.

        Raises KafkaError or pymongo's errors; the next round goes on from the watermark.
        """
        try:
            standing = self._look()
            if not self._may_publish(standing):
                stop.wait(STANDBY_LOOK_EVERY_S)
            elif standing.behind:
                self._publish(standing.behind)
            else:
                stop.wait(LOOK_EVERY_S)
        except BaseException:
            self._discard_producer()
            raise
        if stop.is_set():
            self.close()

    def close(self) -> None:
        """Let another relay go on at once."""
        self._discard_producer()
        self._marks.drop_lease(self._name)

    def _look(self) -> Standing:
        """The present standing. The topic is there from the first look that a broker answers, before the first event:
        else everybody who reads it would log that it is missing."""
        if not self._installed:
            self._marks.install()
        standing = self._marks.look()
        LAG.labels(self._store.service.name).set(standing.lag)
        if not self._installed:
            self._ensure_topic()
            self._installed = True
        return standing

    def _may_publish(self, standing: Standing) -> bool:
        now = datetime.now(UTC)
        mine = standing.holder == self._name
        if mine and standing.held_until - now > self._lease / 2:
            return True
        return (mine or standing.held_until <= now) and self._marks.take_lease(self._name, self._lease)

    # -- one round

    def _publish(self, behind: Mapping[int, int]) -> None:
        """A partition under suspicion sends one record alone, so that a refusal is surely that record's; the rest go
        together, since a refusal anywhere fails whatever else the producer holds."""
        together: list[Recorded] = []
        for partition, mark in behind.items():
            events = list(self._store.read_partition(partition, mark, self._batch[partition]))
            if self._batch[partition] == 1:
                self._publish_alone(events[0])
            else:
                together += events
        if together:
            self._settle(self._send(together))

    def _publish_alone(self, event: Recorded) -> None:
        sent = self._send([event])
        failure = sent.failures.get(event.partition)
        if isinstance(failure, REFUSALS):
            self._marks.refuse(event, type(failure).__name__)
            REFUSED.labels(event.service).inc()
            log.error("Kafka refused a record", event_id=event.id, type=event.type, reason=type(failure).__name__)
        else:
            self._settle(sent)

    def _settle(self, sent: Sent) -> None:
        """Move the watermarks; widen what went well, suspect what was refused, raise what must be waited out."""
        self._marks.move(sent.acknowledged)
        for partition in sent.acknowledged:
            self._batch[partition] = min(2 * self._batch[partition], LARGEST_BATCH)
        refused = {partition for partition, failure in sent.failures.items() if isinstance(failure, REFUSALS)}
        self._batch |= dict.fromkeys(refused, 1)
        for partition in sent.failures.keys() - refused:
            raise sent.failures[partition]

    # -- the producer

    def _send(self, events: Sequence[Recorded]) -> Sent:
        """Send, and wait for every answer. After any failure the producer is gone."""
        producer = self._producer = self._producer or self._new_producer()
        futures = [
            producer.send(
                self._topic,
                value=to_json(to_cloud_event(event)),
                key=event.key.encode(),
                headers=HEADERS,
                partition=event.partition,
            )
            for event in events
        ]
        sent, until = Sent(), time.monotonic() + ACKNOWLEDGED_WITHIN_S
        for event, future in zip(events, futures, strict=True):
            if event.partition not in sent.failures:
                _await(event, future, until, sent)
        SENT.labels(self._store.service.name).inc(sent.count)
        if sent.failures:
            self._discard_producer()
        return sent

    def _new_producer(self) -> KafkaProducer:
        """A producer of the topic, which is made if it is missing. Raises KafkaError, TopicTooNarrow."""
        self._ensure_topic()
        producer = KafkaProducer(
            **self._clients(),
            client_id=f"nol-{self._store.service.name}-relay",
            enable_idempotence=True,
            metrics_enabled=False,
            acks="all",
            linger_ms=0,
            delivery_timeout_ms=DELIVER_WITHIN_MS,
            request_timeout_ms=DELIVER_WITHIN_MS // 2,
            max_block_ms=CONNECT_WITHIN_MS,
            max_request_size=32 * 1024 * 1024,  # above MongoDB's largest document: the brokers' limit is the limit
            allow_auto_create_topics=False,
        )
        found = len(producer.partitions_for(self._topic))
        if found < self._store.partitions:
            _discard(producer)
            raise TopicTooNarrow(self._topic, found, self._store.partitions)
        return producer

    def _ensure_topic(self) -> None:
        ensure_topic(self._clients(), self._topic, self._store.partitions)

    def _discard_producer(self) -> None:
        producer, self._producer = self._producer, None
        if producer is not None:
            _discard(producer)


def _await(event: Recorded, future: Any, until: float, sent: Sent) -> None:
    try:
        future.get(timeout=max(0.0, until - time.monotonic()))
    except KafkaError as error:
        sent.failures[event.partition] = error
    else:
        sent.acknowledged[event.partition] = event.position
        sent.count += 1


def _discard(producer: KafkaProducer) -> None:
    """Close without sending what is pending. `close` alone gives up when it cannot flush, and leaves a live thread."""
    producer._sender.force_close()
    producer.close(timeout=CLOSE_WITHIN_S)


class TopicTooNarrow(RuntimeError):
    """The topic was made with fewer partitions than the log has."""

    def __init__(self, topic: str, found: int, wanted: int) -> None:
        super().__init__(f"topic {topic} has {found} partitions, the log {wanted}: give it as many")
