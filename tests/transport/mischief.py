"""Somebody else who may write to the toy's topic, and does."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from kafka import KafkaProducer

from shared.kernel.recorded import Recorded, to_cloud_event, to_json
from tests.transport.conftest import TOPIC

ANSWER_WITHIN_S = 30


class Mischief:
    """Puts into the topic whatever it is told to, and knows that the broker has it."""

    def __init__(self, producer: KafkaProducer) -> None:
        self._producer = producer

    def publish(self, events: Iterable[Recorded]) -> None:
        """These events, in this order, each into its partition."""
        futures = [
            self._producer.send(TOPIC, to_json(to_cloud_event(event)), event.key.encode(), partition=event.partition)
            for event in events
        ]
        for future in futures:
            future.get(timeout=ANSWER_WITHIN_S)

    def put(self, partition: int, value: bytes | None) -> None:
        self._producer.send(TOPIC, value, b"key", partition=partition).get(timeout=ANSWER_WITHIN_S)


@contextmanager
def mischief(bootstrap: str) -> Iterator[Mischief]:
    producer = KafkaProducer(bootstrap_servers=bootstrap, enable_idempotence=True)
    try:
        yield Mischief(producer)
    finally:
        producer.close(timeout=ANSWER_WITHIN_S)
