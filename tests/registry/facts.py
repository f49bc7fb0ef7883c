"""Events and commands of an invented pupil, Lin Xiaoyu, with what a test does not care about filled in."""

from datetime import date, datetime, timedelta
from functools import partial

from services.registry.attendance.daily import RecordAttendance, record_attendance
from services.registry.attendance.events import (
    AbsenceRecorded,
    AttendanceResumed,
    DropoutConfirmed,
    LeaveRecorded,
    PersuasionNoted,
    ReturnStabilised,
    StudentRelapsed,
    StudentReturned,
    SuspectedDropoutFlagged,
)
from services.registry.attendance.marks import Mark, MarkKind
from services.registry.attendance.returning import RecordReturn
from services.registry.attendance.runs import RecordAbsences
from services.registry.attendance.suspicion import ConfirmDropout
from services.registry.children.events import ChildEnrolled, ChildRegistered
from services.registry.children.files import EnrolChild, RegisterChild
from services.registry.children.ids import ChildId, SchoolCode
from services.registry.children.statuses import StudentNumberKind
from services.registry.policy import read_policy
from services.registry.schools.schools import RegisterSchool
from shared.calendar import SchoolCalendar, read_terms, read_working_calendar
from shared.calendar.zone import start_of_local_day

POLICY = read_policy()
CHILD = ChildId("c1")
SCHOOL = SchoolCode("2134000001")
OTHER_SCHOOL = SchoolCode("3134000002")
BORN = date(2014, 9, 3)
ENROLLED = date(2026, 9, 1)
MONDAY = date(2026, 9, 7)

CALENDAR = SchoolCalendar(read_terms(), read_working_calendar())

book = partial(record_attendance, POLICY, CALENDAR)


def day(number: int) -> date:
    """The n-th day from the Monday on which the absence begins (that is day 0)."""
    return MONDAY + timedelta(days=number)


def registered() -> ChildRegistered:
    return ChildRegistered(
        child_id=CHILD,
        name="林小雨",
        sex="F",
        birth_date=BORN,
        of_age=True,
        id_number=None,
        id_index=None,
        division="349921101",
        household_no="H1",
        guardian_name="林大山",
        guardian_relation="51",
        guardian_phone=None,
        guardian_account=None,
        ethnicity="01",
        registered_on=date(2026, 9, 1),
    )


def enrolled() -> ChildEnrolled:
    return ChildEnrolled(
        child_id=CHILD,
        school_code=SCHOOL,
        school_name="青石镇中心小学",
        grade=6,
        class_no=2,
        boarder=False,
        student_number=None,
        student_number_index=None,
        student_number_kind=StudentNumberKind.FORMAL,
        class_teacher="周老师",
        enrolled_on=ENROLLED,
    )


def absent(
    on: int,
    since: int | None = 0,
    *,
    probation: bool = False,
    remark: str = "",
    told: int | None = None,
    on_leave: bool = False,
) -> AbsenceRecorded:
    """`told`: the day on which it was recorded, where that was late."""
    return AbsenceRecorded(
        child_id=CHILD,
        school_code=SCHOOL,
        day=day(on),
        absent_since=None if since is None else day(since),
        on_leave=on_leave,
        kind=MarkKind.UNEXCUSED,
        remark=remark,
        on_probation=probation,
        believed_from=believed_from(told),
    )


def believed_from(told: int | None) -> datetime | None:
    """An hour after tests record what they record."""
    return None if told is None else start_of_local_day(day(told)) + timedelta(hours=10)


def absent_days(last: int, since: int = 0, *, probation: bool = False) -> tuple[AbsenceRecorded, ...]:
    """The school days from one day to another, both included."""
    numbers = [number for number in range(since, last + 1) if CALENDAR.has_school(day(number))]
    return tuple(absent(number, since, probation=probation) for number in numbers)


def sick(
    on: int,
    rest: int | None = None,
    *,
    steady: int | None = None,
    probation: bool = False,
    on_leave: bool = True,
    told: int | None = None,
) -> LeaveRecorded:
    return LeaveRecorded(
        child_id=CHILD,
        day=day(on),
        kind=MarkKind.SICK,
        remark="",
        absent_since=None if rest is None else day(rest),
        on_leave=on_leave and rest is None,
        on_probation=probation,
        steady_since=None if steady is None else day(steady),
        believed_from=believed_from(told),
    )


def resumed(
    on: int,
    rest: int | None = None,
    *,
    steady: int | None = None,
    probation: bool = False,
    inferred: bool = False,
    told: int | None = None,
) -> AttendanceResumed:
    return AttendanceResumed(
        child_id=CHILD,
        school_code=SCHOOL,
        present_on=day(on),
        inferred=inferred,
        absent_since=None if rest is None else day(rest),
        on_leave=False,
        on_probation=probation,
        steady_since=None if steady is None else day(steady),
        believed_from=believed_from(told),
    )


def suspected(on: int = 7, *, cycle: int = 1, poor: bool = False, since: int = 0, reason: str = "") -> object:
    return SuspectedDropoutFlagged(
        child_id=CHILD,
        school_code=SCHOOL,
        grade=6,
        class_no=2,
        absent_since=day(since),
        flagged_on=day(on),
        poor=poor,
        cycle=cycle,
        reason=reason,
    )


def noted(on: int, *, attempts: int, failed: int, result: str = "REFUSED", cycle: int = 1) -> PersuasionNoted:
    return PersuasionNoted(
        child_id=CHILD, attempts=attempts, failed=failed, last_result=result, noted_on=day(on), cycle=cycle
    )


def dropped_out(on: int = 28, *, cycle: int = 1) -> DropoutConfirmed:
    return DropoutConfirmed(
        child_id=CHILD, school_code=SCHOOL, absent_since=day(0), confirmed_on=day(on), cause="厌学", cycle=cycle
    )


def returned(on: int, *, after: str = "SUSPECTED_DROPOUT", since: int = 0, cycle: int = 1) -> StudentReturned:
    return StudentReturned(
        child_id=CHILD,
        school_code=SCHOOL,
        away_since=day(since),
        returned_on=day(on),
        after=after,
        evidence=["报到单1号"],
        cycle=cycle,
    )


def stabilised(on: int, *, returned_on: int, cycle: int = 1) -> ReturnStabilised:
    return ReturnStabilised(
        child_id=CHILD, school_code=SCHOOL, returned_on=day(returned_on), stabilised_on=day(on), cycle=cycle
    )


def relapsed(on: int, *, since: int, count: int = 1, cycle: int = 2) -> StudentRelapsed:
    return StudentRelapsed(
        child_id=CHILD,
        school_code=SCHOOL,
        absent_since=day(since),
        relapsed_on=day(on),
        poor=False,
        relapse_count=count,
        cycle=cycle,
    )


def mark(kind: str, *days: int, remark: str = "") -> RecordAttendance:
    marks = tuple(Mark(day=day(number), kind=MarkKind(kind), remark=remark) for number in days)
    return RecordAttendance(child_id=CHILD, marks=marks)


def missed(first: int = 0, last: int = 60) -> RecordAbsences:
    """A run of missed days, long enough for a dropout."""
    return RecordAbsences(child_id=CHILD, day=day(first), until=day(last))


def presumed(*days: int) -> RecordAttendance:
    """A sheet that does not name the child, and is complete."""
    marks = tuple(Mark(day=day(number), kind=MarkKind.PRESENT, inferred=True) for number in days)
    return RecordAttendance(child_id=CHILD, marks=marks)


def check_in(on: int, *, school: SchoolCode = SCHOOL, evidence: tuple[str, ...] = ("报到单1号",)) -> RecordReturn:
    return RecordReturn(child_id=CHILD, school_code=school, returned_on=day(on), evidence=evidence)


def confirm(on: int) -> ConfirmDropout:
    return ConfirmDropout(child_id=CHILD, confirmed_on=day(on), cause="厌学")


def register(birth: date = BORN) -> RegisterChild:
    return RegisterChild(child_id=CHILD, name="林小雨", sex="F", birth_date=birth, division="349921101")


def open_school() -> RegisterSchool:
    return RegisterSchool(school_code=SCHOOL, name="青石镇中心小学", kind="PRIMARY", division="349921101")


def enrol(school: SchoolCode = SCHOOL, *, on: date = ENROLLED, class_no: int = 2, grade: int = 6) -> EnrolChild:
    return EnrolChild(
        child_id=CHILD,
        school_code=school,
        school_name="青石镇中心小学" if school == SCHOOL else "白沙初级中学",
        grade=grade,
        class_no=class_no,
        enrolled_on=on,
        boarder=False,
        student_number_kind=StudentNumberKind.FORMAL,
        class_teacher="周老师",
    )
