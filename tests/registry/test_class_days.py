"""一日常规检查: a class counted day by day, by hand and by sheets; who is not explained stands out. Rule 8-05."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from services.registry.attendance.daily import RecordAttendance
from services.registry.attendance.marks import Mark, MarkKind
from services.registry.attendance.runs import RecordAbsences
from services.registry.attendance.suspicion import FlagSuspectedDropout
from services.registry.children.ids import ChildId
from services.registry.class_days.counting import CLASS_DAYS, CountClassDays, DayCount, count_days
from services.registry.class_days.events import ClassDayCounted
from services.registry.class_days.rows import CLASS_DAYS_LEDGER
from shared.kernel.caller import Caller, Scope
from shared.kernel.commands import Context
from shared.kernel.rebuild import rebuild
from shared.kernel.refusals import DateInFuture, NotFound, RoleNotAllowed
from tests.given import given, on
from tests.registry.conftest import COUNTY, Registry
from tests.registry.imports.test_importing import BOOK, LI, SCHOOL, WANG, ZHAO, school
from tests.registry.test_api import SignIn, code, officer
from tests.shared.http.client import Client
from tests.shared.workbooks.building import workbook_of

__all__ = ["officer", "school"]  # fixtures, used by name

FRIDAY = date(2026, 11, 20)
COUNTS = ["日期", "年级", "班级", "应到", "实到"]
COUNT = CountClassDays(
    school_code=SCHOOL,
    grade=6,
    class_no=2,
    days=(DayCount(day=FRIDAY, expected=40, present=38, on_leave=1, absent=1),),
)
COUNTED = ClassDayCounted(
    school_code=SCHOOL,
    division="349921101",
    grade=6,
    class_no=2,
    day=FRIDAY,
    expected=40,
    present=38,
    absent=1,
    on_leave=1,
    known=[],
)


def deciding(known: Any, command: CountClassDays, context: Context) -> Any:
    return count_days("349921101", (), known, command, context)


def with_day(**change: Any) -> CountClassDays:
    return replace(COUNT, days=(replace(COUNT.days[0], **change),))


def days(nol: Registry) -> dict[str, tuple[Any, ...]]:
    told = ("expected", "present", "absent", "on_leave", "unexplained", "status")
    rows = nol.store.ledger_collection("class-days").find({"status": {"$ne": "NOT_COUNTED"}})
    return {row["_id"]: tuple(row[name] for name in told) for row in rows}


# -- deciding


@pytest.mark.rule("8-05")
def test_a_day_is_told_once_and_again_when_it_is_counted_otherwise() -> None:
    first = given(CLASS_DAYS).when(deciding, COUNT, on(FRIDAY)).then(COUNTED)
    again = first.when(deciding, COUNT, on(FRIDAY)).then_nothing()
    again.when(deciding, with_day(present=37), on(FRIDAY)).then(replace(COUNTED, present=37))


def test_no_more_pupils_are_accounted_for_than_the_class_has() -> None:
    refusal = given(CLASS_DAYS).when(deciding, with_day(present=39), on(FRIDAY)).then_refused("counts-do-not-add-up")
    assert refusal.field == "expected"
    assert "合计41人" in refusal.zh


def test_nobody_is_counted_on_a_day_to_come_and_each_school_year_is_told_by_itself() -> None:
    given(CLASS_DAYS).when(deciding, with_day(day=date(2026, 11, 21)), on(FRIDAY)).then_refused(DateInFuture.code)
    last_year = replace(COUNT.days[0], day=date(2026, 6, 5))
    both = replace(COUNT, days=(*COUNT.days, last_year))
    given(CLASS_DAYS).when(deciding, both, on(FRIDAY)).then_refused("day-outside-school-year")


# -- by hand


@pytest.mark.rule("8-05")
def test_names_explain_a_difference_and_numbers_do_not(school: Registry) -> None:
    """A class that reports one absent and one on leave, and names nobody, has explained nothing."""
    school.do(COUNT)
    assert days(school) == {f"{SCHOOL}:6-2:2026-11-20": (40, 38, 1, 1, 2, "UNEXPLAINED")}
    school.do(RecordAttendance(child_id=pupil(school, WANG), marks=(Mark(day=FRIDAY, kind=MarkKind.UNEXCUSED),)))
    school.do(COUNT, id="one named")
    assert days(school) == {f"{SCHOOL}:6-2:2026-11-20": (40, 38, 1, 1, 1, "UNEXPLAINED")}
    school.do(RecordAttendance(child_id=pupil(school, ZHAO), marks=(Mark(day=FRIDAY, kind=MarkKind.SICK),)))
    school.do(COUNT, id="both named")
    assert days(school) == {f"{SCHOOL}:6-2:2026-11-20": (40, 38, 1, 1, 0, "EXPLAINED")}
    assert not school.do(COUNT, id="nothing new").events
    live = days(school)
    rebuild(school.application, CLASS_DAYS_LEDGER, {})
    assert days(school) == live


@pytest.mark.rule("8-05")
def test_a_known_absence_explains_one_and_one_who_is_known_to_be_absent_cannot_be_counted_as_present(
    school: Registry,
) -> None:
    school.do(RecordAttendance(child_id=pupil(school, WANG), marks=(Mark(day=FRIDAY, kind=MarkKind.PERSONAL),)))
    school.do(with_day(present=39, absent=0, on_leave=0))
    assert days(school) == {f"{SCHOOL}:6-2:2026-11-20": (40, 39, 0, 0, 0, "EXPLAINED")}
    school.do(with_day(present=40, absent=0, on_leave=0))
    assert days(school) == {f"{SCHOOL}:6-2:2026-11-20": (40, 40, 0, 0, 0, "UNEXPLAINED")}


@pytest.mark.rule("8-05")
@pytest.mark.parametrize("present", [39, 40], ids=["counted in", "left out"])
def test_whoever_is_suspected_may_be_counted_in_by_the_class_or_left_out(school: Registry, present: int) -> None:
    child = pupil(school, WANG)
    school.do(RecordAbsences(child_id=child, day=date(2026, 11, 9), until=FRIDAY))
    school.do(FlagSuspectedDropout(child_id=child, reason="外出务工"))
    school.do(with_day(present=present, absent=0, on_leave=0))
    assert days(school)[f"{SCHOOL}:6-2:2026-11-20"][-1] == "EXPLAINED"


def pupil(nol: Registry, id_number: str) -> ChildId:
    row = nol.store.ledger_collection("children").find_one({"id_index": nol.personal.index("id_number", id_number)})
    assert row is not None
    return ChildId(row["_id"])


def test_a_teacher_counts_at_the_own_school_and_nobody_counts_for_money(school: Registry) -> None:
    assert school.do(COUNT, caller=Caller("u2", "class_teacher", Scope(school=SCHOOL))).events
    with pytest.raises(NotFound):
        school.do(with_day(present=36), caller=Caller("u3", "class_teacher", Scope(school="3134000002")))
    with pytest.raises(RoleNotAllowed):
        school.do(with_day(present=36), caller=Caller("u4", "finance_preparer", Scope("349921")))


def test_a_day_is_counted_over_the_api_and_stands_in_the_ledger_of_days(officer: Client, sign_in: SignIn) -> None:
    teacher = sign_in("class_teacher", school=SCHOOL)
    body = {"grade": 6, "class_no": 2, "day": "2026-11-20", "expected": 40, "present": 38, "on_leave": 1}
    assert teacher.post(f"/schools/{SCHOOL}/class-days", body).status_code == 201
    (row,) = teacher.get("/ledgers/daily-headcounts?from=2026-11-20&to=2026-11-20").json["rows"]
    cells = row["cells"]
    assert (cells["school_row.name"], cells["expected"], cells["present"]) == ("青石镇中心小学", 40, 38)
    assert (cells["on_leave"], cells["absent"], cells["unexplained"], cells["status"]) == (1, 0, 2, "UNEXPLAINED")
    too_many = teacher.post(f"/schools/{SCHOOL}/class-days", body | {"present": 41})
    assert code(too_many) == (422, "counts-do-not-add-up")
    assert officer.get("/ledgers/daily-headcounts.xlsx").status_code == 200


# -- by sheets


@pytest.mark.rule("8-05")
def test_a_sheet_counts_each_class_and_says_how_many_of_the_missing_it_names(school: Registry) -> None:
    absent = [["王小雨", WANG, "2026-11-16", "旷课", ""], ["李大河", LI, "2026-11-16", "病假", ""]]
    counted = [COUNTS, ["2026-11-16", "六年级", "2班", 2, 1], ["2026-11-16", "五年级", "1班", 3, 1]]
    sheet = workbook_of({"缺勤": [["青石镇中心小学缺勤登记表"], BOOK, *absent], "人数": counted})
    report = school.load("attendance", sheet)
    assert days(school) == {
        f"{SCHOOL}:6-2:2026-11-16": (2, 1, 1, 0, 0, "EXPLAINED"),
        f"{SCHOOL}:5-1:2026-11-16": (3, 1, 0, 1, 1, "UNEXPLAINED"),
    }
    assert (report.counts["changed"], report.refused) == (4, [])
    events = school.events()
    school.load("attendance", sheet)
    assert school.events() == events


def test_a_count_that_cannot_be_costs_no_other_row(school: Registry) -> None:
    absent = [["王小雨", WANG, "2026-11-16", "旷课", ""]]
    counted = [COUNTS, ["2026-11-16", "六年级", "2班", 2, 2], ["2026-11-17", "六年级", "2班", 2, 2]]
    sheet = workbook_of({"缺勤": [["青石镇中心小学缺勤登记表"], BOOK, *absent], "人数": counted})
    report = school.load("attendance", sheet)
    (row,) = report.refused
    (problem,) = row.problems
    assert (row.row_number, problem.code, problem.field_title) == (2, "counts-do-not-add-up", "应到")
    assert days(school) == {f"{SCHOOL}:6-2:2026-11-17": (2, 2, 0, 0, 0, "EXPLAINED")}
    assert "合计3人" in problem.reason


def test_the_county_sees_all_days_a_school_its_own(school: Registry, sign_in: SignIn) -> None:
    school.do(COUNT, caller=COUNTY)
    assert len(sign_in("county_admin", division="349921").get("/ledgers/daily-headcounts").json["rows"]) == 1
    assert sign_in("class_teacher", school="3134000002").get("/ledgers/daily-headcounts").json["rows"] == []
