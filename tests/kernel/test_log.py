"""The log: one command, one effect; contiguous streams and partitions; no reader ever skips an event."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import groupby

import pytest

from shared.kernel.application import Application
from shared.kernel.caller import Caller, Scope
from shared.kernel.commands import Order, Outcome
from shared.kernel.recorded import address, partition_of
from shared.kernel.refusals import (
    AlreadyRecorded,
    CommandIdReused,
    NotFound,
    OutOfScope,
    Refused,
    RoleNotAllowed,
    VersionConflict,
)
from shared.kernel.unit_of_work import UnitOfWork
from shared.kernel.verify import verify_ledger, verify_log
from tests.kernel.harness import CLERK, Running, running
from tests.kernel.toy import BALANCES, Move, Open, toy_service


@pytest.fixture
def toy(mongo: str, database: str) -> Iterator[Running]:
    with running(mongo, database, toy_service()) as (started,):
        yield started


def contiguous(toy: Running) -> bool:
    return not list(verify_log(toy.store))


def test_a_caller_reads_its_own_write(toy: Running) -> None:
    toy.application.execute(toy.order(Open(account_id="a"), "1"))
    toy.application.execute(toy.order(Move(account_id="a", amount=5), "2"))
    assert toy.rows("balances")["a"]["balance"] == 5


def test_a_refused_command_leaves_nothing_behind(toy: Running) -> None:
    toy.application.execute(toy.order(Open(account_id="a"), "1"))
    before = (toy.store.positions(), toy.rows("balances"))
    with pytest.raises(Refused, match="below zero"):
        toy.application.execute(toy.order(Move(account_id="a", amount=-1), "2"))
    assert (toy.store.positions(), toy.rows("balances")) == before
    assert toy.application.outcome_of("2") is None


@pytest.mark.prop("P2")
def test_the_same_command_sent_by_many_at_once_has_one_effect_and_one_answer(toy: Running) -> None:
    toy.application.execute(toy.order(Open(account_id="a"), "open"))
    order = toy.order(Move(account_id="a", amount=3), "once", fingerprint="f")
    others = [Application(toy.store, toy.clock) for _ in range(3)]
    with ThreadPoolExecutor(6) as pool:
        outcomes = list(pool.map(lambda app: app.execute(order), others * 2))
    assert len(set(outcomes)) == 1
    assert sum(not outcome.repeated for outcome in outcomes) == 1
    assert toy.rows("balances")["a"]["balance"] == 3


@pytest.mark.prop("P2")
def test_a_repeat_that_the_facts_now_forbid_still_gets_its_first_answer(toy: Running) -> None:
    toy.application.execute(toy.order(Open(account_id="a"), "1"))
    toy.application.execute(toy.order(Move(account_id="a", amount=5), "2"))
    spend = toy.order(Move(account_id="a", amount=-5), "3")
    assert toy.application.execute(spend) == toy.application.execute(spend)
    assert toy.application.execute_many([spend, spend])[1] == toy.application.execute(spend)
    assert toy.rows("balances")["a"]["balance"] == 0


@pytest.mark.prop("P2")
def test_an_order_that_stands_twice_in_a_batch_is_answered_twice_and_done_once(toy: Running) -> None:
    toy.application.execute(toy.order(Open(account_id="a"), "1"))
    toy.application.execute(toy.order(Move(account_id="a", amount=5), "2"))
    spend = toy.order(Move(account_id="a", amount=-5), "3")  # the second would overdraw
    first, second = toy.application.execute_many([spend, spend])
    assert first == second
    assert toy.rows("balances")["a"]["balance"] == 0


@pytest.mark.prop("P2")
def test_a_used_id_with_another_request_is_refused(toy: Running) -> None:
    toy.application.execute(toy.order(Open(account_id="a"), "1", fingerprint="one"))
    with pytest.raises(CommandIdReused):
        toy.application.execute(toy.order(Open(account_id="b"), "1", fingerprint="two"))
    assert set(toy.rows("balances")) == {"a"}


@pytest.mark.prop("P3")
def test_thirty_two_writers_on_five_streams_leave_no_gap(toy: Running) -> None:
    applications = [Application(toy.store, toy.clock) for _ in range(4)]  # like four processes: no shared latch
    for number in range(5):
        applications[0].execute(toy.order(Open(account_id=f"a{number}"), f"open-{number}"))

    def write(writer: int) -> None:
        for step in range(3):
            account = f"a{(writer + step) % 5}"
            move = toy.order(Move(account_id=account, amount=1), f"{writer}-{step}")
            applications[writer % 4].execute(move)

    with ThreadPoolExecutor(32) as pool:
        list(pool.map(write, range(32)))
    assert contiguous(toy)
    assert sum(row["balance"] for row in toy.rows("balances").values()) == 96  # type: ignore[misc]
    assert sum(toy.store.positions()) == 5 + 96


@pytest.mark.prop("P4")
def test_a_reader_skips_nothing_while_a_writer_stalls_before_its_commit(toy: Running) -> None:
    """The stalled writer holds its partition: whoever commits meanwhile takes the positions, and it starts over."""
    slow, fast = Application(toy.store, toy.clock), Application(toy.store, toy.clock)
    accounts = [f"x{number}" for number in range(40) if partition_of(f"x{number}", 8) == 0][:3]
    stalled, resume, tries = threading.Event(), threading.Event(), []

    def body(work: UnitOfWork) -> Outcome:
        tries.append(1)
        work.begin()
        outcome = work.execute(slow_order, slow.context_for(slow_order))
        if len(tries) == 1:
            stalled.set()
            resume.wait(10)
        work.flush()
        return outcome

    slow_order = toy.order(Open(account_id=accounts[0]), "slow")
    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(slow.transact, body)
        assert stalled.wait(10)
        fast.execute(toy.order(Open(account_id=accounts[1]), "fast"))
        seen = [event.position for event in toy.store.read_partition(0, 0)]
        resume.set()
        waiting.result(30)
    assert seen == [1]
    assert [event.stream for event in toy.store.read_partition(0, 1)] == [f"account-{accounts[0]}"]
    assert contiguous(toy)


def test_a_batch_keeps_the_good_commands_and_names_the_refused(toy: Running) -> None:
    toy.application.execute(toy.order(Open(account_id="taken", number="7"), "0"))
    orders = [
        toy.order(Open(account_id="a", number="1"), "1"),
        toy.order(Move(account_id="a", amount=-1), "2"),
        toy.order(Open(account_id="b", number="7"), "3"),
        toy.order(Move(account_id="a", amount=4), "4"),
    ]
    results = toy.application.execute_many(orders)
    codes = [result.code if isinstance(result, Refused) else "ok" for result in results]
    assert codes == ["ok", "overdrawn", AlreadyRecorded.code, "ok"]
    assert toy.rows("balances")["a"]["balance"] == 4
    assert contiguous(toy)
    assert toy.application.execute_many(orders)[0] == results[0]


def test_an_expected_version_that_is_past_is_refused(toy: Running) -> None:
    toy.application.execute(toy.order(Open(account_id="a"), "1"))
    toy.application.execute(toy.order(Move(account_id="a", amount=1), "2", expected_version=1))
    with pytest.raises(VersionConflict) as refusal:
        toy.application.execute(toy.order(Move(account_id="a", amount=1), "3", expected_version=1))
    assert (refusal.value.expected, refusal.value.actual) == (1, 2)


@pytest.mark.prop("P16")
def test_scope_and_role_guard_every_command(toy: Running) -> None:
    toy.application.execute(toy.order(Open(account_id="a", division="349921101"), "1"))
    stranger = Caller("x", "clerk", Scope("349921102"))

    def sent(command: object, caller: Caller) -> Order:
        return Order(command=command, command_id="2", caller=caller)

    with pytest.raises(NotFound):
        toy.application.execute(sent(Move(account_id="a", amount=1), stranger))
    with pytest.raises(OutOfScope):
        toy.application.execute(sent(Open(account_id="b", division="349921101"), stranger))
    with pytest.raises(RoleNotAllowed):
        toy.application.execute(sent(Move(account_id="a", amount=1), Caller("y", "visitor", CLERK.scope)))


@pytest.mark.prop("P12")
@pytest.mark.parametrize("field", ["data.amount", "actor", "time", "stream", "hash"])
def test_a_changed_record_is_found_and_named(toy: Running, field: str) -> None:
    for number in range(3):
        toy.application.execute(toy.order(Open(account_id=f"a{number}"), f"o{number}"))
        toy.application.execute(toy.order(Move(account_id=f"a{number}", amount=1), f"m{number}"))
    victim = toy.store.events.find_one({"type": "toy.moved.v1", "stream": "account-a1"}) or {}
    forged = {
        "data.amount": 100,
        "actor": "mallory",
        "time": toy.clock.now().replace(year=2020),
        "stream": "account-z",
    }
    toy.store.events.update_one({"_id": victim["_id"]}, {"$set": {field: forged.get(field, b"\x01" * 32)}})
    position = victim["_id"] & 0xFFFFFFFFFF
    where = f"toy/{victim['_id'] >> 40}/{position}"
    assert where in [finding.where for finding in verify_log(toy.store)]


@pytest.mark.prop("P12")
def test_a_removed_record_and_a_removed_tail_are_found(toy: Running) -> None:
    for number in range(20):
        toy.application.execute(toy.order(Open(account_id=f"a{number}"), f"o{number}"))
    documents = sorted(toy.store.events.find({}), key=lambda found: found["_id"])
    partitions = [list(group) for _, group in groupby(documents, key=lambda found: found["_id"] >> 40)]
    longest = max(partitions, key=len)
    for removed in (longest[0], longest[-1]):
        toy.store.events.delete_one({"_id": removed["_id"]})
        assert [finding for finding in verify_log(toy.store) if finding.kind == "missing"]
        toy.store.events.insert_one(removed)
    assert contiguous(toy)


def test_a_forged_ledger_row_is_found_and_named(toy: Running) -> None:
    toy.application.execute(toy.order(Open(account_id="a"), "1"))
    assert not list(verify_ledger(toy.store, BALANCES, {}))
    toy.store.ledger_collection("balances").update_one({"_id": "a"}, {"$set": {"balance": 1000}})
    assert [finding.where for finding in verify_ledger(toy.store, BALANCES, {})] == ["balances/a"]


def test_reading_on_from_a_position_never_walks_through_the_whole_log(toy: Running) -> None:
    span = {"$gt": address(3, 7), "$lt": address(4, 0)}
    plan = toy.store.events.find({"_id": span}).sort("_id", 1).explain()["queryPlanner"]["winningPlan"]
    assert "IXSCAN" in str(plan)
    assert "COLLSCAN" not in str(plan)
