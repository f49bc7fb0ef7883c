"""P13 where the bank overturns its answers: payments that come back, go through after all, and meet one another."""

from contextlib import suppress

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from services.assistance.batches.decisions import SendBatch
from services.assistance.batches.later_answers import ConfirmLaterAnswers, DropLaterAnswers
from services.assistance.batches.state import EntryState
from services.assistance.ids import BatchId, ChildId
from shared.kernel.refusals import Refused
from tests.assistance.books import CHILDREN, FUNDS, batches_tell_what_the_children_say, books, paid_twice_is_listed
from tests.assistance.county import small_steps
from tests.assistance.facts import (
    answers,
    approve,
    batch_in,
    county,
    dropped_out,
    new_account,
    poor,
    propose,
    receive,
    returned,
    started,
)

TWO = CHILDREN[:2]
child, fund = st.sampled_from(TWO), st.sampled_from(FUNDS)


class LaterAnswers(RuleBasedStateMachine):
    """Batches of two children go to the bank one after the other; every answer may be overturned at any time."""

    def __init__(self) -> None:
        super().__init__()
        self.place = county(*TWO, fen=260_000, policy=small_steps(lines=2))
        self.place.send(receive(130_000, "另一笔", fund_id="f2"))
        self.batches: list[str] = []
        self.documents = 0

    def _try(self, command: object, by: str = "preparer") -> None:
        with suppress(Refused):
            self.place.send(command, by=by)

    @initialize(fund=fund, failing=st.sets(child, min_size=1), is_answered=st.booleans())
    def payments_were_returned_mended_and_sent_again(self, fund: str, failing: set[str], is_answered: bool) -> None:
        self._pay(fund, failing)
        for who in TWO:
            self.place.say(new_account(self.place.today, who))
        self._pay(fund, set() if is_answered else None)

    @rule(fund=fund, failing=st.none() | st.sets(child))
    def another_batch_goes_to_the_bank_and_is_answered_or_not(self, fund: str, failing: set[str] | None) -> None:
        self._pay(fund, failing)

    @rule(fund=fund)
    def another_batch_waits_for_approval(self, fund: str) -> None:
        self._prepare(fund)

    def _prepare(self, fund: str) -> str:
        self.batches.append(f"batch-{len(self.batches):06d}")
        self.place.send(started(self.batches[-1], fund=fund))
        self.place.settle_down()
        return self.batches[-1]

    def _pay(self, fund: str, failing: set[str] | None) -> None:
        """`failing` None: the bank has the batch and has not answered."""
        batch = self._prepare(fund)
        if batch_in(self.place, batch).kept:
            approve(self.place, batch)
            self._try(SendBatch(batch_id=BatchId(batch)), by="approver")
            if failing is not None:
                self._try(answers(self.place, batch, **dict.fromkeys(failing, "OTHER")))

    @rule(pick=st.integers(0, 9), failing=st.sets(child))
    def the_bank_answers_what_waits(self, pick: int, failing: set[str]) -> None:
        batch = self.batches[pick % len(self.batches)]
        self._try(answers(self.place, batch, **dict.fromkeys(failing, "OTHER")))

    @precondition(lambda self: self._answered())
    @rule(pick=st.integers(0, 99), same_hand=st.integers(0, 4))
    def an_answer_is_overturned(self, pick: int, same_hand: int) -> None:
        answered = self._answered()
        batch, who, state = answered[pick % len(answered)]
        self.documents += 1
        reason = "OTHER" if state is EntryState.PAID else ""
        self._try(propose(who, reason, batch, f"凭证{self.documents}", self.place.today))
        for _ in range(2):  # the same confirmation comes twice
            confirm = ConfirmLaterAnswers(batch_id=BatchId(batch), children=[ChildId(who)])
            self._try(confirm, by="approver" if same_hand else "preparer")

    @rule(who=child, change=st.integers(0, 6))
    def something_changes(self, who: str, change: int) -> None:
        """Mostly an account; a child leaves, comes back, or is entitled to nothing, or to something again."""
        day = self.place.today
        facts = (dropped_out(day, who), returned(day, who), poor(who, "NONE", day), poor(who, "MONITORED", day))
        self.place.say(facts[change] if change < len(facts) else new_account(day, who))

    @rule(pick=st.integers(0, 9), who=child)
    def a_proposal_is_dropped(self, pick: int, who: str) -> None:
        batch = BatchId(self.batches[pick % len(self.batches)])
        self._try(DropLaterAnswers(batch_id=batch, children=[ChildId(who)], reason="有误"))

    def _answered(self) -> list[tuple[str, str, EntryState]]:
        return [
            (name, who, entry.state)
            for name in self.batches
            for who, entry in batch_in(self.place, name).entries.items()
            if entry.is_answered
        ]

    @invariant()
    def the_books_agree(self) -> None:
        books(self.place)

    @invariant()
    def nothing_is_paid_twice_unnoticed(self) -> None:
        paid_twice_is_listed(self.place)

    @invariant()
    def batches_and_children_agree(self) -> None:
        batches_tell_what_the_children_say(self.place, self.batches)


LaterAnswers.TestCase.settings = settings(
    max_examples=60, stateful_step_count=30, deadline=None, suppress_health_check=list(HealthCheck)
)
test_money_is_conserved_whatever_the_bank_says_later = pytest.mark.prop("P13")(LaterAnswers.TestCase)
