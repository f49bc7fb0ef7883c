"""The attendance book: absence, leave and presence, day by day.

Sheets come late, twice, and in any order, so a mark changes only what is not yet settled: on or before the last
day that somebody said to be one of presence it is old news and gives no event. Leave settles its own day alone: who
stayed away before it was missing then, whenever that is entered. What nobody said settles nothing: presence that was
concluded gives way to an absence that somebody says of the same day, whichever came first.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import ClassVar

from services.registry.attendance.events import (
    AbsenceRecorded,
    AttendanceResumed,
    DayEvent,
    LeaveRecorded,
    ReturnStabilised,
)
from services.registry.attendance.marks import Mark, MarkKind
from services.registry.attendance.refusals import (
    DayMarkedTwice,
    ReturnMustBeCheckedIn,
)
from services.registry.attendance.spells import Spell
from services.registry.children.child import Child, Enrolment
from services.registry.children.ids import ChildId
from services.registry.children.refusals import ChildNotRegistered, NotEnrolled
from services.registry.children.state import evolve
from services.registry.children.statuses import ENDED, Attendance, Registration
from services.registry.leaving.refusals import SchoolingEnded
from services.registry.placements.refusals import TaughtAtHome
from services.registry.policy import AbsencePolicy, LeavePolicy, Policy, ReturnPolicy
from services.registry.respites.refusals import ResumptionNeeded
from services.registry.respites.respite import Respite
from services.registry.transfers.events import PushOutReported
from shared.calendar import SchoolCalendar
from shared.identifiers.text import compact
from shared.kernel.commands import Context
from shared.kernel.refusals import DateBefore, DateInFuture

BookEvent = DayEvent | ReturnStabilised | PushOutReported
TOLD_BY_THE_BOOK = "考勤登记"


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordAttendance:
    """What the attendance book says of one child: one day, or all days of a sheet."""

    NAME: ClassVar[str] = "registry.record-attendance"
    child_id: ChildId
    marks: tuple[Mark, ...]


def record_attendance(
    policy: Policy, calendar: SchoolCalendar, child: Child, command: RecordAttendance, context: Context
) -> Sequence[BookEvent]:
    """What is inferred of a day is dropped where something is said of it, and where there was no school.

    A pupil whom the school sends home (在家反省) is not on leave, whatever the book calls it: the day is an unexcused
    one, and the first of its spell a push-out that the county looks into.
    """
    enrolment = enrolment_of(child)
    marks = (no_leave(policy.leave, mark) for mark in command.marks if not mark.inferred)
    said = sorted(set(marks), key=_by_day)
    _check(enrolment, said, context.today)
    settled = {mark.day for mark in said}
    inferred = {
        mark
        for mark in command.marks
        if mark.inferred and mark.day not in settled and enrolment.enrolled_on <= mark.day <= context.today
    }
    events: list[BookEvent] = []
    for mark in sorted([*said, *inferred], key=_by_day):
        believed_from = _believed_from(policy.absence, mark.day, context)
        for event in _decide(policy.return_, calendar, child, enrolment, mark, believed_from):
            child = evolve(child, event)
            events.append(event)
        if told := _sent_home(policy.leave, child, enrolment, mark, context.today):
            child = evolve(child, told)
            events.append(told)
    return events


def no_leave(policy: LeavePolicy, mark: Mark) -> Mark:
    """The mark, or, where leave is but a word for sending the pupil home, what it is."""
    return replace(mark, kind=MarkKind.UNEXCUSED) if mark.kind.is_leave and _says_so(policy, mark) else mark


def _says_so(policy: LeavePolicy, mark: Mark) -> bool:
    return any(word in compact(mark.remark) for word in policy.no_leave_words)


def _sent_home(
    policy: LeavePolicy, child: Child, enrolment: Enrolment, mark: Mark, today: date
) -> PushOutReported | None:
    """Once a spell, also where the child was missing before somebody said why."""
    if mark.kind is not MarkKind.UNEXCUSED or not _says_so(policy, mark):
        return None
    if child.absent_since is None or child.is_sent_home or mark.day < child.absent_since:
        return None
    return PushOutReported(
        child_id=child.id,
        school_code=enrolment.school_code,
        what=mark.remark,
        reported_by=TOLD_BY_THE_BOOK,
        reported_on=today,
        absent_since=child.absent_since,
    )


def _by_day(mark: Mark) -> date:
    return mark.day


def _believed_from(policy: AbsencePolicy, day: date, context: Context) -> datetime | None:
    """A day entered late may be an old sheet of several, and the next one may show the child back: then the rest of
    the book gets some time to come in before the spell is believed.
    """
    late = (context.today - day).days >= policy.late_entry_days
    return context.now + timedelta(minutes=policy.late_entry_grace_minutes) if late else None


def enrolment_of(child: Child) -> Enrolment:
    """Raises ChildNotRegistered, SchoolingEnded or NotEnrolled."""
    if not child.registered:
        raise ChildNotRegistered()
    if child.attendance in ENDED:
        raise SchoolingEnded(child.attendance)
    if child.enrolment is None:
        raise NotEnrolled()
    return child.enrolment


def _check(enrolment: Enrolment, marks: Sequence[Mark], today: date) -> None:
    kinds: dict[date, MarkKind] = {}
    for mark in marks:
        if mark.day > today:
            raise DateInFuture("day")
        if mark.day < enrolment.enrolled_on:
            raise DateBefore("day", "入学日期", "the enrolment", enrolment.enrolled_on)
        if (first := kinds.setdefault(mark.day, mark.kind)) is not mark.kind:
            raise DayMarkedTwice(first, mark.kind)


def _decide(
    policy: ReturnPolicy,
    calendar: SchoolCalendar,
    child: Child,
    enrolment: Enrolment,
    mark: Mark,
    believed_from: datetime | None,
) -> list[BookEvent]:
    if mark.day <= child.settled_on or mark.day in child.spell.excused:
        return []
    if mark.inferred:
        tells = calendar.has_school(mark.day) and _presence_is_news(policy, child, mark.day)
        return _present(policy, child, enrolment, mark, believed_from) if tells else []
    if child.is_away:
        return _while_away(child, mark)
    if child.attendance is Attendance.HOME_TEACHING:
        return _while_at_home(mark)
    if child.respite is not None and child.registration is Registration.SUSPENDED:
        return _while_suspended(child, child.respite, enrolment, mark, believed_from)
    if mark.kind is MarkKind.UNEXCUSED:
        return _absent(child, enrolment, mark, believed_from)
    if mark.kind.is_leave:
        return _on_leave(child, mark, believed_from)
    return _present(policy, child, enrolment, mark, believed_from)


def _presence_is_news(policy: ReturnPolicy, child: Child, day: date) -> bool:
    """Whether presence on a day changes anything when it is only inferred; it never brings back a missing child."""
    if child.is_away or child.registration is Registration.SUSPENDED or child.spell.missing_since:
        return False
    spell = child.spell
    if day in spell.said or day in spell.presumed:
        return False
    if day < max(spell.presumed | spell.excused, default=date.min):  # the later presumption may turn out to be none
        return any(missed < day for missed in spell.said)
    if child.absent_since is not None:
        return child.absent_since < day
    return child.attendance is Attendance.ON_APPROVED_LEAVE or _is_stable(policy, child, day)


def _is_stable(policy: ReturnPolicy, child: Child, present_on: date) -> bool:
    """Whether probation, whose end nothing else has decided, is over for a child that came on this day."""
    if not child.on_probation or child.steady_since is None or child.unexcused:
        return False
    return present_on >= child.steady_since + timedelta(days=policy.stable_after_days)


def _while_away(child: Child, mark: Mark) -> list[BookEvent]:
    """Another unexcused day says nothing new; presence or leave since the child went would be a return."""
    is_old = child.absent_since is None or mark.day < child.absent_since
    if mark.kind is MarkKind.UNEXCUSED or is_old:
        return []
    raise ReturnMustBeCheckedIn(child.attendance)


def _while_at_home(mark: Mark) -> list[BookEvent]:
    """A sheet of the whole class may say present of everybody; absence or leave of this child is a mistake."""
    if mark.kind is MarkKind.PRESENT:
        return []
    raise TaughtAtHome()


def _while_suspended(
    child: Child, respite: Respite, enrolment: Enrolment, mark: Mark, believed_from: datetime | None
) -> list[BookEvent]:
    """A suspension covers its days; neither presence nor a day's leave ends it, also when it has expired."""
    covered = child.attendance is Attendance.ON_APPROVED_LEAVE
    if mark.kind is MarkKind.UNEXCUSED:
        return [] if covered else _absent(child, enrolment, mark, believed_from)
    is_old = mark.day < (child.absent_since or respite.since)
    if is_old or (covered and mark.kind.is_leave):
        return []
    raise ResumptionNeeded()


def _absent(child: Child, enrolment: Enrolment, mark: Mark, believed_from: datetime | None) -> list[BookEvent]:
    if mark.day in child.spell.said:
        return []
    spell = child.spell.with_absence(mark.day, None)
    return [
        AbsenceRecorded(
            child_id=child.id,
            school_code=enrolment.school_code,
            day=mark.day,
            absent_since=spell.since,
            on_leave=spell.on_leave,
            kind=mark.kind,
            remark=mark.remark,
            on_probation=child.on_probation,
            believed_from=believed_from,
        )
    ]


def _on_leave(child: Child, mark: Mark, believed_from: datetime | None) -> list[BookEvent]:
    rest = child.spell.with_leave(mark.day, None)
    return [
        LeaveRecorded(
            child_id=child.id,
            day=mark.day,
            kind=mark.kind,
            remark=mark.remark,
            absent_since=rest.since,
            on_leave=rest.on_leave,
            on_probation=child.on_probation,
            steady_since=_steady_since(child, mark.day, rest),
            believed_from=believed_from,
        )
    ]


def _present(
    policy: ReturnPolicy, child: Child, enrolment: Enrolment, mark: Mark, believed_from: datetime | None
) -> list[BookEvent]:
    """The day of presence, and the end of a probation that waited for one."""
    spell = child.spell
    rest = spell.with_presumption(mark.day, None) if mark.inferred else spell.after(mark.day, None)
    came = AttendanceResumed(
        child_id=child.id,
        school_code=enrolment.school_code,
        present_on=mark.day,
        inferred=mark.inferred,
        absent_since=rest.since,
        on_leave=rest.on_leave,
        on_probation=child.on_probation,
        steady_since=_steady_since(child, mark.day, rest),
        believed_from=believed_from,
    )
    if child.returned_on is None or not _is_stable(policy, child, mark.day):
        return [came]
    return [came, stabilised(child, child.returned_on, enrolment, mark.day)]


def stabilised(child: Child, returned_on: date, enrolment: Enrolment, day: date) -> ReturnStabilised:
    return ReturnStabilised(
        child_id=child.id,
        school_code=enrolment.school_code,
        returned_on=returned_on,
        stabilised_on=day,
        cycle=child.cycle,
    )


def _steady_since(child: Child, day: date, rest: Spell) -> date | None:
    """On probation, unbroken attendance counts anew from the day that ended a spell."""
    if not child.on_probation or rest.days:
        return None
    return day if child.unexcused else child.steady_since
