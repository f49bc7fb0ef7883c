"""Who is entitled: categories, standards and conflicts are a programme's data."""

from dataclasses import replace
from datetime import date

import pytest

from services.assistance.beneficiaries.events import EntitlementHeld, EntitlementSuspended
from services.assistance.contracts import (
    DuplicateMerged,
    DuplicateUnmerged,
    ElsewhereConfirmed,
    EnrolmentChanged,
    ReceivingSchoolAssigned,
    TransferCompleted,
)
from services.assistance.ids import ChildId
from services.assistance.programmes.decisions import open_programme
from services.assistance.programmes.events import Standard
from services.assistance.programmes.state import PROGRAMMES
from tests.assistance.facts import (
    AUTUMN,
    HALF_YEAR,
    batch_in,
    county,
    dropped_out,
    enrolled,
    poor,
    prepare,
    programme,
    pupil,
    resumed,
    returned,
    suspended,
)
from tests.given import given, on

DAY = date(2026, 10, 12)


def entitlement(place, key="c1:p1"):
    return place.rows("entitlements")[key]


@pytest.mark.parametrize(
    ("grade", "boarder", "year_fen"),
    [(6, True, 125_000), (6, False, 62_500), (7, True, 150_000), (7, False, 75_000)],
)
def test_level_and_boarding_choose_the_standard(grade, boarder, year_fen):
    place = county().say(*pupil("c1", grade=grade, boarder=boarder))
    assert entitlement(place)["year_fen"] == year_fen


def test_a_family_in_no_category_gets_nothing():
    place = county().say(*pupil("c1")[:2])
    assert place.rows("entitlements") == {}


def test_a_child_that_moves_out_of_the_dormitory_gets_the_lower_standard():
    place = prepare(county("c1"))
    place.say(EnrolmentChanged(child_id=ChildId("c1"), grade=5, boarder=False, changed_on=DAY))
    assert entitlement(place)["year_fen"] == 62_500
    assert place.rows("payment-lines")[f"c1:p1:{AUTUMN}"]["reason"] == "ENTITLEMENT_CHANGED"
    prepare(place, "batch-bbbbbb")
    assert [line.amount_fen for line in batch_in(place, "batch-bbbbbb").kept] == [HALF_YEAR // 2]


@pytest.mark.rule("11-20")
def test_the_receiving_school_of_a_closed_one_pays_from_then_on():
    place = county("c1").say(
        ReceivingSchoolAssigned(
            child_id=ChildId("c1"),
            receiving_school_code="3421000002",
            receiving_school_name="白沙镇中心小学",
            grade=5,
            moved_on=DAY,
        )
    )
    assert entitlement(place)["school_code"] == "3421000002"


def transferred(on: date) -> TransferCompleted:
    return TransferCompleted(
        child_id=ChildId("c1"),
        receiving_school_code="3421000002",
        receiving_school_name="白沙镇中心小学",
        grade=5,
        moved_on=on,
    )


def test_after_a_transfer_the_receiving_school_pays_and_no_other():
    place = county("c1").say(transferred(DAY))
    assert entitlement(place)["school_code"] == "3421000002"
    assert [row["school_code"] for row in place.rows("entitlements").values()] == ["3421000002"]


def test_who_comes_back_to_the_county_by_a_transfer_is_paid_again():
    gone = ElsewhereConfirmed(child_id=ChildId("c1"), confirmed_on=DAY, cycle=0)
    place = county("c1").say(gone)
    assert entitlement(place)["status"] == "SUSPENDED"
    place.say(transferred(date(2026, 11, 10)))
    assert (entitlement(place)["status"], entitlement(place)["school_code"]) == ("ACTIVE", "3421000002")


def test_an_entitlement_ends_with_its_category_and_stays_visible():
    place = county("c1").say(poor("c1", "NONE", DAY))
    assert (entitlement(place)["status"], entitlement(place)["ended_for"]) == ("ENDED", "CATEGORY")


def test_a_child_never_has_two_conflicting_entitlements():
    place = county("c1")
    place.send(programme("p2", conflicts=["p1"]))
    place.settle_down()
    assert "c1:p2" not in place.rows("entitlements")
    place.say(*pupil("c2"))
    assert entitlement(place, "c2:p1")["status"] == "ACTIVE"
    assert "c2:p2" not in place.rows("entitlements")


def test_absences_from_before_a_grant_count_in_it():
    place = county().say(*pupil("c1")[:2])
    place.say(dropped_out(DAY), returned(date(2026, 10, 22)), poor("c1", on=date(2026, 10, 23)))
    prepare(place)
    assert place.rows("payment-lines")[f"c1:p1:{AUTUMN}"]["suspended_days"] == 10


def test_what_is_granted_during_a_suspension_from_school_is_stopped_for_that_and_nothing_is_paid():
    place = county().say(*pupil("c1")[:2])
    place.say(suspended(DAY), poor("c1", on=date(2026, 10, 23)))
    assert (entitlement(place)["status"], entitlement(place)["reason"]) == ("SUSPENDED", "ON_SUSPENSION")
    assert [each.reason for each in place.events if isinstance(each, EntitlementHeld)] == ["ON_SUSPENSION"]
    prepare(place)
    assert batch_in(place).kept == []


def test_what_is_granted_to_a_child_that_is_gone_is_stopped_for_that_attendance_bound_or_not():
    place = county().say(*pupil("c1")[:2])
    place.say(ElsewhereConfirmed(child_id=ChildId("c1"), confirmed_on=DAY, cycle=0))
    place.send(programme("p2", attendance_bound=False))
    place.settle_down()
    place.say(poor("c1", on=date(2026, 10, 23)))
    for key in ("c1:p1", "c1:p2"):
        assert (entitlement(place, key)["status"], entitlement(place, key)["reason"]) == ("SUSPENDED", "ELSEWHERE")


def test_who_is_suspended_from_school_after_a_dropout_is_stopped_for_the_suspension_and_no_day_counts_twice():
    place = county("c1").say(dropped_out(DAY), suspended(date(2026, 10, 19)))
    assert (entitlement(place)["reason"], entitlement(place)["suspended_from"]) == ("ON_SUSPENSION", "2026-10-19")
    place.say(resumed(date(2026, 10, 22)))
    prepare(place)
    assert place.rows("payment-lines")[f"c1:p1:{AUTUMN}"]["suspended_days"] == 10


def test_both_reasons_are_told_to_an_entitlement_that_is_granted_later():
    place = county().say(*pupil("c1")[:2])
    place.say(dropped_out(DAY), suspended(date(2026, 10, 19)), poor("c1", on=date(2026, 10, 23)))
    told = [(each.from_on.day, each.reason) for each in place.events if isinstance(each, EntitlementSuspended)]
    assert told == [(12, "DROPPED_OUT"), (19, "ON_SUSPENSION")]
    place.say(resumed(date(2026, 10, 24)))
    prepare(place)
    assert place.rows("payment-lines")[f"c1:p1:{AUTUMN}"]["suspended_days"] == 12


def test_a_merge_that_was_a_mistake_leaves_a_suspension_from_school_as_it_was():
    place = county("c1").say(
        suspended(DAY),
        DuplicateMerged(child_id=ChildId("c1"), merged_on=date(2026, 10, 19), cycle=0),
        DuplicateUnmerged(child_id=ChildId("c1"), unmerged_on=date(2026, 10, 22)),
    )
    assert (entitlement(place)["status"], entitlement(place)["reason"]) == ("SUSPENDED", "ON_SUSPENSION")
    place.say(*pupil("c2"), DuplicateMerged(child_id=ChildId("c2"), merged_on=date(2026, 10, 19), cycle=0))
    assert entitlement(place, "c2:p1")["reason"] == "MERGED"
    place.say(DuplicateUnmerged(child_id=ChildId("c2"), unmerged_on=date(2026, 10, 22)))
    assert entitlement(place, "c2:p1")["status"] == "ACTIVE"


def test_who_dropped_out_went_elsewhere_and_has_a_place_here_again_is_paid_from_then_on():
    place = county("c1").say(
        dropped_out(DAY), ElsewhereConfirmed(child_id=ChildId("c1"), confirmed_on=date(2026, 10, 19), cycle=1)
    )
    assert entitlement(place)["reason"] == "ELSEWHERE"
    place.say(replace(enrolled("c1"), enrolled_on=date(2026, 10, 22)))
    assert entitlement(place)["status"] == "ACTIVE"
    prepare(place)
    assert place.rows("payment-lines")[f"c1:p1:{AUTUMN}"]["suspended_days"] == 10


def test_a_programme_that_is_not_bound_to_attendance_is_not_held():
    place = county("c1")
    place.send(programme("p2", attendance_bound=False))
    place.settle_down()
    place.say(dropped_out(DAY))
    assert (entitlement(place)["status"], entitlement(place, "c1:p2")["status"]) == ("SUSPENDED", "ACTIVE")


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"categories": []}, "programme-has-no-beneficiaries"),
        ({"standards": []}, "standards-unclear"),
        ({"standards": [Standard(level="PRIMARY", boarder=True, year_fen=1)] * 2}, "standards-unclear"),
    ],
)
def test_a_programme_for_nobody_or_with_unclear_standards_is_not_opened(change, code):
    command = programme(**change)
    given(PROGRAMMES, id="programmes:p1").when(open_programme, command, on(DAY)).then_refused(code)


def test_a_programme_is_opened_once():
    opened = given(PROGRAMMES, id="programmes:p1").when(open_programme, programme(), on(DAY))
    given(PROGRAMMES, *opened.events, id="programmes:p1").when(open_programme, programme(), on(DAY)).then_refused(
        "programme-already-open"
    )
