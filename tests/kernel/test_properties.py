"""The kernel beside plain models: whatever is asked of it, in whatever order, both tell the same story.

Each machine draws steps, gives each to the kernel on a real database and to a model on paper, and after each compares
all that can be seen of the two.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import replace
from datetime import datetime, timedelta
from typing import ClassVar
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, Phase, settings
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
from shared.kernel import parking
from shared.kernel.application import Application
from shared.kernel.as_of import as_of_collection
from shared.kernel.clock import FixedClock
from shared.kernel.commands import Order, Outcome
from shared.kernel.consumer import Consumer
from shared.kernel.events import EventTypes, Upcaster
from shared.kernel.firing import fire_due
from shared.kernel.ledgers import Ledger
from shared.kernel.rebuild import rebuild
from shared.kernel.receipts import receipt
from shared.kernel.recorded import Recorded
from shared.kernel.refusals import Refused
from shared.kernel.store import Store
from shared.kernel.verify import verify_ledger, verify_log
from tests.kernel import mirror
from tests.kernel.harness import LocalSource, running
from tests.kernel.mirror import BADGE, CONTRACT, POISON, SEEN, TALLIES, mirror_service
from tests.kernel.plain import DONE, REPEATED, PlainAccounts, PlainReader
from tests.kernel.toy import BALANCES, Move, Open, toy_service

PARTITIONS = 3
"""Few, so that accounts share one."""

WITHIN_A_MINUTE = settings(
    max_examples=16,
    stateful_step_count=25,
    deadline=None,
    derandomize=True,
    phases=[Phase.generate],  # making a failure small costs minutes on a real database: take the phase in when needed
    suppress_health_check=list(HealthCheck),
)

ACCOUNTS = st.sampled_from(["ann", "bo", "cy", "dee"])
JUMPS = st.sampled_from(
    [timedelta(seconds=1), timedelta(seconds=40), timedelta(hours=9), timedelta(days=8), timedelta(days=300)]
)


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


NEW_TYPE, BROKEN = 900, 901
"""Amounts whose event the transport brings as a type that the reader does not know, or with a shape it cannot read."""

LATER_CONTRACT = EventTypes(CONTRACT.classes.values(), upcasters={"toy.moved.v2": Upcaster("toy.moved.v1", dict)})


class StrangeSource(LocalSource):
    """The owner's log as a reader of yesterday meets it."""

    def fetch(self, partition: int, after: int, limit: int) -> Sequence[Recorded]:
        return [self._strange(event) for event in super().fetch(partition, after, limit)]

    def _strange(self, event: Recorded) -> Recorded:
        amount = event.data.get("amount")
        if amount == NEW_TYPE:
            return replace(event, type="toy.moved.v2")
        return replace(event, data={**event.data, "amount": "a lot"}) if amount == BROKEN else event


class ReaderAndPaper(RuleBasedStateMachine):
    """Events delivered in any way, some of them indigestible, to two workers of one service."""

    amounts = st.one_of(st.integers(1, 9), st.sampled_from([POISON, NEW_TYPE, POISON, NEW_TYPE, BADGE, BROKEN]))
    backlog: ClassVar = {"ann": [1, POISON, 2], "bo": [3, NEW_TYPE, 4, 5], "cy": [6, BADGE, 7], "dee": [8, POISON]}
    """So that from the first step on there is something to bring in disorder, and to park."""
    workers = st.integers(0, 1)
    partitions = st.integers(0, PARTITIONS - 1)

    def __init__(self, mongo: str) -> None:
        super().__init__()
        self.resources = ExitStack()
        mirror.cured = False
        services = (toy_service(), mirror_service())
        started = running(mongo, f"nol_test_{uuid4().hex}", *services, partitions=PARTITIONS)
        self.toy, self.reader = self.resources.enter_context(started)
        self.source = StrangeSource(self.toy.store)
        self.paper = PlainReader(self.digests)
        self.knows_the_new_type = False
        self.recorded = 0
        self.deploy(self.reader.store)

    def teardown(self) -> None:
        mirror.cured = False
        self.resources.close()

    def deploy(self, store: Store) -> None:
        self.store = store
        self.consumers = [Consumer(Application(store, self.reader.clock)) for _ in range(2)]

    def digests(self, event: Recorded) -> bool:
        if event.type == "toy.moved.v2":
            return self.knows_the_new_type
        amount = event.data.get("amount")
        if amount == POISON:
            return mirror.cured
        return not isinstance(amount, str) and (amount != BADGE or event.key == "ann")

    def deliver(self, worker: int, events: Sequence[Recorded]) -> None:
        taken = self.consumers[worker].take(events)
        expected = self.paper.take(events, self.reader.clock.now())
        assert (taken.applied, taken.repeated, taken.parked, taken.gaps) == expected

    # -- what may happen

    @initialize()
    def ann_has_the_badge(self) -> None:
        self.toy.application.execute_many(
            [self.toy.order(Open(account_id=id_), f"open-{id_}") for id_ in ("ann", "bo", "cy", "dee")]
        )
        self.something_is_recorded("ann", [BADGE])
        self.deliver(0, self.source.everything())
        for account, amounts in self.backlog.items():
            self.something_is_recorded(account, amounts)

    @rule(account=ACCOUNTS, amounts=st.lists(amounts, min_size=1, max_size=4))
    def something_is_recorded(self, account: str, amounts: Sequence[int]) -> None:
        for amount in amounts:
            self.recorded += 1
            order = self.toy.order(Move(account_id=account, amount=amount), f"m{self.recorded}")
            self.toy.application.execute(order)

    @rule(picks=st.lists(st.tuples(partitions, st.integers(-1, 4)), min_size=3, max_size=12), worker=workers)
    def anything_is_delivered(self, picks: Sequence[tuple[int, int]], worker: int) -> None:
        """Old and new, twice, in any order, with gaps: each so many places from where the reader is."""
        found = {(event.partition, event.position): event for event in self.source.everything()}
        places = [(partition, self.paper.positions[partition] + steps) for partition, steps in picks]
        self.deliver(worker, [found[place] for place in places if place in found])

    @rule(count=st.integers(1, 9), partition=partitions, worker=workers)
    def what_comes_next_is_delivered(self, count: int, partition: int, worker: int) -> None:
        self.deliver(worker, self.source.fetch(partition, self.paper.positions[partition], count))

    @rule(jump=JUMPS, worker=workers)
    def time_passes_and_parked_events_are_tried_again(self, jump: timedelta, worker: int) -> None:
        self.reader.clock.advance(jump)
        self.retry(worker)

    @rule(cured=st.booleans())
    def a_handler_is_mended_or_breaks(self, cured: bool) -> None:
        mirror.cured = cured

    @rule()
    def a_contract_with_the_new_type_is_deployed(self) -> None:
        self.knows_the_new_type = True
        store = self.store
        self.deploy(Store(store.client, store.database.name, mirror_service(LATER_CONTRACT), PARTITIONS))

    @rule(accounts=st.sets(ACCOUNTS, min_size=1), worker=workers)
    def the_operator_releases_keys(self, accounts: set[str], worker: int) -> None:
        now = self.reader.clock.now()
        for account in sorted(accounts):
            assert parking.release(self.store, "toy", account, now) == self.paper.release(account, now)
        self.retry(worker)

    def retry(self, worker: int) -> None:
        assert self.consumers[worker].retry_parked() == self.paper.retry(self.reader.clock.now())

    @rule(ledger=st.sampled_from([SEEN, TALLIES]))
    def a_ledger_is_rebuilt(self, ledger: Ledger) -> None:
        rebuild(Application(self.store, self.reader.clock), ledger, {"toy": self.source})

    # -- what must hold after each step

    @invariant()
    def the_checkpoints_are_those_on_paper(self) -> None:
        assert self.consumers[0].positions("toy") == [self.paper.positions[each] for each in range(PARTITIONS)]

    @invariant()
    def each_ledger_holds_what_was_delivered_but_for_what_is_parked(self) -> None:
        moved = {key: amounts for key, amounts in self.paper.amounts.items() if amounts}
        assert self.amounts_in("seen") == self.paper.amounts
        assert self.amounts_in("tallies") == moved

    @invariant()
    def what_is_parked_is_what_the_paper_says(self) -> None:
        parked = {each["_id"]: (each["state"], each["attempts"]) for each in self.store.parked.find({})}
        assert parked == {
            each.event.id: (each.state, each.attempts) for waiting in self.paper.parked.values() for each in waiting
        }

    @invariant()
    def receipts_say_of_each_event_where_it_is(self) -> None:
        parked = {each.event.id: each.state for waiting in self.paper.parked.values() for each in waiting}
        for event in self.source.everything()[-3:]:
            reached = event.position <= self.paper.positions[event.partition]
            found = receipt(self.store, "toy", event.partition, event.position, event.type)
            assert found is not None
            assert found.state == parked.get(event.id, "applied" if reached else "pending")
            assert (found.at is not None) == (found.state == "applied")

    @invariant()
    def what_is_live_is_what_a_replay_gives(self) -> None:
        assert list(verify_log(self.store)) == []
        for ledger in (SEEN, TALLIES):
            assert list(verify_ledger(self.store, ledger, {"toy": self.source})) == []

    def amounts_in(self, ledger: str) -> dict[object, object]:
        return {row["_id"]: row["amounts"] for row in self.store.ledger_collection(ledger).find({})}


@pytest.mark.prop("P6")
@pytest.mark.prop("P7")
@pytest.mark.prop("P10")
def test_however_events_are_delivered_each_lands_once_in_its_keys_order(mongo: str) -> None:
    run_state_machine_as_test(lambda: ReaderAndPaper(mongo), settings=WITHIN_A_MINUTE)
