"""Ledgers as of a past day: whole or not there, whoever makes them at the same time or dies at it."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from shared.kernel.as_of import AT_REST, GIVEN_UP, KEPT, as_of_collection
from shared.kernel.ledgers import Ledger, Row
from shared.kernel.recorded import Recorded
from tests.kernel.harness import Running, running
from tests.kernel.toy import BALANCES, Move, Moved, Open, toy_service

DAY = date(2026, 9, 1)
FULL = {"a": 5, "b": 0, "c": 0}


@pytest.fixture
def toy(mongo: str, database: str) -> Iterator[Running]:
    with running(mongo, database, toy_service()) as [toy]:
        for number, command in enumerate([*(Open(account_id=key) for key in FULL), Move(account_id="a", amount=5)]):
            toy.application.execute(toy.order(command, str(number)))
        toy.clock.advance(timedelta(days=400))
        yield toy


def balances(toy: Running, day: date = DAY, ledger: Ledger = BALANCES) -> dict[str, int]:
    return {row["_id"]: row["balance"] for row in as_of_collection(toy.store, ledger, day, {}).find({})}


def past_collections(toy: Running) -> int:
    return sum(name.startswith("past.") for name in toy.store.database.list_collection_names())


def let_pass(toy: Running, time: timedelta) -> None:
    """The past is kept in real time, whatever clock the facts have."""
    for each in toy.store.control.find({"read_at": {"$exists": True}}):
        earlier = {"$set": {"read_at": each["read_at"] - time}}
        toy.store.control.update_one({"_id": each["_id"]}, earlier)


def test_two_who_make_the_same_day_at_once_read_the_same_and_leave_one(toy: Running) -> None:
    inner: list[dict[str, int]] = []

    def apply(row: Row | None, event: Any, recorded: Recorded) -> Row | None:
        if not inner:
            inner.append({})
            inner.append(balances(toy))  # another process, while this one is at its first event
        return BALANCES.apply(row, event, recorded)

    assert balances(toy, ledger=replace(BALANCES, apply=apply)) == FULL
    assert inner[1] == FULL
    assert past_collections(toy) == 1


class Killed(BaseException):
    """The process is gone: nothing is tidied up."""


def broken_off(by: BaseException) -> Ledger:
    def apply(row: Row | None, event: Any, recorded: Recorded) -> Row | None:
        if isinstance(event, Moved):
            raise by
        return BALANCES.apply(row, event, recorded)

    return replace(BALANCES, apply=apply)


def test_half_a_past_is_never_read_and_goes_at_once_after_a_failure(toy: Running) -> None:
    with pytest.raises(MemoryError):
        balances(toy, ledger=broken_off(MemoryError()))
    assert past_collections(toy) == 0
    assert toy.store.control.count_documents({"read_at": {"$exists": True}}) == 0

    assert balances(toy) == FULL


def test_half_a_past_is_never_read_and_goes_when_whoever_made_it_is_given_up(toy: Running) -> None:
    with pytest.raises(Killed):
        balances(toy, ledger=broken_off(Killed()))
    assert past_collections(toy) == 1

    assert balances(toy) == FULL
    let_pass(toy, GIVEN_UP)
    assert balances(toy, DAY - timedelta(days=1)) == {}
    assert past_collections(toy) == 2


def test_the_past_that_nobody_has_read_for_longest_makes_room_however_old_the_day(toy: Running) -> None:
    recent = [DAY + timedelta(days=number) for number in range(KEPT)]
    assert all(balances(toy, day) == FULL for day in recent)

    assert balances(toy, DAY - timedelta(days=1)) == {}
    assert past_collections(toy) == KEPT + 1, "all were read just now, so nobody's goes"

    let_pass(toy, AT_REST + timedelta(minutes=1))
    assert balances(toy, recent[0]) == FULL
    assert balances(toy, DAY - timedelta(days=2)) == {}
    assert past_collections(toy) == KEPT
    names = toy.store.database.list_collection_names()
    assert any(name.startswith(f"past.balances.{recent[0]}") for name in names)
    assert not any(name.startswith(f"past.balances.{recent[1]}") for name in names)


def test_a_past_that_is_read_again_and_again_counts_as_read(toy: Running) -> None:
    balances(toy)
    let_pass(toy, AT_REST)
    balances(toy)

    [ready] = toy.store.control.find({"kind": "past"})
    assert datetime.now(UTC) - ready["read_at"] < AT_REST / 2


def just_before(toy: Running, name: str, happens: Callable[[], object], monkeypatch: pytest.MonkeyPatch) -> None:
    """Another process does something between two steps of this one, once."""
    control, real = toy.store.control, getattr(toy.store.control, name)

    def meanwhile(*arguments: Any, **more: Any) -> Any:
        monkeypatch.setattr(control, name, real)
        happens()
        return real(*arguments, **more)

    monkeypatch.setattr(control, name, meanwhile)


def test_a_past_that_has_just_made_room_is_made_again(toy: Running, monkeypatch: pytest.MonkeyPatch) -> None:
    balances(toy)
    let_pass(toy, AT_REST)

    def made_room() -> None:
        [ready] = toy.store.control.find({"kind": "past"})
        toy.store.control.delete_one({"_id": ready["_id"]})
        toy.store.database[ready["collection"]].drop()

    just_before(toy, "update_one", made_room, monkeypatch)
    assert balances(toy) == FULL


def test_a_past_that_somebody_has_just_begun_to_read_does_not_make_room(
    toy: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    days = [DAY + timedelta(days=number) for number in range(KEPT)]
    for day in days:
        balances(toy, day)
    let_pass(toy, AT_REST + timedelta(minutes=1))
    making = DAY + timedelta(days=KEPT)
    taken_by_the_record_of_the_making = 1
    seen: list[dict[str, int]] = []

    def look(left: int) -> None:
        if left:
            just_before(toy, "delete_one", lambda: look(left - 1), monkeypatch)
        else:
            seen.append(balances(toy, days[0]))

    look(taken_by_the_record_of_the_making + 1)
    balances(toy, making)

    assert seen == [FULL]
    assert past_collections(toy) == KEPT + 1
