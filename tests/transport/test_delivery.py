"""What a reader may rely on, whichever transport brings the events."""

import pytest
from pymongo import ASCENDING

from shared.kernel import parking
from tests.kernel.mirror import POISON
from tests.kernel.toy import Move
from tests.transport.harness import Delivery


def test_every_event_is_applied_once_in_its_keys_order(delivery: Delivery) -> None:
    delivery.write("before")
    with delivery.working():
        delivery.write("during")
        delivery.until_settled()
    delivery.assert_applied_once_in_order()


def test_a_reader_that_starts_again_goes_on_where_it_was(delivery: Delivery) -> None:
    for round_ in range(3):
        with delivery.working():
            delivery.write(f"round-{round_}", accounts=4)
            delivery.until_settled()
        delivery.write(f"pause-{round_}", accounts=4)
    with delivery.working():
        delivery.until_settled()
    delivery.assert_applied_once_in_order()


@pytest.mark.prop("P7")
def test_a_failing_handler_holds_only_its_own_key(delivery: Delivery) -> None:
    delivery.write("account", accounts=6, each=2)
    delivery.execute([Move(account_id="account-1", amount=POISON), Move(account_id="account-1", amount=7)])
    delivery.execute([Move(account_id="account-2", amount=9)])

    with delivery.working():
        delivery.until_settled()

    assert delivery.amounts_seen() == delivery.amounts_written() | {"account-1": [1, 2]}
    assert parked(delivery) == [("account-1", parking.RETRYING), ("account-1", parking.WAITING)]


@pytest.mark.prop("P7")
def test_an_unknown_type_holds_only_its_own_key(delivery: Delivery) -> None:
    delivery.write("account", accounts=6, each=3)
    strange = next(event for event in delivery.log() if event.key == "account-3" and event.data.get("amount") == 2)
    unknown = {"$set": {"type": "toy.dissolved.v1"}}
    delivery.toy.store.events.update_one({"_id": strange.document()["_id"]}, unknown)

    with delivery.working():
        delivery.until_settled()

    assert delivery.amounts_seen() == delivery.amounts_written() | {"account-3": [1]}
    assert parked(delivery) == [("account-3", parking.RETRYING), ("account-3", parking.WAITING)]


@pytest.mark.prop("P9")
def test_two_readers_at_once_do_no_harm(delivery: Delivery) -> None:
    with delivery.working(readers=2):
        for round_ in range(4):
            delivery.write(f"round-{round_}")
        delivery.until_settled()
    delivery.assert_applied_once_in_order()


def parked(delivery: Delivery) -> list[tuple[str, str]]:
    order = [("partition", ASCENDING), ("position", ASCENDING)]
    return [(found["key"], found["state"]) for found in delivery.mirror.store.parked.find({}).sort(order)]
