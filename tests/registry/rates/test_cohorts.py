"""Cohorts: leavers of the year by those who entered six or three years ago, as transfers changed them."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import pytest

from services.registry.children.files import EnrolChild, RegisterChild, RegisterPupil
from services.registry.children.ids import ChildId, SchoolCode
from services.registry.children.statuses import StudentNumberKind
from services.registry.leaving.decisions import RecordGraduation
from services.registry.leaving.events import Certificate
from services.registry.rates.cohorts import Cohort, belongs_to, left, stage_of
from services.registry.rates.flow import Start
from services.registry.rates.rates import Rate
from services.registry.rosters.decisions import TakeRosterSnapshot
from services.registry.schools.schools import RegisterSchool
from shared.calendar import read_terms
from shared.calendar.terms import SchoolYear
from shared.calendar.zone import start_of_local_day
from tests.registry.conftest import Registry
from tests.registry.facts import OTHER_SCHOOL, SCHOOL
from tests.registry.rates.given import move, pupil
from tests.registry.test_api import SignIn

THIRD = SchoolCode("2134000009")
ENTERED = Start(school_of={"c1": SCHOOL}, taken_on={SCHOOL: date(2026, 9, 11), OTHER_SCHOOL: date(2026, 9, 11)})
COHORT = Cohort(stage=stage_of(Rate.PRIMARY_COHORT), year=SchoolYear(2031), terms=read_terms(), beginning=ENTERED)
"""Entered the first grade in the autumn of 2026, leaves the sixth in the summer of 2032."""


def transferred(on: str, grade: int, *, left: str = SCHOOL, to: str = OTHER_SCHOOL) -> dict[str, Any]:
    return move("TRANSFERRED", on, left=left, to=to, grade=grade)


@pytest.mark.parametrize(
    ("child", "moves", "school"),
    [
        ("c1", [], SCHOOL),
        ("c9", [], None),
        ("c1", [transferred("2028-10-08", 3)], OTHER_SCHOOL),
        ("c1", [transferred("2028-10-08", 3, to=THIRD)], None),
        ("c1", [move("TRANSFERRED_OUT", "2028-10-08", left=SCHOOL, grade=3)], None),
        ("c1", [move("SCHOOL_MERGED", "2028-08-01", left=SCHOOL, to=OTHER_SCHOOL, grade=2)], OTHER_SCHOOL),
        ("c1", [transferred("2028-10-08", 2)], None),
        ("c1", [move("SUSPENDED", "2028-10-08", left=SCHOOL, grade=3)], SCHOOL),
        ("c1", [move("DIED", "2028-10-08", left=SCHOOL, grade=3)], SCHOOL),
        ("c9", [move("TRANSFERRED_IN", "2028-10-08", to=SCHOOL, grade=3)], SCHOOL),
        ("c9", [move("TRANSFERRED_IN", "2028-08-20", to=SCHOOL, grade=3)], SCHOOL),
        ("c9", [move("TRANSFERRED_IN", "2028-08-20", to=SCHOOL, grade=2)], None),
        ("c9", [move("TRANSFERRED_IN", "2028-10-08", to=SCHOOL, grade=4)], None),
        ("c9", [transferred("2026-09-20", 1, left=THIRD)], OTHER_SCHOOL),
    ],
)
def test_transfers_lead_into_a_cohort_and_out_of_it(
    child: str, moves: Sequence[dict[str, Any]], school: str | None
) -> None:
    assert belongs_to(pupil(moves, _id=child), COHORT) == school


@pytest.mark.parametrize(
    ("moves", "school"),
    [
        ([move("PRIMARY_COMPLETED", "2032-07-05", left=SCHOOL)], SCHOOL),
        ([move("PRIMARY_COMPLETED", "2031-07-05", left=SCHOOL)], None),
        ([move("PROMOTED_HERE", "2032-09-01", left=SCHOOL, to=SCHOOL, grade=7)], SCHOOL),
        ([move("PROMOTED_HERE", "2032-08-25", left=SCHOOL, to=SCHOOL, grade=7)], SCHOOL),
        ([move("PROMOTED_HERE", "2031-09-01", left=SCHOOL, to=SCHOOL, grade=7)], None),
        ([move("GRADUATED", "2032-07-05", left=SCHOOL, grade=9)], None),
        ([transferred("2032-03-05", 6)], None),
    ],
)
def test_who_has_finished_the_stage_in_the_year_is_a_leaver(moves: Sequence[dict[str, Any]], school: str) -> None:
    assert left(pupil(moves), COHORT) == school


@pytest.fixture
def junior(nol: Registry) -> Registry:
    """A junior school with five first-graders on its frozen roster, and one pupil in the last grade already."""
    nol.do(RegisterSchool(school_code=OTHER_SCHOOL, name="白沙初级中学", kind="JUNIOR_MIDDLE", division="349921102"))
    for number in range(6):
        child = RegisterChild(
            child_id=ChildId(f"c{number}"),
            name=f"田{number}",
            sex="F",
            birth_date=date(2013, 9, 3),
            division="349921102201",
            guardian_name="田大山",
        )
        nol.do(RegisterPupil(child=child, enrolment=enrolment(number, 9 if number == 5 else 7, date(2026, 9, 1))))
    nol.do(TakeRosterSnapshot(school_code=OTHER_SCHOOL, term="2026-autumn"))
    return nol


def enrolment(number: int, grade: int, on: date) -> EnrolChild:
    return EnrolChild(
        child_id=ChildId(f"c{number}"),
        school_code=OTHER_SCHOOL,
        grade=grade,
        class_no=1,
        enrolled_on=on,
        student_number_kind=StudentNumberKind.FORMAL,
    )


def at(nol: Registry, day: date) -> None:
    nol.clock.advance(start_of_local_day(day) + timedelta(hours=9) - nol.clock.now())


def graduate(nol: Registry, number: int, on: date) -> None:
    nol.do(
        RecordGraduation(
            child_id=ChildId(f"c{number}"),
            certificate=Certificate.DIPLOMA,
            certificate_no=f"B-{number}",
            graduated_on=on,
        )
    )


def test_a_cohort_whose_beginning_nobody_has_frozen_has_no_figure_but_a_reason(
    junior: Registry, sign_in: SignIn
) -> None:
    graduate(junior, 5, date(2026, 11, 20))
    told = sign_in("bureau_officer", division="349921").get("/rates?rate=JUNIOR_COHORT&basis=REGISTRATION").json
    [county] = told["groups"]
    assert (county["share"], county["denominator"], county["no_figure"]) == (None, None, "BEGINNING_UNKNOWN")
    assert county["no_figure_label"] == "该届入学时没有固定的花名册，无法计算。"
    assert (told["label"], told["schools_without_start"]) == ("初中三年巩固率", [OTHER_SCHOOL])


def test_three_years_later_the_leavers_are_told_by_those_who_entered(junior: Registry, sign_in: SignIn) -> None:
    """Given five who entered; three graduate in time: no figure before the first, 3/5 after, and 60 % of the list."""
    nol = junior
    for year, grade in ((2027, 8), (2028, 9)):
        at(nol, date(year, 9, 1))
        for number in range(5):
            nol.do(enrolment(number, grade, date(year, 9, 1)))
    query = "rate=JUNIOR_COHORT&basis=HOUSEHOLD&by=township"
    officer = sign_in("bureau_officer", division="349921")
    [before] = officer.get(f"/rates?{query}").json["groups"]
    assert (before["share"], before["no_figure"]) == (None, "NO_LEAVERS_YET")
    at(nol, date(2029, 7, 6))
    for number in range(3):
        graduate(nol, number, date(2029, 7, 5))
    [found] = officer.get(f"/rates?{query}").json["groups"]
    assert (found["group"], found["share"], found["no_figure"]) == ("349921102", "3/5（60.00%）", None)
