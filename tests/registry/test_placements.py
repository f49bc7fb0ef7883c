"""Where disabled children learn: decided by a committee, looked at again each term, and never a way out of school."""

from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any

import pytest

from services.registry.children.refusals import NotEnrolled
from services.registry.children.state import CHILDREN
from services.registry.children.statuses import StudentNumberKind
from services.registry.groups.memberships import EnterGroup
from services.registry.ledgers.placements import PLACEMENT_VIEWS
from services.registry.placements.decisions import (
    DecidePlacement,
    LapseHomeTeaching,
    MissPlacementReview,
    ReviewPlacement,
    decide_placement,
    miss_placement_review,
)
from services.registry.placements.kinds import PlacementKind, placings
from services.registry.placements.refusals import (
    FileNeededFirst,
    MonthNotOver,
    NotOnDisabilityList,
    NotPlaced,
    NotTaughtAtHome,
    QuotaMet,
    SamePlacement,
    TaughtAtHome,
    TeacherMissing,
)
from services.registry.schools.schools import RegisterSchool
from services.registry.transitions.papers import Paper
from services.registry.transitions.refusals import PapersMissing, TransitionNotAllowed
from shared.calendar import read_terms, shipped_calendar
from shared.kernel.refusals import DateBefore, DateInFuture, Refused
from tests.given import given, on
from tests.registry.conftest import Registry
from tests.registry.facts import CHILD, POLICY, SCHOOL, enrol, mark, missed, register, registered
from tests.registry.papers import papers_for

TODAY = date(2026, 11, 20)
OPINION = (Paper(kind="COMMITTEE_OPINION", reference="专委〔2026〕1号"),)
DISABLED = EnterGroup(child_id=CHILD, group="DISABLED", source="残联名册", from_on=date(2026, 9, 1))


def place(kind: PlacementKind, **more: Any) -> DecidePlacement:
    teacher = "孙老师" if placings()[kind].is_at_home else ""
    papers = papers_for(placings()[kind].transition)
    command = DecidePlacement(
        child_id=CHILD, placement=kind, reason="委员会评估", decided_on=TODAY, papers=papers, teacher=teacher
    )
    return replace(command, **more)


AT_HOME = place(PlacementKind.HOME_TEACHING)
LAPSE = LapseHomeTeaching(child_id=CHILD, month=date(2026, 12, 15), valid_sessions=1)


@pytest.fixture
def school(nol: Registry) -> Registry:
    """Lin Xiaoyu in the sixth grade, on the list of disabled children."""
    nol.do(RegisterSchool(school_code=SCHOOL, name="青石镇中心小学", kind="PRIMARY", division="349921101"))
    nol.do(replace(register(), guardian_name="林大山"))
    nol.do(enrol())
    nol.do(DISABLED)
    return nol


def listed(nol: Registry) -> set[str]:
    """The placement ledgers on which the child stands."""
    rows = nol.store.ledger_collection("children")
    return {view.name for view in PLACEMENT_VIEWS if rows.find_one(dict(view.where))}


@pytest.mark.rule("10-08")
@pytest.mark.parametrize(
    ("kind", "status", "lists"),
    [
        (PlacementKind.INCLUSIVE, "IN_SCHOOL", {"placements"}),
        (PlacementKind.SPECIAL_SCHOOL, "SPECIAL_PLACEMENT", {"placements"}),
        (PlacementKind.HOME_TEACHING, "HOME_TEACHING", {"placements", "home-teaching"}),
        (PlacementKind.REMOTE, "HOME_TEACHING", {"placements", "home-teaching"}),
    ],
)
def test_a_disabled_child_is_placed_in_one_of_four_ways(
    school: Registry, kind: PlacementKind, status: str, lists: set[str]
) -> None:
    assert listed(school) == {"disabled-without-placement"}
    school.do(place(kind))
    row = school.child(CHILD)
    assert (row["status"], row["placement"], row["registration"]) == (status, kind.value, "ACTIVE")
    assert listed(school) == lists


@pytest.mark.rule("10-08")
@pytest.mark.parametrize(
    ("command", "refusal"),
    [
        (replace(AT_HOME, papers=OPINION), PapersMissing),
        (replace(AT_HOME, teacher=""), TeacherMissing),
        (replace(AT_HOME, decided_on=date(2026, 11, 21)), DateInFuture),
        (place(PlacementKind.INCLUSIVE, papers=()), PapersMissing),
        (ReviewPlacement(child_id=CHILD, reviewed_on=TODAY, papers=OPINION), NotPlaced),
        (LAPSE, NotTaughtAtHome),
    ],
)
def test_what_stands_against_a_placement(school: Registry, command: Any, refusal: type[Refused]) -> None:
    before = school.events()
    with pytest.raises(refusal):
        school.do(command)
    assert school.events() == before


@pytest.mark.rule("10-08")
def test_only_who_is_on_the_list_of_the_disabled_is_placed(nol: Registry) -> None:
    """Home teaching must not become a way of sending a child home."""
    nol.do(RegisterSchool(school_code=SCHOOL, name="青石镇中心小学", kind="PRIMARY", division="349921101"))
    nol.do(register())
    with pytest.raises(NotEnrolled):
        nol.do(AT_HOME)
    nol.do(enrol())
    with pytest.raises(NotOnDisabilityList):
        nol.do(AT_HOME, id="enrolled")


def test_who_is_taught_at_home_has_a_student_file_first(nol: Registry) -> None:
    nol.do(RegisterSchool(school_code=SCHOOL, name="青石镇中心小学", kind="PRIMARY", division="349921101"))
    nol.do(register())
    nol.do(replace(enrol(), student_number_kind=StudentNumberKind.NONE))
    nol.do(DISABLED)
    with pytest.raises(FileNeededFirst):
        nol.do(AT_HOME)


def test_home_teaching_ends_a_suspicion_and_no_class_counts_the_child(school: Registry) -> None:
    school.do(missed())
    school.wait_until(date(2026, 11, 21))
    assert school.child(CHILD)["status"] == "SUSPECTED_DROPOUT"
    school.do(AT_HOME)
    row = school.child(CHILD)
    assert (row["status"], row["absent_since"], row["home_teacher"]) == ("HOME_TEACHING", None, "孙老师")
    with pytest.raises(TaughtAtHome):
        school.do(mark("UNEXCUSED", 74))
    assert not school.do(mark("PRESENT", 74)).events
    school.wait_until(date(2027, 1, 5))
    assert school.child(CHILD)["status"] == "HOME_TEACHING"


def test_the_committee_looks_again_each_term_or_stands_as_late(school: Registry) -> None:
    school.do(AT_HOME)
    due = date.fromisoformat(school.child(CHILD)["review_by"])
    assert due == read_terms().term_at_or_after(date(2027, 2, 1)).first_day + (date(2026, 1, 31) - date(2026, 1, 1))
    school.wait_until(due)
    assert school.child(CHILD)["review_missed"] is False
    school.wait_until(date.fromordinal(due.toordinal() + 1))
    assert school.child(CHILD)["review_missed"] is True
    again = ReviewPlacement(child_id=CHILD, reviewed_on=due, papers=OPINION)
    with pytest.raises(PapersMissing):
        school.do(replace(again, papers=()))
    with pytest.raises(DateBefore):
        school.do(replace(again, reviewed_on=date(2026, 11, 19)))
    school.do(again)
    row = school.child(CHILD)
    assert (row["review_missed"], row["reviewed_on"]) == (False, due.isoformat())
    assert row["review_by"] > due.isoformat()


def test_a_month_without_enough_teaching_makes_the_child_suspected(school: Registry) -> None:
    school.do(AT_HOME)
    school.wait_until(date(2026, 12, 31))
    with pytest.raises(MonthNotOver):
        school.do(LAPSE)
    school.wait_until(date(2027, 1, 1))
    with pytest.raises(QuotaMet):
        school.do(replace(LAPSE, valid_sessions=2))
    with pytest.raises(DateBefore):
        school.do(replace(LAPSE, month=date(2026, 10, 1)))
    school.do(LAPSE, id="too few")
    row = school.child(CHILD)
    assert (row["status"], row["absent_since"], row["cycle"]) == ("SUSPECTED_DROPOUT", "2026-12-01", 1)
    school.do(replace(AT_HOME, decided_on=date(2027, 1, 1)), id="taught again")
    assert school.child(CHILD)["status"] == "HOME_TEACHING"


def test_a_child_that_gets_better_goes_to_school(school: Registry) -> None:
    school.do(AT_HOME)
    with pytest.raises(SamePlacement):
        school.do(AT_HOME, id="again")
    school.do(place(PlacementKind.INCLUSIVE))
    row = school.child(CHILD)
    assert (row["status"], row["placement"], row["home_teacher"]) == ("IN_SCHOOL", "INCLUSIVE", "")


def test_who_is_away_checks_in_before_any_place_at_a_school(school: Registry) -> None:
    school.do(missed())
    school.wait_until(date(2026, 11, 21))
    with pytest.raises(TransitionNotAllowed):
        school.do(place(PlacementKind.INCLUSIVE))


def test_a_clock_that_comes_late_changes_nothing() -> None:
    command = MissPlacementReview(child_id=CHILD)
    given(CHILDREN, registered()).when(miss_placement_review, command, on(TODAY)).then_nothing()


def test_an_unknown_child_is_placed_nowhere() -> None:
    decide = partial(decide_placement, POLICY.placement, shipped_calendar())
    given(CHILDREN).when(decide, AT_HOME, on(TODAY)).then_refused("child-not-registered")
