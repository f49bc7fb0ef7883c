"""Clocks set anew without an event, and a walk that does something to each row: nothing twice, nothing in the way."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.kernel.caller import system_caller
from shared.kernel.commands import CommandTable, Context, Order
from shared.kernel.deadlines import SetDeadline, firing_id, set_anew
from shared.kernel.firing import fire_due
from shared.kernel.ledgers import Row
from shared.kernel.recomputing import BeginRecomputing, Part, RecomputeNext, RecomputeRow, recomputing_handlers
from shared.kernel.service import Service
from shared.kernel.unit_of_work import UnitOfWork
from tests.kernel.harness import START, Running, running
from tests.kernel.toy import ACCOUNTS, BALANCES, Move, Moved, Open, toy_service

NONE: frozenset[str] = frozenset()
HOURS = st.integers(-48, 48)


def clock(hours: int, key: str = "a") -> SetDeadline:
    return SetDeadline(key, START + timedelta(hours=hours), None)


def test_a_clock_that_stands_at_another_time_moves_also_into_the_past() -> None:
    assert set_anew([clock(5)], {"a": clock(3).due_at}, NONE) == [clock(5)]
    assert set_anew([clock(-5)], {"a": clock(3).due_at}, NONE) == [clock(-5)]


def test_a_clock_that_stands_as_it_should_is_left_alone() -> None:
    assert set_anew([clock(5)], {"a": clock(5).due_at}, NONE) == []


def test_a_clock_that_has_fired_never_fires_again_at_the_same_time() -> None:
    fired = {firing_id("a", clock(-1).due_at)}
    assert set_anew([clock(-1)], {}, fired) == []
    assert set_anew([clock(-1, "b")], {}, fired) == [clock(-1, "b")]


def test_a_clock_that_fired_too_early_is_set_once_more() -> None:
    fired = {firing_id("a", clock(-1).due_at)}
    assert set_anew([clock(1)], {}, fired) == [clock(1)]


@given(st.dictionaries(st.sampled_from("abc"), HOURS), st.dictionaries(st.sampled_from("abc"), HOURS))
def test_setting_anew_twice_changes_nothing_the_second_time(asked: dict[str, int], standing: dict[str, int]) -> None:
    clocks = [clock(hours, key) for key, hours in asked.items()]
    stands = {key: clock(hours).due_at for key, hours in standing.items()}
    for each in set_anew(clocks, stands, NONE):
        stands[each.key] = each.due_at
    assert set_anew(clocks, stands, NONE) == []


# a walk through the accounts: each is given one, and `bad` cannot be given any


class Walked:
    """A service whose walk gives each account one; those of `bad` raise after they have been given it."""

    def __init__(self) -> None:
        self.bad: set[str] = set()
        part = Part(ledger=BALANCES, criteria={"moves": 0}, recompute=self._give, rows=2)
        toy = toy_service()
        handlers = [*toy.commands, *recomputing_handlers(lambda _: 1, [part])]
        self.service: Service = replace(toy, commands=CommandTable(handlers), deadlines={})

    def _give(self, work: UnitOfWork, row: Row, _: Context) -> None:
        work.append(ACCOUNTS.ref(row["_id"]), [Moved(account_id=row["_id"], amount=1)])
        if row["_id"] in self.bad:
            raise ValueError("nothing can be given to this one")


def balances(toy: Running) -> dict[str, object]:
    return {key: row["balance"] for key, row in toy.rows("balances").items()}


def fire(toy: Running) -> None:
    while fire_due(toy.application):
        pass


@pytest.mark.prop("P7")
def test_a_row_that_fails_waits_alone_and_is_done_once_it_can_be(mongo: str, database: str) -> None:
    walked = Walked()
    walked.bad = {"b"}
    with running(mongo, database, walked.service) as (toy,):
        for name in "abcde":
            toy.application.execute(toy.order(Open(account_id=name), f"open-{name}"))
        begin = Order(command=BeginRecomputing(generation=1), command_id="begin", caller=system_caller("toy"))
        toy.application.execute(begin)
        toy.clock.advance(timedelta(minutes=2))
        fire(toy)
        assert balances(toy) == {"a": 1, "b": 0, "c": 1, "d": 1, "e": 1}
        (waiting,) = toy.store.deadlines.find({"command": {"$in": [RecomputeNext.NAME, RecomputeRow.NAME]}})
        assert (waiting["command"], waiting["attempts"]) == (RecomputeRow.NAME, 1)
        walked.bad = set()
        toy.clock.advance(timedelta(hours=1))
        fire(toy)
        assert balances(toy)["b"] == 1


def test_what_a_block_did_before_it_failed_is_dropped_and_the_rest_of_its_step_stays(
    mongo: str, database: str
) -> None:
    with running(mongo, database, toy_service()) as (toy,):
        toy.application.execute(toy.order(Open(account_id="a"), "open"))
        order, ref = toy.order(Move(account_id="a", amount=0), "walk"), ACCOUNTS.ref("a")

        def fail_after_appending(work: UnitOfWork) -> None:
            with work.whole_or_not_at_all():
                work.append(ref, [Moved(account_id="a", amount=7)])
                raise ValueError("no")

        def body(work: UnitOfWork) -> None:
            work.begin()
            with work.step(toy.application.context_for(order)):
                work.append(ref, [Moved(account_id="a", amount=5)])
                with pytest.raises(ValueError, match="no"):
                    fail_after_appending(work)
                work.append(ref, [Moved(account_id="a", amount=1)])
            work.flush()

        toy.application.transact(body)
        assert balances(toy) == {"a": 6}
        assert [event.version for event in toy.store.read_streams([ref.stream])] == [1, 2, 3]
