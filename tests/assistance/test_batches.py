"""Batches: two people, true totals, and no step before its time."""

import pytest

from services.assistance.batches.decisions import (
    ApproveBatch,
    LineResult,
    RejectBatch,
    SendBatch,
    SettleLines,
    StartBatch,
)
from services.assistance.batches.state import BatchStatus
from services.assistance.ids import BatchId, ChildId, FundId
from shared.calendar import TermId
from shared.kernel.refusals import Refused
from tests.assistance.facts import (
    B1,
    F1,
    HALF_YEAR,
    P1,
    answers,
    approve,
    batch_in,
    county,
    dispatch,
    prepare,
    started,
)


def refused(place, command, by="approver") -> str:
    before = len(place.events)
    with pytest.raises(Refused) as refusal:
        place.send(command, by=by)
    assert len(place.events) == before
    return refusal.value.code


def approval(lines: int = 2, total_fen: int = 2 * HALF_YEAR) -> ApproveBatch:
    return ApproveBatch(batch_id=B1, lines=lines, total_fen=total_fen)


def test_nobody_approves_their_own_batch():
    assert refused(prepare(county("c1", "c2")), approval(), by="preparer") == "same-hand-not-allowed"


@pytest.mark.parametrize("seen", [approval(lines=1), approval(total_fen=2 * HALF_YEAR - 1)])
def test_an_approval_names_the_count_and_total_that_the_batch_holds(seen):
    assert refused(prepare(county("c1", "c2")), seen) == "totals-differ"


def test_an_empty_batch_is_not_approved():
    assert refused(prepare(county()), approval(0, 0)) == "batch-is-empty"


def test_a_batch_is_approved_once():
    assert refused(approve(prepare(county("c1", "c2"))), approval()) == "batch-not-in-this-step"


def test_a_batch_is_not_sent_before_it_is_approved():
    assert refused(prepare(county("c1")), SendBatch(batch_id=B1)) == "batch-not-in-this-step"


def test_an_unapproved_batch_is_not_settled():
    settle = SettleLines(batch_id=B1, results=[LineResult(ChildId("c1"), HALF_YEAR)])
    assert refused(approve(prepare(county("c1"))), settle) == "batch-not-in-this-step"


@pytest.mark.parametrize(
    "wrong",
    [
        [LineResult(ChildId("c9"), HALF_YEAR)],
        [LineResult(ChildId("c1"), HALF_YEAR + 1)],
        [LineResult(ChildId("c1"), HALF_YEAR), LineResult(ChildId("c1"), HALF_YEAR)],
        [LineResult(ChildId("c2"), HALF_YEAR), LineResult(ChildId("c9"), HALF_YEAR)],
    ],
    ids=["unknown child", "another amount", "twice", "one good and one unknown"],
)
def test_wrong_answers_book_nothing_at_all(wrong):
    place = dispatch(county("c1", "c2"))
    assert refused(place, SettleLines(batch_id=B1, results=wrong)) == "line-not-sent"
    assert place.fund().paid_fen == 0


def test_a_batch_settles_when_the_last_line_is_answered():
    place = dispatch(county("c1", "c2"))
    both = answers(place, c2="OTHER")
    place.send(SettleLines(batch_id=B1, results=both.results[:1]))
    assert batch_in(place).status is BatchStatus.SENT
    place.send(SettleLines(batch_id=B1, results=both.results[1:]))
    assert batch_in(place).status is BatchStatus.SETTLED


def test_a_rejected_batch_gives_its_money_back_and_its_children_can_be_paid_by_another():
    place = approve(prepare(county("c1", "c2")))
    place.send(RejectBatch(batch_id=B1, reason="名单有误"), by="approver")
    place.settle_down()
    assert place.fund().committed_fen == 0
    dispatch(place, "batch-bbbbbb")
    assert len(batch_in(place, "batch-bbbbbb").entries) == 2


def test_a_batch_at_the_bank_cannot_be_rejected():
    reject = RejectBatch(batch_id=B1, reason="名单有误")
    assert refused(dispatch(county("c1")), reject) == "batch-not-in-this-step"


@pytest.mark.parametrize(
    ("period", "code"), [("2027-spring", "period-not-begun"), ("2026-spring", "period-before-programme")]
)
def test_a_batch_is_for_a_term_that_has_begun_and_that_the_programme_covers(period, code):
    assert refused(county("c1"), started(period=period), by="preparer") == code


@pytest.mark.parametrize("missing", ["programme_id", "fund_id"])
def test_a_batch_needs_a_programme_and_a_fund_that_exist(missing):
    known = {"programme_id": P1, "fund_id": F1}
    command = StartBatch(
        batch_id=BatchId("b9"),
        period=TermId("2026-autumn"),
        division="349921",
        **(known | {missing: FundId("unknown")}),
    )
    assert refused(county("c1"), command, by="preparer") == "not-found"
