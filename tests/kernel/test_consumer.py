"""The consumer: each event exactly once, in its key's order, and a poisoned one blocks only its own key."""

from collections.abc import Iterator
from datetime import timedelta
from random import Random

import pytest

from shared.kernel import parking
from shared.kernel.consumer import Consumer
from shared.kernel.receipts import receipt
from tests.kernel import mirror
from tests.kernel.harness import LocalSource, Running, running
from tests.kernel.mirror import POISON, mirror_service
from tests.kernel.toy import Move, Open, toy_service

Pair = tuple[Running, Running]


@pytest.fixture
def pair(mongo: str, database: str) -> Iterator[Pair]:
    mirror.cured = False
    with running(mongo, database, toy_service(), mirror_service()) as (toy, reader):
        yield toy, reader


def moves(toy: Running, accounts: int, each: int) -> dict[str, list[int]]:
    """Accounts with numbered moves; what a reader must see of each, in order."""
    orders = [toy.order(Open(account_id=f"a{number}"), f"open-{number}") for number in range(accounts)]
    orders += [
        toy.order(Move(account_id=f"a{number}", amount=step), f"move-{number}-{step}")
        for step in range(1, each + 1)
        for number in range(accounts)
    ]
    toy.application.execute_many(orders)
    return {f"a{number}": list(range(1, each + 1)) for number in range(accounts)}


def seen(reader: Running) -> tuple[dict[str, object], dict[str, object]]:
    return (
        {key: row["amounts"] for key, row in reader.rows("seen").items()},
        {key: row["amounts"] for key, row in reader.rows("tallies").items()},
    )


def test_events_reach_ledgers_and_cause_commands_once(pair: Pair) -> None:
    toy, reader = pair
    expected = moves(toy, 5, 4)
    consumer, events = Consumer(reader.application), LocalSource(toy.store).everything()
    assert consumer.take(events).applied == len(events)
    again = consumer.take(events)
    assert (again.applied, again.repeated) == (0, len(events))
    assert seen(reader) == (expected, expected)


@pytest.mark.prop("P6")
@pytest.mark.parametrize("seed", range(3))
def test_shuffled_and_duplicated_events_are_applied_once_in_order(pair: Pair, seed: int) -> None:
    toy, reader = pair
    expected = moves(toy, 6, 5)
    source, consumer, chance = LocalSource(toy.store), Consumer(reader.application), Random(seed)
    deliveries = source.everything()
    deliveries += chance.sample(deliveries, len(deliveries) // 5)
    chance.shuffle(deliveries)
    for start in range(0, len(deliveries), 7):
        taken = consumer.take(deliveries[start : start + 7])
        for partition, after in taken.gaps.items():
            consumer.take(source.fetch(partition, after, 3))
    for partition, position in enumerate(consumer.positions("toy")):
        consumer.take(source.fetch(partition, position, 1000))
    assert seen(reader) == (expected, expected)


@pytest.mark.prop("P7")
def test_a_failing_handler_parks_its_key_and_lets_the_others_flow(pair: Pair) -> None:
    toy, reader = pair
    expected = moves(toy, 4, 2)
    for amount in (POISON, 7):
        toy.application.execute(toy.order(Move(account_id="a1", amount=amount), f"poison-{amount}"))
    toy.application.execute(toy.order(Move(account_id="a2", amount=9), "after"))
    consumer = Consumer(reader.application)

    taken = consumer.take(LocalSource(toy.store).everything())

    assert taken.parked == 2
    assert seen(reader)[0] == expected | {"a2": [1, 2, 9]}
    states = [(item["key"], item["state"]) for item in reader.store.parked.find({}).sort("position", 1)]
    assert states == [("a1", parking.RETRYING), ("a1", parking.WAITING)]


@pytest.mark.prop("P7")
def test_a_parked_key_is_retried_then_waits_for_the_operator_who_releases_it(pair: Pair) -> None:
    toy, reader = pair
    moves(toy, 2, 1)
    for amount in (POISON, 7):
        toy.application.execute(toy.order(Move(account_id="a1", amount=amount), f"poison-{amount}"))
    consumer, source = Consumer(reader.application), LocalSource(toy.store)
    consumer.take(source.everything())
    poisoned = next(event for event in source.everything() if event.data.get("amount") == POISON)
    for pause in parking.PAUSES:
        reader.clock.advance(pause)
        assert consumer.retry_parked() == 0
    reader.clock.advance(timedelta(days=1))
    assert consumer.retry_parked() == 0
    stuck = receipt(reader.store, "toy", poisoned.partition, poisoned.position, poisoned.type)
    assert stuck is not None
    assert (stuck.state, "Poison" in stuck.error) == (parking.PARKED, True)

    mirror.cured = True
    assert parking.release(reader.store, "toy", "a1", reader.clock.now()) == 2
    assert consumer.retry_parked() == 2

    assert seen(reader)[1]["a1"] == [1, POISON, 7]
    applied = receipt(reader.store, "toy", poisoned.partition, poisoned.position, poisoned.type)
    assert applied is not None
    assert (applied.state, applied.at) == ("applied", reader.clock.now())


@pytest.mark.prop("P7")
def test_many_events_waiting_behind_a_parked_one_keep_no_other_key_from_its_retry(pair: Pair) -> None:
    toy, reader = pair
    moves(toy, 2, 1)
    stuck = [Move(account_id="a0", amount=amount) for amount in (POISON, *range(100))]
    toy.application.execute_many([toy.order(move, f"stuck-{number}") for number, move in enumerate(stuck)])
    consumer = Consumer(reader.application)
    consumer.take(LocalSource(toy.store).everything())
    for pause in parking.PAUSES:
        reader.clock.advance(pause)
        consumer.retry_parked()
    toy.application.execute(toy.order(Move(account_id="a1", amount=POISON), "later"))
    consumer.take(LocalSource(toy.store).everything())
    mirror.cured = True
    reader.clock.advance(parking.PAUSES[0])

    assert consumer.retry_parked() == 1

    assert seen(reader)[1]["a1"] == [1, POISON]


@pytest.mark.prop("P7")
def test_an_unknown_type_is_parked_not_skipped(pair: Pair) -> None:
    import dataclasses

    toy, reader = pair
    moves(toy, 1, 1)
    events = LocalSource(toy.store).everything()
    strange = [dataclasses.replace(event, type="toy.moved.v9") if event.version == 2 else event for event in events]
    assert Consumer(reader.application).take(strange).parked == 1


def test_a_gap_is_reported_and_nothing_beyond_it_applied(pair: Pair) -> None:
    toy, reader = pair
    moves(toy, 1, 3)
    first, _missing, third, *_ = LocalSource(toy.store).everything()
    taken = Consumer(reader.application).take([first, third])
    assert taken.applied == 1
    assert taken.gaps == {first.partition: 1}
