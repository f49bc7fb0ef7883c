"""What may happen to Kafka, and does no harm: lost topics, repeats, rubbish, refusals, several of everything."""

import threading
from collections.abc import Iterator, Mapping, Sequence
from random import Random

import pytest
from kafka.errors import KafkaError, TopicAlreadyExistsError

from shared.kernel.recorded import Recorded, to_cloud_event, to_json
from shared.transport.kafka_relay import KafkaRelay, Sent
from shared.transport.kafka_source import MALFORMED, KafkaSource
from shared.transport.relay_marks import RelayMarks
from tests.kafka.broker import PARTITIONS, KafkaBroker
from tests.kernel.harness import LocalSource
from tests.kernel.toy import Move, Open
from tests.transport.conftest import TOPIC, Pair, on_kafka
from tests.transport.harness import Delivery, until
from tests.transport.mischief import mischief

pytestmark = pytest.mark.kafka


@pytest.fixture
def on_own_kafka(own_kafka: KafkaBroker, pair: Pair) -> Iterator[Delivery]:
    with on_kafka(own_kafka, pair) as delivery:
        yield delivery


def relayed(delivery: Delivery) -> bool:
    return RelayMarks(delivery.toy.store).look().lag == 0


def watermarks(delivery: Delivery) -> Mapping[str, int]:
    found = delivery.toy.store.control.find({"_id": {"$regex": r"^relay/\d+$"}})
    return {document["_id"]: document["position"] for document in found}


def refused(delivery: Delivery) -> dict[str, str]:
    return {note["_id"]: note["reason"] for note in RelayMarks(delivery.toy.store).refused.find({})}


@pytest.mark.prop("P5")
def test_a_topic_deleted_in_mid_run_costs_nothing(kafka: KafkaBroker, kafka_delivery: Delivery) -> None:
    delivery = kafka_delivery
    with delivery.working():
        delivery.write("before")
        until(lambda: sum(watermarks(delivery).values()) > 0, "something was published")
        kafka.delete_topic(TOPIC)
        delivery.write("without-a-topic")
        until(lambda: relayed(delivery), "the relay made the topic again and went on")
        kafka.delete_topic(TOPIC)
        delivery.write("after")
        delivery.until_settled()
        until(lambda: relayed(delivery), "the relay went on")
    delivery.assert_applied_once_in_order()


@pytest.mark.prop("P5")
def test_readers_go_on_by_kafka_after_the_topic_was_made_again(kafka: KafkaBroker, kafka_delivery: Delivery) -> None:
    """Without comparing heads, only what comes by Kafka shows a reader that it has missed something."""
    delivery = kafka_delivery
    with delivery.working(reconcile=False):
        delivery.write("before")
        delivery.until_settled()
        kafka.delete_topic(TOPIC)
        delivery.write("after", accounts=4 * PARTITIONS)
        until(lambda: relayed(delivery), "the relay made the topic again and went on")
        delivery.write("news", accounts=4 * PARTITIONS, each=1)
        delivery.until_settled()
    delivery.assert_applied_once_in_order()


@pytest.mark.prop("P6")
@pytest.mark.parametrize("seed", range(2))
def test_duplicated_and_shuffled_records_are_applied_once_in_order(
    kafka: KafkaBroker, kafka_delivery: Delivery, seed: int
) -> None:
    delivery, chance = kafka_delivery, Random(seed)
    delivery.write("account", each=8)
    records = delivery.log()
    records += chance.sample(records, len(records) // 5)
    chance.shuffle(records)
    kafka.create_topic(TOPIC)
    delivery.new_relay = None

    with mischief(kafka.bootstrap) as producer, delivery.working():
        for start in range(0, len(records), 40):
            producer.publish(records[start : start + 40])
        delivery.until_settled()

    delivery.assert_applied_once_in_order()


@pytest.mark.prop("P7")
def test_malformed_records_are_counted_and_passed(kafka: KafkaBroker, kafka_delivery: Delivery) -> None:
    delivery = kafka_delivery
    kafka.create_topic(TOPIC)
    counted = MALFORMED.labels("mirror", "toy")
    before = counted._value.get()
    delivery.write("before")
    rubbish = rubbish_like(delivery.log()[0])

    with mischief(kafka.bootstrap) as producer, delivery.working():
        for partition in range(PARTITIONS):
            for value in rubbish:
                producer.put(partition, value)
        delivery.write("after", accounts=3 * PARTITIONS)
        delivery.until_settled()
        until(lambda: counted._value.get() >= before + PARTITIONS * len(rubbish), "all rubbish was counted")

    delivery.assert_applied_once_in_order()


def rubbish_like(event: Recorded) -> list[bytes | None]:
    envelope = to_cloud_event(event)
    wrong = [{"id": "other/0/1"}, {"id": "toy/77/1"}, {"partitionkey": {}}, {"time": "now"}, {"data": 5}]
    return [None, b"\xff\x00\xfe", b"", b"[]", b"{}", *(to_json(envelope | change) for change in wrong)]


@pytest.mark.prop("P8")
def test_a_record_that_is_too_large_reaches_readers_by_the_feed(kafka: KafkaBroker, kafka_delivery: Delivery) -> None:
    delivery = kafka_delivery
    kafka.create_topic(TOPIC, {"max.message.bytes": "10000"})
    delivery.write("before")
    delivery.execute(
        [Open(account_id="large-1", number="1" * 20_000), Open(account_id="large-2", number="2" * 20_000)]
    )
    delivery.execute([Move(account_id=f"large-{number}", amount=5) for number in (1, 2)])
    delivery.write("after")
    large = {event.id: "MessageSizeTooLargeError" for event in delivery.log() if event.data.get("number")}

    with delivery.working():
        delivery.until_settled()
        until(lambda: relayed(delivery), "the relay passed the refused records")

    assert len(large) == 2
    assert refused(delivery) == large
    delivery.assert_applied_once_in_order()


@pytest.mark.prop("P8")
def test_a_denied_topic_is_waited_for_and_nothing_is_left_out(kafka: KafkaBroker, kafka_delivery: Delivery) -> None:
    delivery = kafka_delivery
    assert delivery.new_relay is not None
    kafka.create_topic(TOPIC)
    kafka.deny_writes(TOPIC)
    delivery.write("denied")
    relay = delivery.new_relay()
    for _ in range(3):
        with pytest.raises(KafkaError):
            relay.step(threading.Event())
    relay.close()
    assert set(watermarks(delivery).values()) == {0}
    kafka.allow_writes(TOPIC)

    with delivery.working(reconcile=False):
        delivery.until_settled()

    assert refused(delivery) == {}
    delivery.assert_applied_once_in_order()


@pytest.mark.prop("P9")
def test_two_relays_and_two_readers_of_a_group_do_no_harm(kafka_delivery: Delivery) -> None:
    delivery = kafka_delivery
    with delivery.working(relays=2, readers=2):
        delivery.write("first")
        delivery.until_settled()
        with delivery.working(relays=0, readers=1):  # a third reader comes and goes: the group shares out anew, twice
            delivery.write("second")
            delivery.until_settled()
        delivery.write("third")
        delivery.until_settled()
    delivery.assert_applied_once_in_order()


class Sleeper(KafkaRelay):
    """A relay that is paused between reading the log and publishing what it read."""

    def __init__(self, delivery: Delivery, bootstrap: str) -> None:
        super().__init__(delivery.toy.store, [bootstrap])
        self.asleep, self.wake = threading.Event(), threading.Event()

    def _send(self, events: Sequence[Recorded]) -> Sent:
        self.asleep.set()
        assert self.wake.wait(60)
        return super()._send(events)


@pytest.mark.prop("P9")
def test_a_relay_that_wakes_up_late_publishes_only_repeats(kafka: KafkaBroker, kafka_delivery: Delivery) -> None:
    delivery = kafka_delivery
    delivery.write("early")
    sleeper = Sleeper(delivery, kafka.bootstrap)
    late = threading.Thread(target=sleeper.step, args=(threading.Event(),))
    late.start()
    assert sleeper.asleep.wait(60)

    with delivery.working(reconcile=False):
        delivery.write("late")
        delivery.until_settled()
        until(lambda: relayed(delivery), "the other relay took over")
        moved = watermarks(delivery)
        sleeper.wake.set()
        late.join()
        sleeper.close()
        assert watermarks(delivery) == moved
        delivery.write("last")
        delivery.until_settled()

    delivery.assert_applied_once_in_order()


@pytest.mark.prop("P9")
def test_a_zombie_reader_that_comes_back_applies_nothing_twice(kafka: KafkaBroker, kafka_delivery: Delivery) -> None:
    delivery = kafka_delivery
    local = LocalSource(delivery.toy.store)
    zombie = KafkaSource("mirror", local, [kafka.bootstrap], session_s=2, longest_between_polls_s=2)
    with delivery.working(readers=0):
        delivery.write("early")
        zombie.start([])
        held: list[Recorded] = []
        until(lambda: held.extend(zombie.poll(0.5)) or held, "the zombie holds a batch in its hands")

    with delivery.working(reconcile=False):  # settles only when the group has given up the zombie
        delivery.write("late", accounts=4 * PARTITIONS)
        delivery.until_settled()
        taken = delivery.consumer().take(held)
        assert (taken.applied, taken.repeated) == (0, len(held))
        reader, stop = delivery.reader(zombie, reconcile=True), threading.Event()
        delivery.write("last")
        until(lambda: (reader.step(stop), delivery.settled())[1], "the zombie reads on in its group")
        zombie.close()

    delivery.assert_applied_once_in_order()


def test_one_relay_publishes_while_the_others_stand_by_and_follow_it(
    kafka: KafkaBroker, kafka_delivery: Delivery
) -> None:
    delivery, stop = kafka_delivery, threading.Event()
    first, second = (KafkaRelay(delivery.toy.store, [kafka.bootstrap]) for _ in range(2))
    first.step(stop)
    delivery.write("account")
    second.step(stop)
    assert not relayed(delivery), "the second published although the first held the lease"

    first.close()
    second.step(stop)

    until(lambda: (second.step(stop), relayed(delivery))[1], "the second took over")
    second.close()
    with delivery.working(relays=0, reconcile=False):
        delivery.until_settled()
    delivery.assert_applied_once_in_order()


def test_what_could_not_be_applied_comes_again(kafka: KafkaBroker, kafka_delivery: Delivery) -> None:
    delivery = kafka_delivery
    source = KafkaSource("mirror", LocalSource(delivery.toy.store), [kafka.bootstrap])
    with delivery.working(readers=0):
        delivery.write("account")
        until(lambda: relayed(delivery), "everything was published")
    source.start([])
    failed: list[Recorded] = []
    until(lambda: failed.extend(source.poll(0.5)) or failed, "a batch came")

    source.start([])

    again: list[Recorded] = []
    until(lambda: again.extend(source.poll(0.5)) or len(again) >= len(failed), "the batch came again")
    source.close()
    assert {event.id for event in failed} <= {event.id for event in again}


@pytest.mark.prop("P5")
def test_a_broker_killed_under_load_loses_nothing(own_kafka: KafkaBroker, on_own_kafka: Delivery) -> None:
    delivery = on_own_kafka
    with delivery.working(relays=2, readers=2):
        for round_ in range(2):
            writer = threading.Thread(target=delivery.write, args=(f"round-{round_}",), kwargs={"each": 15})
            writer.start()
            own_kafka.restart()
            writer.join()
        delivery.until_settled()
        until(lambda: relayed(delivery), "the relay went on")
    assert refused(delivery) == {}
    delivery.assert_applied_once_in_order()


def test_the_topic_is_there_before_the_first_event(kafka: KafkaBroker, kafka_delivery: Delivery) -> None:
    relay = KafkaRelay(kafka_delivery.toy.store, [kafka.bootstrap])

    relay.step(threading.Event())

    relay.close()
    with pytest.raises(TopicAlreadyExistsError):
        kafka.create_topic(TOPIC)


def test_a_relay_that_starts_before_its_broker_makes_the_topic_when_it_comes(
    own_kafka: KafkaBroker, on_own_kafka: Delivery
) -> None:
    relay = KafkaRelay(on_own_kafka.toy.store, [own_kafka.bootstrap])
    own_kafka.kill()
    with pytest.raises(KafkaError):
        relay.step(threading.Event())
    own_kafka.start()

    relay.step(threading.Event())

    relay.close()
    with pytest.raises(TopicAlreadyExistsError):
        own_kafka.create_topic(TOPIC)
