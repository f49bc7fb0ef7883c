"""A reader of the kernel beside a plain model: however events reach it, both hold the same."""

from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import replace
from datetime import timedelta
from typing import ClassVar
from uuid import uuid4

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from shared.kernel import parking
from shared.kernel.application import Application
from shared.kernel.consumer import Consumer
from shared.kernel.events import EventTypes, Upcaster
from shared.kernel.ledgers import Ledger
from shared.kernel.rebuild import rebuild
from shared.kernel.receipts import receipt
from shared.kernel.recorded import Recorded
from shared.kernel.store import Store
from shared.kernel.verify import verify_ledger, verify_log
from tests.kernel import mirror
from tests.kernel.harness import LocalSource, running
from tests.kernel.machines import ACCOUNTS, JUMPS, PARTITIONS, WITHIN_A_MINUTE
from tests.kernel.mirror import BADGE, CONTRACT, POISON, SEEN, TALLIES, mirror_service
from tests.kernel.plain import PlainReader
from tests.kernel.toy import Move, Open, toy_service

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
