"""The tests' own broker behaves as the delivery tests need it: it keeps, refuses and forgets on demand."""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import uuid4

import pytest
from kafka import KafkaConsumer, KafkaProducer, TopicPartition
from kafka.errors import KafkaError, MessageSizeTooLargeError, TopicAuthorizationFailedError

from tests.kafka.broker import PARTITIONS, KafkaBroker

pytestmark = pytest.mark.kafka

ANSWER_WITHIN_S = 30


@pytest.fixture
def topic(kafka: KafkaBroker) -> str:
    return given_topic(kafka)


def given_topic(broker: KafkaBroker) -> str:
    name = f"nol.test.{uuid4().hex}"
    broker.create_topic(name)
    return name


@contextmanager
def producer(broker: KafkaBroker) -> Iterator[KafkaProducer]:
    client = KafkaProducer(bootstrap_servers=broker.bootstrap, enable_idempotence=True)
    try:
        yield client
    finally:
        client.close(timeout=ANSWER_WITHIN_S)


def publish(broker: KafkaBroker, topic: str, values: list[bytes]) -> None:
    with producer(broker) as client:
        for number, value in enumerate(values):
            client.send(topic, value, partition=number % PARTITIONS).get(timeout=ANSWER_WITHIN_S)


def everything_in(broker: KafkaBroker, topic: str) -> dict[int, list[bytes]]:
    partitions = [TopicPartition(topic, number) for number in range(PARTITIONS)]
    found: dict[int, list[bytes]] = {number: [] for number in range(PARTITIONS)}
    consumer = KafkaConsumer(
        bootstrap_servers=broker.bootstrap, enable_auto_commit=False, auto_offset_reset="earliest"
    )
    try:
        consumer.assign(partitions)
        ends = consumer.end_offsets(partitions)
        while any(consumer.position(each) < ends[each] for each in partitions):
            for each, records in consumer.poll(timeout_ms=1000).items():
                found[each.partition] += [record.value for record in records]
    finally:
        consumer.close()
    return found


def test_a_record_comes_back_from_the_partition_it_was_sent_to(kafka: KafkaBroker, topic: str) -> None:
    values = [f"事件 {number}".encode() for number in range(3 * PARTITIONS)]

    publish(kafka, topic, values)

    assert everything_in(kafka, topic) == {number: values[number::PARTITIONS] for number in range(PARTITIONS)}


def test_acknowledged_records_outlive_kill_9(own_kafka: KafkaBroker) -> None:
    topic = given_topic(own_kafka)
    publish(own_kafka, topic, [b"before"])

    own_kafka.restart()

    publish(own_kafka, topic, [b"after"])
    assert everything_in(own_kafka, topic)[0] == [b"before", b"after"]


def test_a_deleted_topic_comes_back_empty(kafka: KafkaBroker, topic: str) -> None:
    publish(kafka, topic, [b"lost"])

    kafka.delete_topic(topic)
    kafka.create_topic(topic)

    assert not any(everything_in(kafka, topic).values())


def test_a_record_over_the_limit_is_refused(kafka: KafkaBroker, topic: str) -> None:
    kafka.refuse_records_over(topic, 1_000)

    with pytest.raises(KafkaError) as refused:
        publish(kafka, topic, [b"x" * 2_000])

    assert isinstance(refused.value, MessageSizeTooLargeError)


def test_a_denied_topic_is_refused_until_it_is_allowed_again(kafka: KafkaBroker, topic: str) -> None:
    kafka.deny_writes(topic)
    with pytest.raises(TopicAuthorizationFailedError):
        publish(kafka, topic, [b"denied"])

    kafka.allow_writes(topic)
    publish(kafka, topic, [b"allowed"])

    assert everything_in(kafka, topic)[0] == [b"allowed"]
