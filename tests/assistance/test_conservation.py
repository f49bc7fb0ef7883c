"""P13: money is conserved. Whatever happens in whatever order, after every committed step the books agree."""

from contextlib import suppress
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from services.assistance.batches.decisions import ApproveBatch, RejectBatch, SendBatch
from services.assistance.batches.later_answers import ConfirmLaterAnswers, DropLaterAnswers
from services.assistance.batches.state import Batch, BatchStatus, EntryState
from services.assistance.beneficiaries.state import BENEFICIARIES
from services.assistance.contracts import DuplicateMerged, DuplicateUnmerged, WhereaboutsFound, WhereaboutsLost
from services.assistance.funds.decisions import WithdrawReceipt
from services.assistance.ids import BatchId, ChildId, FundId, ProgrammeId
from services.assistance.ledgers.children import facts_of
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
    resumed,
    returned,
    started,
    suspected,
    suspended,
)

P1 = ProgrammeId("p1")
child = st.sampled_from(CHILDREN)


class Money(RuleBasedStateMachine):
    """Random receipts, batches, approvals, dispatches, answers, absences and returns, on five children."""

    def __init__(self) -> None:
        super().__init__()
        self.place = county(*CHILDREN, fen=260_000, policy=small_steps(lines=2))
        self.batches: list[str] = []
        self.day = date(2026, 10, 2)
        self.receipts = 1
        self.merged: set[str] = set()
        self.documents = 0
        self.place.send(receive(130_000, "另一笔", fund_id="f2"))

    def _try(self, command: object, by: str = "preparer") -> None:
        with suppress(Refused):
            self.place.send(command, by=by)

    def _tell(self, who: str, fact: object) -> None:
        """Of a file that is merged the registry tells nothing until it is parted again."""
        if who not in self.merged:
            self.place.say(fact)

    def _next_day(self) -> date:
        self.day += timedelta(days=1)
        return self.day

    @rule(fen=st.integers(1, 200_000), fund=st.sampled_from(FUNDS))
    def money_arrives(self, fen: int, fund: str) -> None:
        self.receipts += 1
        self._try(receive(fen, f"文号{self.receipts}", fund_id=fund))

    @rule(number=st.integers(1, 20), fund=st.sampled_from(FUNDS))
    def a_receipt_is_withdrawn(self, number: int, fund: str) -> None:
        day = self.place.today
        self._try(
            WithdrawReceipt(fund_id=FundId(fund), document_no=f"文号{number}", reason="有误", withdrawn_on=day),
            by="approver",
        )

    @rule(fund=st.sampled_from(FUNDS))
    def a_batch_is_started(self, fund: str = "f1") -> None:
        self.batches.append(f"batch-{len(self.batches):06d}")
        self._try(started(self.batches[-1], fund=fund))

    @rule()
    def a_step_is_taken(self) -> None:
        self.place.fire_one()

    @rule()
    def a_batch_is_prepared(self) -> None:
        self.a_batch_is_started()
        self.place.settle_down()

    @precondition(lambda self: self._in(BatchStatus.PREPARED))
    @rule()
    def a_batch_is_approved(self) -> None:
        [batch, *_] = self._in(BatchStatus.PREPARED)
        if batch.kept:
            approve(self.place, batch.id)

    @precondition(lambda self: self._in(BatchStatus.PREPARED, BatchStatus.APPROVED))
    @rule()
    def a_batch_is_rejected(self) -> None:
        [batch, *_] = self._in(BatchStatus.PREPARED, BatchStatus.APPROVED)
        self.place.send(RejectBatch(batch_id=batch.id, reason="名单有误"), by="approver")

    @precondition(lambda self: self._in(BatchStatus.APPROVED))
    @rule()
    def a_batch_goes_to_the_bank(self) -> None:
        [batch, *_] = self._in(BatchStatus.APPROVED)
        self._try(SendBatch(batch_id=batch.id), by="approver")

    @precondition(lambda self: self._in(BatchStatus.SENT))
    @rule(failing=st.sets(child))
    def the_bank_answers(self, failing: set[str]) -> None:
        [batch, *_] = self._in(BatchStatus.SENT)
        self.place.send(answers(self.place, batch.id, **dict.fromkeys(failing, "OTHER")))

    @rule()
    def a_whole_batch_goes_to_the_bank(self) -> None:
        self.a_batch_is_prepared()
        if batch_in(self.place, self.batches[-1]).kept:
            approve(self.place, self.batches[-1])
            self._try(SendBatch(batch_id=BatchId(self.batches[-1])), by="approver")

    @rule(pick=st.integers(0, 20))
    def any_batch_is_answered_approved_and_sent_out_of_turn(self, pick: int) -> None:
        if self.batches:
            batch = BatchId(self.batches[pick % len(self.batches)])
            self._try(answers(self.place, batch))
            self._try(ApproveBatch(batch_id=batch, lines=1, total_fen=62_500), by="approver")
            self._try(SendBatch(batch_id=batch), by="approver")

    @rule(pick=st.integers(0, 20), who=child, reason=st.sampled_from(["", "OTHER"]), confirmed=st.booleans())
    def the_bank_says_otherwise(self, pick: int, who: str, reason: str, confirmed: bool) -> None:
        """Of any line of any batch, in any order; some of it is never confirmed."""
        if self.batches:
            batch = self.batches[pick % len(self.batches)]
            self.documents += 1
            self._try(propose(who, reason, batch, f"凭证{self.documents}", self.place.today))
            if confirmed:
                self._confirm(batch, who)

    @precondition(lambda self: self._answered())
    @rule(pick=st.integers(0, 99))
    def an_answer_is_overturned(self, pick: int) -> None:
        """A line that is booked is booked the other way round."""
        answered = self._answered()
        batch, who, state = answered[pick % len(answered)]
        self.documents += 1
        reason = "OTHER" if state is EntryState.PAID else ""
        self._try(propose(who, reason, batch, f"凭证{self.documents}", self.place.today))
        self._confirm(batch, who)

    @rule(pick=st.integers(0, 20), who=child)
    def an_old_proposal_is_confirmed(self, pick: int, who: str) -> None:
        if self.batches:
            self._confirm(self.batches[pick % len(self.batches)], who)

    @rule(pick=st.integers(0, 20), who=child)
    def an_old_proposal_is_dropped(self, pick: int, who: str) -> None:
        if self.batches:
            batch = BatchId(self.batches[pick % len(self.batches)])
            self._try(DropLaterAnswers(batch_id=batch, children=[ChildId(who)], reason="有误"))

    def _confirm(self, batch: str, who: str) -> None:
        for _ in range(2):  # the same confirmation comes twice
            self._try(ConfirmLaterAnswers(batch_id=BatchId(batch), children=[ChildId(who)]), by="approver")

    def _answered(self) -> list[tuple[str, str, EntryState]]:
        return [
            (name, who, entry.state)
            for name in self.batches
            for who, entry in batch_in(self.place, name).entries.items()
            if entry.is_answered
        ]

    @rule(who=child)
    def a_child_is_suspected_to_have_left(self, who: str) -> None:
        self._tell(who, suspected(self._next_day(), who))

    @rule(who=child)
    def a_child_drops_out(self, who: str) -> None:
        self._tell(who, dropped_out(self._next_day(), who))

    @rule(who=child)
    def a_child_returns(self, who: str) -> None:
        self._tell(who, returned(self._next_day(), who))

    @rule(who=child, days_ago=st.integers(0, 5))
    def a_child_is_suspended_from_school(self, who: str, days_ago: int) -> None:
        self._tell(who, suspended(self._next_day() - timedelta(days=days_ago), who))

    @rule(who=child)
    def a_child_resumes(self, who: str) -> None:
        self._tell(who, resumed(self._next_day(), who))

    @rule(who=child)
    def nobody_knows_where_a_child_is(self, who: str) -> None:
        self._tell(who, WhereaboutsLost(child_id=ChildId(who), lost_on=self._next_day(), cycle=1))

    @rule(who=child)
    def a_child_is_found(self, who: str) -> None:
        self._tell(who, WhereaboutsFound(child_id=ChildId(who), found_on=self._next_day()))

    @rule(who=child)
    def a_file_is_merged_into_another(self, who: str) -> None:
        self._tell(who, DuplicateMerged(child_id=ChildId(who), merged_on=self._next_day(), cycle=1))
        self.merged.add(who)

    @rule(who=child)
    def a_file_is_parted_again(self, who: str) -> None:
        self.merged.discard(who)
        self._tell(who, DuplicateUnmerged(child_id=ChildId(who), unmerged_on=self._next_day()))

    @rule(who=child)
    def an_account_is_corrected(self, who: str) -> None:
        self._tell(who, new_account(self._next_day(), who))

    @rule(who=child, category=st.sampled_from(["NONE", "MONITORED"]))
    def a_family_category_changes(self, who: str, category: str) -> None:
        self._tell(who, poor(who, category, self._next_day()))

    def _in(self, *wanted: BatchStatus) -> list[Batch]:
        return [batch for name in self.batches if (batch := batch_in(self.place, name)).status in wanted]

    @invariant()
    def the_books_agree(self) -> None:
        books(self.place)

    @invariant()
    def every_entitlement_is_stopped_for_the_reason_that_the_facts_give(self) -> None:
        for name, row in self.place.rows("children").items():
            facts, entitlement = facts_of(row), self.place.state(BENEFICIARIES.ref(name)).entitlement(P1)
            if entitlement.versions:
                away = [span for span in facts.away if span.back_on is None]
                assert entitlement.suspended_for == (away[-1].reason if away else "")
                assert entitlement.held == bool(facts.waiting or away)

    @invariant()
    def nothing_is_paid_twice_unnoticed(self) -> None:
        paid_twice_is_listed(self.place)

    @invariant()
    def batches_and_children_agree(self) -> None:
        batches_tell_what_the_children_say(self.place, self.batches)

    @invariant()
    def what_the_bank_has_is_claimed_there_and_nowhere_else(self) -> None:
        for name in self.batches:
            batch = batch_in(self.place, name)
            for line in batch.lines(EntryState.SENT):
                key = (batch.programme_id, batch.period)
                claim = self.place.state(BENEFICIARIES.ref(line.child_id)).lines[key]
                assert (claim.batch_id, claim.amount_fen) == (name, line.amount_fen)


Money.TestCase.settings = settings(
    max_examples=60, stateful_step_count=50, deadline=None, suppress_health_check=list(HealthCheck)
)
test_money_is_conserved_after_every_step = pytest.mark.prop("P13")(Money.TestCase)
