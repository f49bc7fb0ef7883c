"""Rebuilding, as-of readings and deadlines."""

import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

import pytest

from shared.calendar import local_date
from shared.kernel.application import Application
from shared.kernel.as_of import as_of_collection
from shared.kernel.consumer import Consumer
from shared.kernel.events import EventTypes, Upcaster
from shared.kernel.firing import fire_due
from shared.kernel.parking import release
from shared.kernel.rebuild import rebuild
from shared.kernel.recorded import to_json
from shared.kernel.store import Store
from shared.kernel.verify import verify_ledger
from tests.kernel.harness import LocalSource, Running, running
from tests.kernel.mirror import CONTRACT, SEEN, mirror_service
from tests.kernel.toy import BALANCES, Move, Open, toy_service


@pytest.fixture
def pair(mongo: str, database: str) -> Iterator[tuple[Running, Running]]:
    with running(mongo, database, toy_service(), mirror_service()) as (toy, reader):
        yield toy, reader


def bytes_of(running_: Running, ledger: str) -> list[bytes]:
    return sorted(to_json(row) for row in running_.rows(ledger).values())


@pytest.mark.prop("P10")
def test_a_rebuild_under_write_load_equals_the_live_ledger_byte_for_byte(pair: tuple[Running, Running]) -> None:
    toy, _ = pair
    toy.application.execute_many([toy.order(Open(account_id=f"a{n}"), f"o{n}") for n in range(60)])
    stop, written = threading.Event(), []

    def write() -> None:
        while not stop.is_set():
            number = len(written)
            move = Move(account_id=f"a{number % 60}", amount=1)
            written.append(toy.application.execute(toy.order(move, f"m{number}")))

    writer = threading.Thread(target=write)
    writer.start()
    try:
        outcomes = [rebuild(Application(toy.store, toy.clock), BALANCES, {}) for _ in range(3)]
    finally:
        stop.set()
        writer.join()
    assert len({outcome.collection for outcome in outcomes}) == 3
    assert sum(row["balance"] for row in toy.rows("balances").values()) == len(written)  # type: ignore[misc]
    assert not list(verify_ledger(toy.store, BALANCES, {}))


@pytest.mark.prop("P10")
def test_a_subscribed_ledger_is_rebuilt_from_the_owners_log_with_reactions_muted(
    pair: tuple[Running, Running],
) -> None:
    toy, reader = pair
    toy.application.execute_many([toy.order(Open(account_id=f"a{n}"), f"o{n}") for n in range(10)])
    toy.application.execute_many([toy.order(Move(account_id=f"a{n % 10}", amount=n), f"m{n}") for n in range(50)])
    source = LocalSource(toy.store)
    Consumer(reader.application).take(source.everything())
    live, log_before = bytes_of(reader, "seen"), reader.store.positions()

    rebuilt = rebuild(reader.application, SEEN, {"toy": source})

    assert bytes_of(reader, "seen") == live
    assert rebuilt.events == 60
    assert reader.store.positions() == log_before


@pytest.mark.prop("P10")
def test_an_event_released_after_a_rebuild_lands_in_the_rebuilt_ledger(pair: tuple[Running, Running]) -> None:
    toy, reader = pair
    later = EventTypes(CONTRACT.classes.values(), upcasters={"toy.opened.v2": Upcaster("toy.opened.v1", dict)})
    store = Store(reader.store.client, reader.store.database.name, mirror_service(later), reader.store.partitions)
    toy.application.execute(toy.order(Open(account_id="a"), "1"))
    toy.application.execute(toy.order(Open(account_id="b"), "2"))
    source = LocalSource(toy.store)
    of_a, of_b = sorted(source.everything(), key=lambda event: event.key)
    Consumer(reader.application).take([replace(of_a, type="toy.opened.v2")])  # which causes no command: only a row
    worker = Consumer(Application(store, toy.clock))
    worker.take([of_b])  # and the worker remembers where the ledger is
    rebuild(Application(store, toy.clock), SEEN, {"toy": source})

    release(store, "toy", "a", toy.clock.now())
    assert worker.retry_parked() == 1

    assert set(reader.rows("seen")) == {"a", "b"}


def test_a_ledger_reads_as_of_a_past_day(pair: tuple[Running, Running]) -> None:
    toy, _ = pair
    toy.application.execute(toy.order(Open(account_id="a"), "1"))
    toy.application.execute(toy.order(Move(account_id="a", amount=5), "2"))
    toy.clock.advance(timedelta(days=3))
    toy.application.execute(toy.order(Move(account_id="a", amount=7), "3"))

    def balance(day: date) -> object:
        row = as_of_collection(toy.store, BALANCES, day, {}).find_one({"_id": "a"})
        return row and row["balance"]

    assert [balance(date(2026, 8, 31)), balance(date(2026, 9, 1)), balance(date(2026, 9, 4))] == [None, 5, 12]
    assert balance(date(2026, 9, 1)) == 5


@pytest.mark.prop("P14")
def test_a_deadline_fires_once_whoever_polls_and_however_the_clock_jumps(pair: tuple[Running, Running]) -> None:
    toy, _ = pair
    toy.application.execute(toy.order(Open(account_id="a"), "1"))
    other = Application(toy.store, toy.clock)  # a worker that has just been started
    toy.clock.advance(timedelta(days=7, seconds=-1))
    assert fire_due(toy.application) == 0
    toy.clock.advance(timedelta(days=300))
    workers = [threading.Thread(target=fire_due, args=(app,)) for app in (toy.application, other, other)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert toy.rows("balances")["a"]["balance"] == 1


@pytest.mark.prop("P14")
def test_what_fires_late_is_recorded_now_and_holds_as_of_the_day_on_which_it_fell_due(
    pair: tuple[Running, Running],
) -> None:
    toy, _ = pair
    toy.application.execute(toy.order(Open(account_id="a"), "1"))  # on 1 September
    toy.clock.advance(timedelta(days=19))
    assert fire_due(toy.application) == 1
    [_, fined] = toy.store.read_streams(["account-a"])
    assert (fined.occurred_on, local_date(fined.time)) == (date(2026, 9, 8), date(2026, 9, 20))


@pytest.mark.prop("P14")
def test_a_later_event_moves_or_cancels_its_deadline(pair: tuple[Running, Running]) -> None:
    toy, _ = pair
    toy.application.execute(toy.order(Open(account_id="a"), "1"))
    toy.clock.advance(timedelta(days=5))
    toy.application.execute(toy.order(Move(account_id="a", amount=5), "2"))
    toy.clock.advance(timedelta(days=5))
    assert fire_due(toy.application) == 0
    toy.application.execute(toy.order(Move(account_id="a", amount=-1), "3"))
    toy.clock.advance(timedelta(days=50))
    assert fire_due(toy.application) == 0
    assert toy.rows("balances")["a"]["balance"] == 4
