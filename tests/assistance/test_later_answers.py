"""The bank answers more than once: what was paid comes back, what came back was paid after all. Nothing is final."""

from datetime import date

import pytest

from services.assistance.batches.decisions import RejectBatch
from services.assistance.batches.later_answers import ConfirmLaterAnswers, DropLaterAnswers
from services.assistance.batches.state import BatchStatus, EntryState
from services.assistance.beneficiaries.state import BENEFICIARIES, LineStatus
from services.assistance.ids import BatchId, ChildId
from shared.kernel.refusals import Refused
from tests.assistance.county import County
from tests.assistance.facts import (
    AUTUMN,
    B1,
    HALF_YEAR,
    P1,
    answer_later,
    answers,
    approve,
    batch_in,
    county,
    dispatch,
    dropped_out,
    new_account,
    poor,
    prepare,
    propose,
    receive,
    settle,
    started,
)

B2 = "batch-bbbbbb"
KEY = (P1, AUTUMN)
DAY = date(2026, 10, 12)
CONFIRM = ConfirmLaterAnswers(batch_id=B1, children=[ChildId("c1")])


def settled(*children: str, **returned_for: str) -> County:
    return settle(dispatch(county(*(children or ("c1",)), today=DAY)), **returned_for)


def sent_again() -> County:
    """The child's payment was returned, mended, and is at the bank with another batch."""
    return dispatch(settled(c1="NAME_MISMATCH").say(new_account(DAY)), B2)


def claim(place: County, child: str = "c1"):
    return place.state(BENEFICIARIES.ref(child)).lines.get(KEY)


def row(place: County, child: str = "c1"):
    return place.rows("payment-lines")[f"{child}:{P1}:{AUTUMN}"]


def money(place: County, fund: str = "f1") -> tuple[int, int]:
    """What is set aside and what is paid, in half years."""
    found = place.fund(fund)
    assert found.received_fen == found.available_fen + found.committed_fen + found.paid_fen
    return found.committed_fen // HALF_YEAR, found.paid_fen // HALF_YEAR


def refused(place: County, command, by: str = "preparer") -> str:
    before = len(place.events)
    with pytest.raises(Refused) as refusal:
        place.send(command, by=by)
    assert len(place.events) == before
    return refusal.value.code


# -- it came back after all


def test_what_was_paid_comes_back_is_set_aside_again_and_is_paid_by_a_later_batch():
    place = answer_later(settled(), "c1", "ACCOUNT_CLOSED")
    assert money(place) == (1, 0)
    assert (row(place)["status"], row(place)["reason"], row(place)["document_no"]) == (
        "RETURNED",
        "ACCOUNT_CLOSED",
        "退汇1号",
    )
    place.say(new_account(DAY))
    settle(dispatch(place, B2), B2)
    assert (money(place), claim(place).status) == ((0, 1), LineStatus.PAID)


def test_the_batch_stays_settled_and_tells_both():
    place = answer_later(settled("c1", "c2"), "c1", "OTHER")
    assert batch_in(place).status is BatchStatus.SETTLED
    told = place.rows("batches")[B1]
    assert (told["status"], told["paid"], told["returned"], told["came_back"]) == ("SETTLED", 1, 1, 1)
    assert (told["paid_fen"], told["returned_fen"]) == (HALF_YEAR, HALF_YEAR)


def test_what_comes_back_and_is_no_longer_due_is_available_again():
    place = settled().say(dropped_out(DAY))
    assert row(place)["over_fen"] > 0
    answer_later(place, "c1", "OTHER")
    assert (money(place), claim(place)) == ((0, 0), None)
    assert (row(place)["status"], row(place)["over_fen"]) == ("RELEASED", 0)


# -- it was paid after all


def test_what_was_returned_was_paid_after_all():
    place = answer_later(settled(c1="OTHER"), "c1", "")
    assert (money(place), claim(place).status, row(place)["status"]) == ((0, 1), LineStatus.PAID, "PAID")
    assert place.rows("batches")[B1]["went_through"] == 1
    prepare(place, B2)
    assert batch_in(place, B2).entries == {}


def test_a_line_that_waits_in_another_batch_is_taken_out_of_it():
    place = approve(prepare(settled(c1="OTHER").say(new_account(DAY)), B2), B2)
    answer_later(place, "c1", "")
    assert batch_in(place, B2).lines(EntryState.REMOVED)
    assert (money(place), claim(place).batch_id) == ((0, 1), B1)


def test_what_is_at_the_bank_again_stays_there_and_a_second_payment_is_an_overpayment():
    place = answer_later(sent_again(), "c1", "")
    assert (money(place), row(place)["over_fen"]) == ((1, 1), 0)
    settle(place, B2)
    assert money(place) == (0, 2)
    told = row(place)
    assert (told["paid_fen"], told["due_fen"], told["over_fen"]) == (2 * HALF_YEAR, HALF_YEAR, HALF_YEAR)
    assert told["paid_again_by"] == B1


def test_what_is_at_the_bank_again_and_returned_there_leaves_the_first_payment():
    place = answer_later(sent_again(), "c1", "")
    settle(place, B2, c1="DUPLICATE")
    assert (money(place), claim(place).batch_id, claim(place).status) == ((0, 1), B1, LineStatus.PAID)
    assert (row(place)["status"], row(place)["batch_id"], row(place)["over_fen"]) == ("PAID", B1, 0)


@pytest.mark.parametrize(("batch", "left"), [(B1, B2), (B2, B1)])
def test_of_two_payments_either_may_come_back_and_the_overpayment_is_gone(batch, left):
    place = answer_later(settle(sent_again(), B2), "c1", "")
    assert row(place)["over_fen"] == HALF_YEAR
    answer_later(place, "c1", "OTHER", batch, "退汇2号")
    assert (money(place), claim(place).batch_id, row(place)["batch_id"]) == ((0, 1), left, left)
    assert (row(place)["status"], row(place)["over_fen"], row(place)["paid_again_by"]) == ("PAID", 0, "")


def test_what_was_given_up_since_and_paid_after_all_is_more_than_is_due():
    place = settled(c1="OTHER").say(poor(category="NONE", on=DAY)).settle_down()
    assert claim(place) is None
    answer_later(place, "c1", "")
    assert (money(place), row(place)["status"], row(place)["over_fen"]) == ((0, 1), "PAID", HALF_YEAR)


def test_a_second_payment_needs_money_that_the_fund_has():
    place = settle(dispatch(county("c1", today=DAY, fen=HALF_YEAR)), c1="OTHER").say(new_account(DAY))
    dispatch(place, B2).send(propose("c1", ""))
    assert refused(place, CONFIRM, by="approver") == "disbursement-exceeds-fund"
    place.send(receive(HALF_YEAR, "县财教〔2026〕2号"))
    place.send(CONFIRM, by="approver")
    assert money(place) == (1, 1)


def test_the_money_is_that_of_the_batch_s_own_fund():
    place = settled(c1="OTHER").say(poor(category="NONE", on=DAY), poor(on=DAY))
    place.send(receive(document_no="县财教〔2026〕3号", fund_id="f2"))
    place.send(started(B2, fund="f2"))
    place.settle_down()
    assert money(place, "f2") == (1, 0)
    answer_later(place, "c1", "")
    assert (money(place), money(place, "f2")) == ((0, 1), (0, 0))


def test_it_may_change_again_each_time_by_another_document():
    place = settled()
    for number, returned in enumerate(["OTHER", "", "LIMIT", ""]):
        answer_later(place, "c1", returned, document=f"凭证{number}")
        assert money(place) == ((1, 0) if returned else (0, 1))
    assert refused(place, propose("c1", "OTHER", document="凭证 2")) == "document-already-booked"


# -- two people, evidence, and what cannot be answered anew


def test_whoever_proposed_it_cannot_confirm_it_however_their_name_is_written():
    place = settled()
    place.send(propose("c1", "OTHER"), by="Li.Na")
    assert refused(place, CONFIRM, by="li.na") == "same-hand-not-allowed"
    assert money(place) == (0, 1)


def test_a_proposal_moves_nothing_waits_once_and_can_be_dropped():
    place = settled()
    place.send(propose("c1", "OTHER"))
    assert place.send(propose("c1", "OTHER")) == []
    assert refused(place, propose("c1", "LIMIT")) == "later-answer-pending"
    assert (money(place), place.rows("batches")[B1]["unconfirmed"]) == ((0, 1), 1)
    place.send(DropLaterAnswers(batch_id=B1, children=[ChildId("c1")], reason="看错了行"))
    assert refused(place, CONFIRM, by="approver") == "no-later-answer"
    assert place.rows("later-answers")[f"{B1}:c1"]["status"] == "DROPPED"
    assert place.rows("batches")[B1]["unconfirmed"] == 0


def test_what_is_confirmed_once_is_not_confirmed_twice():
    place = answer_later(settled(), "c1", "OTHER")
    assert refused(place, CONFIRM, by="approver") == "no-later-answer"


@pytest.mark.parametrize(
    ("command", "code"),
    [
        (propose("c1", ""), "answer-already-booked"),
        (propose("c9", "OTHER"), "line-not-sent"),
        (propose("c1", "OTHER", day=date(2026, 10, 13)), "date-in-future"),
        (propose("c1", "OTHER", day=date(2026, 10, 11)), "date-out-of-order"),
        (propose("c1", "OTHER", batch="batch-zzzzzz"), "not-found"),
    ],
)
def test_what_cannot_be_said_anew(command, code):
    assert refused(settled(), command) == code


def test_a_line_that_waits_for_its_first_answer_is_answered_by_the_return_file():
    assert refused(dispatch(county("c1", today=DAY)), propose("c1", "OTHER")) == "line-not-answered"


def test_a_rejected_batch_was_never_sent_and_cannot_be_answered():
    place = prepare(county("c1", today=DAY))
    place.send(RejectBatch(batch_id=B1, reason="名单有误"), by="approver")
    assert refused(place.settle_down(), propose("c1", "OTHER")) == "line-not-sent"


def test_a_batch_that_still_waits_for_answers_can_be_answered_anew_too():
    place = dispatch(county("c1", "c2", today=DAY))
    both = answers(place)
    place.send(type(both)(batch_id=BatchId(B1), results=both.results[:1]))
    answer_later(place, "c1", "OTHER")
    assert batch_in(place).status is BatchStatus.SENT
    place.send(answers(place))
    assert batch_in(place).status is BatchStatus.SETTLED
