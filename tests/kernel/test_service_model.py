"""A service beside a plain model: whatever is asked of it, in whatever order, both tell the same story."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from shared.calendar.zone import local_date, start_of_local_day
from shared.kernel.application import Application
from shared.kernel.as_of import as_of_collection
from shared.kernel.clock import FixedClock
from shared.kernel.commands import Order, Outcome
from shared.kernel.firing import fire_due
from shared.kernel.rebuild import rebuild
from shared.kernel.refusals import Refused
from shared.kernel.verify import verify_ledger, verify_log
from tests.kernel.harness import LocalSource, running
from tests.kernel.machines import ACCOUNTS, JUMPS, PARTITIONS, WITHIN_A_MINUTE
from tests.kernel.plain import DONE, REPEATED, PlainAccounts
from tests.kernel.toy import BALANCES, Move, Open, toy_service


def verdict(result: Outcome | Refused) -> str:
    if isinstance(result, Refused):
        return result.code
    return REPEATED if result.repeated else DONE


def executed(application: Application, order: Order) -> Outcome | Refused:
    try:
        return application.execute(order)
    except Refused as refusal:
        return refusal


class BehindClock:
    """Another machine's clock, a minute and a half slow."""

    SLOW = timedelta(seconds=90)

    def __init__(self, clock: FixedClock) -> None:
        self._clock = clock

    def now(self) -> datetime:
        return self._clock.now() - self.SLOW


class AccountsAndPaper(RuleBasedStateMachine):
    """Commands, deadlines, rebuilds and looks into the past, through processes that remember old heads."""

    orders = Bundle("orders")
    commands = st.one_of(
        st.builds(Open, account_id=ACCOUNTS, number=st.sampled_from([None, "7", "8"])),
        st.builds(Move, account_id=ACCOUNTS, amount=st.integers(-3, 5)),
    )
    processes = st.integers(0, 2)

    def __init__(self, mongo: str) -> None:
        super().__init__()
        self.resources = ExitStack()
        name = f"nol_test_{uuid4().hex}"
        (self.toy,) = self.resources.enter_context(running(mongo, name, toy_service(), partitions=PARTITIONS))
        clocks = (self.toy.clock, self.toy.clock, BehindClock(self.toy.clock))
        self.applications = [Application(self.toy.store, clock) for clock in clocks]
        self.paper = PlainAccounts(PARTITIONS)
        self.answers: dict[str, Outcome] = {}
        self.sent = 0

    def teardown(self) -> None:
        self.resources.close()

    def fresh(self, command: object, seen: int | None = None) -> Order:
        self.sent += 1
        return self.toy.order(command, f"c{self.sent}", fingerprint=repr(command), expected_version=seen)

    def agree(self, order: Order, process: int, result: Outcome | Refused) -> None:
        assert verdict(result) == self.paper.send(order, self.applications[process].clock.now())
        if isinstance(result, Outcome):
            assert self.answers.setdefault(order.command_id, result) == result

    # -- what may be asked

    @initialize(target=orders)
    def the_first_account_is_opened(self) -> Order:
        return self.a_command_is_sent(Open(account_id="ann", number="7"), 0, None)

    @rule(target=orders, command=commands, process=processes, seen=st.sampled_from([None, None, None, 1, 2]))
    def a_command_is_sent(self, command: object, process: int, seen: int | None) -> Order:
        order = self.fresh(command, seen)
        self.agree(order, process, executed(self.applications[process], order))
        return order

    @rule(order=orders, process=processes)
    def a_command_is_sent_again(self, order: Order, process: int) -> None:
        self.agree(order, process, executed(self.applications[process], order))

    @rule(order=orders, command=commands, process=processes)
    def an_id_is_used_for_something_else(self, order: Order, command: object, process: int) -> None:
        other = replace(order, command=command, fingerprint=f"not {order.fingerprint}")
        self.agree(other, process, executed(self.applications[process], other))

    @rule(
        commands=st.lists(commands, max_size=5),
        old=st.lists(orders, max_size=2),
        echoes=st.lists(st.integers(0, 9), max_size=2),
        process=processes,
    )
    def many_come_at_once(
        self, commands: Sequence[object], old: Sequence[Order], echoes: Sequence[int], process: int
    ) -> None:
        """New ones, old ones, and some of them twice in the same batch."""
        batch = [self.fresh(command) for command in commands] + list(old)
        batch += [batch[echo % len(batch)] for echo in echoes if batch]
        results = self.applications[process].execute_many(batch)
        for order, result in zip(batch, results, strict=True):
            self.agree(order, process, result)

    @rule(target=orders, command=commands)
    def everyone_sends_the_same_at_the_same_time(self, command: object) -> Order:
        order = self.fresh(command)
        on_time = self.applications[:2]
        with ThreadPoolExecutor(len(on_time)) as pool:
            results = list(pool.map(lambda each: executed(each, order), on_time))
        for result in sorted(results, key=verdict):  # whoever was first did it
            self.agree(order, 0, result)
        return order

    @rule(jump=JUMPS)
    def time_passes(self, jump: timedelta) -> None:
        self.toy.clock.advance(jump)

    @rule(process=processes)
    def deadlines_are_looked_at(self, process: int) -> None:
        application = self.applications[process]
        assert fire_due(application) == self.paper.fire(application.clock.now())

    @rule(process=processes)
    def the_ledger_is_rebuilt(self, process: int) -> None:
        rebuild(self.applications[process], BALANCES, {})

    @rule(days=st.sampled_from([1, 1, 2, 9, 400]))
    def a_past_day_is_read(self, days: int) -> None:
        day = local_date(self.toy.clock.now() - BehindClock.SLOW) - timedelta(days=days)
        rows = as_of_collection(self.toy.store, BALANCES, day, {}).find({})
        assert self.balances(rows) == self.paper.rows(until=start_of_local_day(day + timedelta(days=1)))

    # -- what must hold after each step

    @invariant()
    def the_log_is_whole_and_holds_what_was_done_and_nothing_else(self) -> None:
        assert list(verify_log(self.toy.store)) == []
        logged: dict[str, list[int | None]] = defaultdict(list)
        for event in LocalSource(self.toy.store).everything():
            logged[event.key].append(event.data.get("amount"))
        assert logged == {
            id_: [None, *(amount for _, amount in account.moves)] for id_, account in self.paper.accounts.items()
        }

    @invariant()
    def the_ledger_is_what_the_paper_says_and_what_a_replay_gives(self) -> None:
        assert self.balances(self.toy.store.ledger_collection("balances").find({})) == self.paper.rows()
        assert list(verify_ledger(self.toy.store, BALANCES, {})) == []

    @invariant()
    def every_answer_is_kept(self) -> None:
        assert self.answers.keys() == self.paper.answered.keys()
        assert all(self.toy.application.outcome_of(id_) == answer for id_, answer in self.answers.items())

    @invariant()
    def the_deadlines_are_those_on_paper(self) -> None:
        assert {each["_id"]: each["due_at"] for each in self.toy.store.deadlines.find({})} == {
            f"idle:{account}": due for account, due in self.paper.due.items()
        }

    @staticmethod
    def balances(rows: Iterable[dict[str, object]]) -> dict[object, object]:
        return {row["_id"]: (row["balance"], row["moves"], row["number"]) for row in rows}


@pytest.mark.prop("P2")
@pytest.mark.prop("P3")
@pytest.mark.prop("P10")
@pytest.mark.prop("P14")
def test_whatever_is_asked_of_a_service_has_one_effect_and_leaves_no_gap(mongo: str) -> None:
    run_state_machine_as_test(lambda: AccountsAndPaper(mongo), settings=WITHIN_A_MINUTE)
