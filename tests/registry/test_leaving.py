"""Graduation, the step to junior school, death, abroad, declared missing: who leaves, and who must arrive."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from services.registry.attendance.returning import RecordReturn
from services.registry.children.files import EnrolChild
from services.registry.children.ids import SchoolCode
from services.registry.children.refusals import PrimaryNotHandedOver
from services.registry.leaving.decisions import (
    CompletePrimary,
    RecordAbroad,
    RecordDeath,
    RecordDeclaredMissing,
    RecordGraduation,
)
from services.registry.leaving.events import Certificate
from services.registry.leaving.refusals import NotInLastGrade, NotLostLongEnough, SameSchool, SchoolingEnded
from services.registry.ledgers.whereabouts import WHEREABOUTS_VIEWS
from services.registry.schools.headcounts import headcounts
from services.registry.schools.refusals import GradeNotTaught
from services.registry.schools.schools import RegisterSchool, SchoolNotRegistered
from services.registry.transitions.refusals import PapersMissing, TransitionNotAllowed
from services.registry.whereabouts.decisions import ReportLost
from shared.kernel.caller import Scope
from shared.kernel.refusals import DateInFuture, Refused
from shared.kernel.views import Filters, ViewReader
from tests.registry.conftest import COUNTY, Registry
from tests.registry.facts import CHILD, OTHER_SCHOOL, SCHOOL, enrol, mark, missed, register
from tests.registry.given_headcounts import nobody
from tests.registry.imports.test_importing import sheet
from tests.registry.papers import papers_for

TODAY = date(2026, 11, 20)


@pytest.fixture
def school(nol: Registry) -> Registry:
    """Lin Xiaoyu in the sixth grade of the primary school; a junior school beside it."""
    for code, kind in ((SCHOOL, "PRIMARY"), (OTHER_SCHOOL, "JUNIOR_MIDDLE")):
        nol.do(RegisterSchool(school_code=code, name=f"学校{code}", kind=kind, division="349921101"))
    nol.do(replace(register(), guardian_name="林大山"))
    nol.do(enrol())
    return nol


def teaches_to_the_ninth(nol: Registry) -> None:
    nol.do(RegisterSchool(school_code=SCHOOL, name=f"学校{SCHOOL}", kind="NINE_YEAR", division="349921101"))


def status(nol: Registry) -> tuple[str, str]:
    row = nol.child(CHILD)
    return row["status"], row["registration"]


DEATH = RecordDeath(child_id=CHILD, died_on=TODAY, papers=papers_for("DEATH"))
LEFT = CompletePrimary(child_id=CHILD, next_school_code=OTHER_SCHOOL, completed_on=TODAY)
DIPLOMA = RecordGraduation(child_id=CHILD, certificate=Certificate.DIPLOMA, certificate_no="B-1", graduated_on=TODAY)


def test_after_a_death_nothing_of_school_life_is_recorded_and_no_clock_runs(school: Registry) -> None:
    school.do(missed())
    school.do(DEATH)
    assert status(school) == ("DECEASED", "CANCELLED")
    assert headcounts(school.store, COUNTY, nobody, by_class=False) == []
    for command in (mark("PRESENT", 1), replace(enrol(OTHER_SCHOOL), grade=7, enrolled_on=TODAY)):
        with pytest.raises(SchoolingEnded):
            school.do(command)
    with pytest.raises(SchoolingEnded):
        school.do(RecordReturn(child_id=CHILD, school_code=SCHOOL, returned_on=TODAY, evidence=("1",)))
    school.wait_until(TODAY + timedelta(days=40))
    assert status(school) == ("DECEASED", "CANCELLED")


def test_a_death_needs_its_paper_and_a_day_that_has_come(school: Registry) -> None:
    with pytest.raises(PapersMissing):
        school.do(replace(DEATH, papers=()))
    with pytest.raises(DateInFuture):
        school.do(replace(DEATH, died_on=TODAY + timedelta(days=1)))
    assert school.do(DEATH).events
    assert not school.do(DEATH, id="again").events


def test_activity_after_the_day_of_death_is_found(school: Registry) -> None:
    """The school enrolled the child two days after it had died: one of the two is wrong."""
    assert "ACTIVE_AFTER_DEATH" not in school.child(CHILD)["issues"]
    school.do(replace(DEATH, died_on=date(2026, 8, 30)))
    assert "ACTIVE_AFTER_DEATH" in school.child(CHILD)["issues"]


def test_the_ninth_grade_ends_with_a_certificate_and_only_the_ninth(school: Registry) -> None:
    with pytest.raises(NotInLastGrade):
        school.do(DIPLOMA)
    teaches_to_the_ninth(school)
    school.do(replace(enrol(), grade=9))
    school.do(DIPLOMA, id="in the ninth")
    assert status(school) == ("COMPLETED", "GRADUATED")
    with pytest.raises(SchoolingEnded):
        school.do(mark("PRESENT", 1))


def test_a_certificate_of_completion_is_no_diploma(school: Registry) -> None:
    teaches_to_the_ninth(school)
    school.do(replace(enrol(), grade=9))
    school.do(replace(DIPLOMA, certificate=Certificate.COMPLETION))
    assert status(school) == ("COMPLETED", "COMPLETED")


def test_from_primary_school_a_child_goes_on_to_any_junior_school(school: Registry) -> None:
    at_junior = EnrolChild(child_id=CHILD, school_code=OTHER_SCHOOL, grade=7, class_no=1, enrolled_on=TODAY)
    with pytest.raises(PrimaryNotHandedOver):
        school.do(at_junior)
    school.do(LEFT)
    assert school.child(CHILD)["hand_over"] == "AWAITED"
    school.do(at_junior, id="after primary school")
    row = school.child(CHILD)
    assert (row["school"], row["hand_over"], row["status"]) == (OTHER_SCHOOL, "ARRIVED", "IN_SCHOOL")
    school.wait_until(date(2027, 10, 1))
    assert school.child(CHILD)["hand_over"] == "ARRIVED"


def test_no_child_is_handed_over_to_a_school_that_does_not_teach_its_next_grade(school: Registry) -> None:
    third = SchoolCode("2134000009")
    school.do(RegisterSchool(school_code=third, name="石坪小学", kind="PRIMARY", division="349921101"))
    with pytest.raises(GradeNotTaught):
        school.do(replace(LEFT, next_school_code=third))
    assert "hand_over" not in school.child(CHILD)


def test_who_does_not_arrive_is_absent_from_the_first_of_september_and_soon_suspected(school: Registry) -> None:
    school.do(LEFT)
    school.wait_until(date(2027, 9, 10))
    assert school.child(CHILD)["hand_over"] == "AWAITED"
    school.wait_until(date(2027, 9, 11))
    row = school.child(CHILD)
    assert (row["hand_over"], row["absent_since"]) == ("MISSED", "2027-09-01")
    school.wait_until(date(2027, 9, 12))
    assert school.child(CHILD)["status"] == "SUSPECTED_DROPOUT"


def test_a_late_arrival_has_a_place_first_and_is_back_when_it_checks_in(school: Registry) -> None:
    school.do(LEFT)
    school.wait_until(date(2027, 9, 15))
    school.do(EnrolChild(child_id=CHILD, school_code=OTHER_SCHOOL, grade=7, class_no=1, enrolled_on=date(2027, 9, 15)))
    assert school.child(CHILD)["status"] == "SUSPECTED_DROPOUT"
    checked_in = RecordReturn(
        child_id=CHILD, school_code=OTHER_SCHOOL, returned_on=date(2027, 9, 15), evidence=("报到单1号",)
    )
    school.do(checked_in)
    assert (school.child(CHILD)["status"], school.child(CHILD)["school"]) == ("RETURNED_PROBATION", OTHER_SCHOOL)


@pytest.mark.parametrize(
    ("command", "refusal"),
    [
        (replace(LEFT, next_school_code=SCHOOL), SameSchool),
        (replace(LEFT, next_school_code="3134999999"), SchoolNotRegistered),
        (RecordAbroad(child_id=CHILD, country="老挝", left_on=TODAY), PapersMissing),
        (
            RecordDeclaredMissing(child_id=CHILD, declared_on=TODAY, papers=papers_for("DECLARED_MISSING")),
            TransitionNotAllowed,
        ),
    ],
)
def test_what_cannot_be_is_refused(school: Registry, command: Any, refusal: type[Refused]) -> None:
    with pytest.raises(refusal):
        school.do(command)


def test_a_child_gone_abroad_counts_nowhere(school: Registry) -> None:
    school.do(RecordAbroad(child_id=CHILD, country="老挝", left_on=TODAY, papers=papers_for("ABROAD")))
    assert status(school) == ("ABROAD", "CANCELLED")
    assert school.child(CHILD)["whereabouts"] == "老挝"
    assert headcounts(school.store, COUNTY, nobody, by_class=False) == []


def test_a_court_declares_a_child_missing_two_years_after_it_was_lost(school: Registry) -> None:
    school.do(missed())
    lost = ReportLost(
        child_id=CHILD,
        last_seen="镇汽车站",
        investigators=("方老师",),
        lost_on=TODAY,
        papers=papers_for("WHEREABOUTS_LOST"),
    )
    school.do(lost)
    declared = RecordDeclaredMissing(
        child_id=CHILD, declared_on=date(2028, 11, 19), papers=papers_for("DECLARED_MISSING")
    )
    school.clock.advance(timedelta(days=800))
    with pytest.raises(NotLostLongEnough):
        school.do(declared)
    school.do(replace(declared, declared_on=date(2028, 11, 20)))
    assert school.child(CHILD)["status"] == "MISSING_DECLARED"
    leavers = next(view for view in WHEREABOUTS_VIEWS if view.name == "leavers")
    [row] = ViewReader(school.store, leavers, Scope("349921")).page(Filters(), "", 10).rows
    assert row["declared_missing_on"] == "2028-11-20"


def test_a_whole_class_graduates_by_list_and_bad_rows_come_back(school: Registry) -> None:
    """Given one pupil in the ninth and one unknown; when the list comes; then one graduates, one row comes back."""
    number = school.personal.seal(CHILD, "student_number", "G349921201409031020")
    index = school.personal.index("student_number", "G349921201409031020")
    teaches_to_the_ninth(school)
    school.do(replace(enrol(), grade=9, student_number=number, student_number_index=index))
    heading = ["姓名", "学籍号", "证书类别", "证书编号", "毕业日期"]
    rows = [
        ["林小雨", "G349921201409031020", "毕业", "B-1", "2026-11-20"],
        ["钱多多", "G349921201202290033", "毕业", "B-2", "2026-11-20"],
    ]
    report = school.load("graduates", sheet("毕业生", heading, *rows))
    assert (report.counts["changed"], report.counts["refused"]) == (1, 1)
    assert status(school) == ("COMPLETED", "GRADUATED")
    assert school.load("graduates", sheet("毕业生", heading, rows[0]), name="again").counts["unchanged"] == 1


def test_a_list_hands_the_sixth_grade_over(school: Registry) -> None:
    number = school.personal.seal(CHILD, "student_number", "G349921201409031020")
    index = school.personal.index("student_number", "G349921201409031020")
    school.do(replace(enrol(), class_no=3, student_number=number, student_number_index=index))
    heading = ["姓名", "学籍号", "升入学校标识码", "毕业日期"]
    rows = [["林小雨", "G349921201409031020", OTHER_SCHOOL, "2026-11-20"]]
    assert school.load("primary-leavers", sheet("名册", heading, *rows)).counts["changed"] == 1
    assert school.child(CHILD)["next_school_name"] == f"学校{OTHER_SCHOOL}"
