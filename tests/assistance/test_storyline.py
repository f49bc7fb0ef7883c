"""A child's money through absence, dropout and return: all of the service, in memory."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from services.assistance.batches.decisions import SendBatch
from services.assistance.batches.refusals import LineNotSent
from services.assistance.beneficiaries.eligibility import Verdict, offer_now
from services.assistance.beneficiaries.line_events import LinePrepared
from services.assistance.beneficiaries.reasons import ENDS
from services.assistance.beneficiaries.state import Beneficiary
from services.assistance.contracts import (
    DeathRecorded,
    DropoutMarkCorrected,
    DuplicateMerged,
    DuplicateUnmerged,
    ElsewhereConfirmed,
    HomeTeachingStarted,
    WhereaboutsFound,
    WhereaboutsLost,
)
from services.assistance.ledgers.children import facts_of
from services.assistance.ledgers.programmes import open_programmes
from shared.money import prorate
from tests.assistance.county import small_steps
from tests.assistance.facts import (
    AUTUMN,
    B1,
    C1,
    HALF_YEAR,
    TERM,
    answers,
    approve,
    batch_in,
    county,
    dispatch,
    dropped_out,
    enrolled,
    new_account,
    prepare,
    programme,
    pupil,
    receive,
    resumed,
    returned,
    settle,
    started,
    suspected,
    suspended,
)

LINE, ENTITLEMENT = f"c1:p1:{AUTUMN}", "c1:p1"
DAY = date(2026, 10, 12)


def status(place, ledger="payment-lines", key=LINE):
    return place.rows(ledger)[key]["status"]


@pytest.mark.rule("11-22")
def test_an_eligible_boarder_is_paid_half_the_yearly_standard_a_term():
    place = settle(dispatch(county("c1")))
    assert status(place) == "PAID"
    assert place.rows("payment-lines")[LINE]["amount_fen"] == HALF_YEAR
    assert place.fund().paid_fen == HALF_YEAR


def test_a_programme_opened_later_assesses_every_known_child_in_steps():
    place = county(policy=small_steps(children=2))
    for number in range(5):
        place.say(*pupil(f"k{number}"))
    place.send(programme("p2"))
    place.settle_down()
    assert [key for key in place.rows("entitlements") if key.endswith(":p2")] == [f"k{n}:p2" for n in range(5)]
    assert place.rows("programmes")["p2"]["status"] == "OPEN"
    assert place.rows("programmes")["p2"]["seen"] == 5


def test_a_suspicion_holds_an_unpaid_line_and_a_return_frees_it_with_its_amount_unchanged():
    place = approve(prepare(county("c1", "c2")))
    place.say(suspected(DAY))
    assert status(place) == "HELD"
    assert status(place, "entitlements", ENTITLEMENT) == "HELD"
    place.say(returned(DAY + timedelta(days=3)))
    assert status(place) == "IN_BATCH"
    assert place.rows("payment-lines")[LINE]["amount_fen"] == HALF_YEAR


def test_a_held_line_stays_behind_when_its_batch_goes_to_the_bank_and_the_next_batch_takes_it_up():
    place = approve(prepare(county("c1", "c2")))
    place.say(suspected(DAY))
    place.send(SendBatch(batch_id=B1), by="approver")
    assert [line.child_id for line in batch_in(place).lines("SENT")] == ["c2"]
    settle(place)
    assert place.fund().committed_fen == HALF_YEAR
    place.say(returned(DAY + timedelta(days=3)))
    assert status(place) == "READY"
    settle(dispatch(place, "batch-bbbbbb"), "batch-bbbbbb")
    assert status(place) == "PAID"
    assert (place.fund().committed_fen, place.fund().paid_fen) == (0, 2 * HALF_YEAR)


def test_a_dropout_gives_up_the_unpaid_line_and_a_return_pays_only_the_days_in_school():
    place = prepare(county("c1", "c2"))
    place.say(suspected(DAY), dropped_out(DAY + timedelta(days=21)))
    assert status(place) == "RELEASED"
    assert place.rows("entitlements")[ENTITLEMENT]["status"] == "SUSPENDED"
    assert place.fund().committed_fen == HALF_YEAR
    place.say(returned(DAY + timedelta(days=31)))
    dispatch(place, "batch-bbbbbb")
    row = place.rows("payment-lines")[LINE]
    assert (row["suspended_days"], row["amount_fen"]) == (10, prorate(125_000, 142 - 10, 2 * 142))


def test_a_child_that_has_dropped_out_gets_no_line_and_stays_visible():
    place = county("c1")
    place.say(dropped_out(DAY))
    prepare(place)
    assert batch_in(place).kept == []
    assert place.rows("payment-lines")[LINE]["reason"] == "SUSPENDED"
    assert place.rows("entitlements")[ENTITLEMENT]["status"] == "SUSPENDED"


def test_a_pupil_suspended_from_school_by_right_is_paid_for_the_days_in_class_only():
    place = county("c1")
    place.say(suspended(DAY))
    row = place.rows("entitlements")[ENTITLEMENT]
    assert (row["status"], row["reason"]) == ("SUSPENDED", "ON_SUSPENSION")
    place.say(resumed(DAY + timedelta(days=10)))
    settle(dispatch(place))
    assert status(place, "entitlements", ENTITLEMENT) == "ACTIVE"
    assert 0 < place.rows("payment-lines")[LINE]["amount_fen"] < HALF_YEAR


@pytest.mark.parametrize("kind", ENDS)
def test_a_child_that_is_gone_is_paid_for_the_days_before_only_and_what_was_paid_too_much_shows(kind):
    """Payment after a death is no payment: the days from it on are an overpayment, and nothing follows."""
    place = settle(dispatch(county("c1")))
    reason, day = ENDS[kind]
    place.say(kind(child_id=C1, cycle=0, **{day: DAY}))
    row = place.rows("payment-lines")[LINE]
    assert row["over_fen"] == HALF_YEAR - prorate(125_000, (DAY - TERM.first_day).days, 284)
    entitlement = place.rows("entitlements")[ENTITLEMENT]
    assert (entitlement["status"], entitlement["reason"]) == ("SUSPENDED", reason)
    prepare(place, "batch-bbbbbb")
    assert batch_in(place, "batch-bbbbbb").kept == []


def test_who_never_was_away_loses_no_day():
    place = county("c1")
    prepare(place)
    before = place.rows("payment-lines")[LINE]["amount_fen"]
    place.say(dropped_out(DAY), DropoutMarkCorrected(child_id=C1, away_since=DAY - timedelta(days=28)))
    assert status(place, "entitlements", ENTITLEMENT) == "ACTIVE"
    prepare(place, "batch-bbbbbb")
    assert place.rows("payment-lines")[LINE]["amount_fen"] == before == HALF_YEAR


def test_who_is_taught_at_home_after_a_dropout_is_paid_again():
    place = county("c1")
    place.say(dropped_out(DAY))
    assert status(place, "entitlements", ENTITLEMENT) == "SUSPENDED"
    place.say(HomeTeachingStarted(child_id=C1, started_on=date(2026, 11, 10)))
    assert status(place, "entitlements", ENTITLEMENT) == "ACTIVE"


def lost(day: date) -> WhereaboutsLost:
    return WhereaboutsLost(child_id=C1, lost_on=day, cycle=0)


def found(day: date) -> WhereaboutsFound:
    return WhereaboutsFound(child_id=C1, found_on=day)


def test_nothing_is_paid_while_nobody_knows_where_an_absent_child_is():
    place = approve(prepare(county("c1", "c2")))
    place.say(lost(DAY))
    assert status(place) == "HELD"
    row = place.rows("entitlements")[ENTITLEMENT]
    assert (row["status"], row["reason"]) == ("HELD", "WHEREABOUTS_LOST")

    place.send(programme("p2"))
    place.settle_down()
    later = place.rows("entitlements")["c1:p2"]
    assert (later["status"], later["reason"]) == ("HELD", "WHEREABOUTS_LOST")

    place.say(found(DAY + timedelta(days=3)))
    assert status(place) == "IN_BATCH"
    assert place.rows("payment-lines")[LINE]["amount_fen"] == HALF_YEAR


def test_a_suspected_child_that_is_lost_and_found_stays_held_until_it_is_back():
    place = approve(prepare(county("c1", "c2")))
    place.say(suspected(DAY), lost(DAY + timedelta(days=2)), found(DAY + timedelta(days=3)))
    assert status(place) == "HELD"
    place.say(returned(DAY + timedelta(days=5)))
    assert status(place) == "IN_BATCH"


def test_a_suspension_from_school_goes_on_for_a_child_that_was_lost_meanwhile_and_is_found():
    place = county("c1")
    place.say(suspended(DAY), lost(DAY + timedelta(days=40)), found(DAY + timedelta(days=50)))
    row = place.rows("entitlements")[ENTITLEMENT]
    assert (row["status"], row["reason"]) == ("SUSPENDED", "ON_SUSPENSION")


@pytest.mark.parametrize("waits", [suspected, lost])
def test_a_merge_that_is_undone_leaves_waiting_what_waited_before(waits):
    place = approve(prepare(county("c1", "c2")))
    place.say(waits(DAY))
    place.say(DuplicateMerged(child_id=C1, merged_on=DAY + timedelta(days=1), cycle=0))
    place.say(DuplicateUnmerged(child_id=C1, unmerged_on=DAY + timedelta(days=2)))
    assert status(place, "entitlements", ENTITLEMENT) == "HELD"
    place.say(returned(DAY + timedelta(days=5)))
    assert status(place, "entitlements", ENTITLEMENT) == "ACTIVE"


@pytest.mark.parametrize("kind", ENDS)
def test_nothing_is_offered_to_a_child_that_is_gone_and_the_reason_is_said(kind):
    place = county("c1")
    assert offered(place).reason == ""
    reason, day = ENDS[kind]
    place.say(kind(child_id=C1, cycle=0, **{day: DAY}))
    assert offered(place) == Verdict(0, reason)


def test_something_is_offered_again_to_who_comes_back_from_elsewhere():
    place = county("c1")
    place.say(ElsewhereConfirmed(child_id=C1, confirmed_on=DAY, cycle=0))
    place.say(replace(enrolled(), enrolled_on=DAY + timedelta(days=10)))
    assert offered(place).year_fen == 125_000


def offered(place) -> Verdict:
    (terms,) = open_programmes(next(iter(place.rows("programme-roll").values())))
    return offer_now(Beneficiary(id=C1), facts_of(place.rows("children")[C1]), terms)


@pytest.mark.parametrize("kind", ENDS)
def test_an_unpaid_line_falls_away_with_the_reason_for_which_the_child_is_gone(kind):
    place = prepare(county("c1"))
    reason, day = ENDS[kind]
    place.say(kind(child_id=C1, cycle=0, **{day: DAY}))
    assert place.rows("payment-lines")[LINE]["reason"] == reason


def test_who_dies_before_payment_is_in_no_batch():
    place = county("c1")
    place.say(DeathRecorded(child_id=C1, died_on=DAY, cycle=0))
    prepare(place)
    assert batch_in(place).kept == []


def test_who_comes_back_from_elsewhere_and_is_enrolled_again_is_paid_again():
    place = county("c1")
    place.say(ElsewhereConfirmed(child_id=C1, confirmed_on=DAY, cycle=0))
    place.say(replace(enrolled(), enrolled_on=DAY + timedelta(days=10)))
    settle(dispatch(place))
    assert status(place, "entitlements", ENTITLEMENT) == "ACTIVE"
    assert 0 < place.rows("payment-lines")[LINE]["amount_fen"] < HALF_YEAR


def test_a_place_at_school_does_not_lift_a_suspicion():
    place = county("c1")
    place.say(dropped_out(DAY))
    place.say(replace(enrolled(), enrolled_on=DAY + timedelta(days=10)))
    assert status(place, "entitlements", ENTITLEMENT) == "SUSPENDED"


def test_days_suspended_after_payment_are_recorded_as_a_possible_overpayment_and_nothing_is_paid_again():
    place = settle(dispatch(county("c1")))
    place.say(dropped_out(DAY))
    assert place.rows("payment-lines")[LINE]["over_final"] is False
    place.say(returned(DAY + timedelta(days=10)))
    row = place.rows("payment-lines")[LINE]
    assert row["over_fen"] == HALF_YEAR - prorate(125_000, 132, 284)
    assert row["over_final"] is True
    assert status(place) == "PAID"
    prepare(place, "batch-bbbbbb")
    assert batch_in(place, "batch-bbbbbb").kept == []
    assert sum(isinstance(event, LinePrepared) for event in place.events) == 1


def test_a_dropout_while_the_bank_has_the_line_lets_the_bank_finish_and_records_what_was_too_much():
    place = dispatch(county("c1"))
    place.say(dropped_out(DAY))
    assert status(place) == "IN_BATCH"
    settle(place)
    assert status(place) == "PAID"
    assert place.rows("payment-lines")[LINE]["over_fen"] > 0


def test_a_line_the_bank_returns_after_a_dropout_is_given_up():
    place = dispatch(county("c1"))
    place.say(dropped_out(DAY))
    settle(place, c1="ACCOUNT_CLOSED")
    assert status(place) == "RELEASED"
    assert place.fund().committed_fen == 0


def test_a_returned_payment_is_reissued_once_after_the_account_was_corrected():
    place = settle(dispatch(county("c1", "c2")), c1="NAME_MISMATCH")
    assert place.rows("payment-lines")[LINE]["reason"] == "NAME_MISMATCH"
    prepare(place, "batch-bbbbbb")
    assert batch_in(place, "batch-bbbbbb").kept == []
    place.say(new_account(DAY))
    assert status(place) == "READY"
    settle(dispatch(place, "batch-cccccc"), "batch-cccccc")
    assert status(place) == "PAID"
    assert place.fund().paid_fen == 2 * HALF_YEAR
    assert place.rows("batches")["batch-aaaaaa"]["status"] == "SETTLED"


def test_a_child_without_an_account_is_listed_and_paid_once_it_has_one():
    place = county()
    place.say(*pupil("c1", account=None))
    prepare(place)
    assert place.rows("payment-lines")[LINE]["reason"] == "NO_ACCOUNT"
    place.say(new_account(DAY))
    settle(dispatch(place, "batch-bbbbbb"), "batch-bbbbbb")
    assert status(place) == "PAID"


@pytest.mark.rule("1-07")
def test_a_fund_pays_as_far_as_it_goes_and_the_rest_is_listed():
    place = prepare(county("c1", "c2", "c3", fen=2 * HALF_YEAR + 1))
    assert len(batch_in(place).kept) == 2
    assert place.fund().available_fen == 1
    assert place.rows("payment-lines")[f"c3:p1:{AUTUMN}"]["reason"] == "FUND_EXHAUSTED"
    place.send(receive(HALF_YEAR, "县财教〔2026〕2号"))
    prepare(place, "batch-bbbbbb")
    assert [line.child_id for line in batch_in(place, "batch-bbbbbb").kept] == ["c3"]


def test_a_large_batch_is_gathered_in_steps_and_each_child_once():
    children = [f"k{number}" for number in range(7)]
    place = prepare(county(*children, policy=small_steps(lines=2)))
    assert [line.child_id for line in batch_in(place).kept] == children
    assert [line.seq for line in batch_in(place).kept] == list(range(1, 8))
    assert place.rows("batches")[B1]["total_fen"] == 7 * HALF_YEAR


def test_a_step_that_is_fired_twice_does_its_work_once():
    place = county("c1", "c2", "c3", policy=small_steps(lines=2))
    place.send(started())
    [first] = place.continuations().values()
    place.settle_down()
    before = len(place.events)
    place.send(first)
    assert len(place.events) == before


def test_two_batches_of_one_term_never_hold_the_same_child():
    place = prepare(county("c1", "c2"))
    prepare(place, "batch-bbbbbb")
    assert batch_in(place, "batch-bbbbbb").kept == []


def test_every_message_of_the_registry_may_come_twice():
    once, twice = county("c1", "c2"), county("c1", "c2")
    story = [suspected(DAY), dropped_out(DAY + timedelta(days=2)), returned(DAY + timedelta(days=9))]
    for event in story:
        once.say(event)
        before = len(twice.events)
        twice.say(event)
        first = len(twice.events)
        assert first > before
        twice.say(event)
        assert len(twice.events) == first
    assert once.rows("entitlements") == twice.rows("entitlements")


def test_no_answer_of_the_bank_is_booked_twice():
    place = dispatch(county("c1", "c2"))
    first = answers(place)
    place.send(first)
    with pytest.raises(LineNotSent):
        place.send(first)
    assert place.fund().paid_fen == 2 * HALF_YEAR
