"""Deliveries between the toy and its mirror, by feed and by Kafka."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.kernel import mirror as mirror_module
from tests.kernel.harness import LocalSource, Running, running
from tests.kernel.mirror import mirror_service
from tests.kernel.toy import toy_service
from tests.transport.feed_app import feed_of
from tests.transport.harness import Delivery

if TYPE_CHECKING:
    from tests.kafka.broker import KafkaBroker

Pair = tuple[Running, Running]
TOPIC = "nol.toy.events"


@pytest.fixture
def pair(mongo: str, database: str) -> Iterator[Pair]:
    mirror_module.cured = False
    with running(mongo, database, toy_service(), mirror_service()) as (toy, mirror):
        yield toy, mirror


@pytest.fixture(params=["feed", pytest.param("kafka", marks=pytest.mark.kafka)])
def delivery(request: pytest.FixtureRequest, pair: Pair, tmp_path: Path) -> Iterator[Delivery]:
    """The same promises whatever carries the events."""
    if request.param == "feed":
        yield Delivery(*pair, feed_of(pair[0], tmp_path))
    else:
        with on_kafka(request.getfixturevalue("kafka"), pair) as delivery:
            yield delivery


@pytest.fixture
def kafka_delivery(kafka: KafkaBroker, pair: Pair) -> Iterator[Delivery]:
    with on_kafka(kafka, pair) as delivery:
        yield delivery


@contextmanager
def on_kafka(broker: KafkaBroker, pair: Pair) -> Iterator[Delivery]:
    """Events go through the broker alone, but for gaps; the topic is gone afterwards."""
    from kafka.errors import UnknownTopicOrPartitionError

    toy, mirror = pair
    yield Delivery(toy, mirror, source_maker(broker, toy), relay_maker(broker, toy))
    broker.allow_writes(TOPIC)
    with suppress(UnknownTopicOrPartitionError):  # the test never needed it
        broker.delete_topic(TOPIC)


def source_maker(broker: KafkaBroker, toy: Running) -> Callable[[], object]:
    from shared.transport.kafka_source import KafkaSource

    return lambda: KafkaSource("mirror", LocalSource(toy.store), [broker.bootstrap])


def relay_maker(broker: KafkaBroker, toy: Running) -> Callable[[], object]:
    from shared.transport.kafka_relay import KafkaRelay

    # Without a lease every relay publishes at every round: the worst that several can do to each other.
    return lambda: KafkaRelay(toy.store, [broker.bootstrap], lease=timedelta(0))
