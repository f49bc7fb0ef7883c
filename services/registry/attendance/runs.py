"""A run of missed days, as a class teacher says it: from one day to another."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import ClassVar

from services.registry.attendance.daily import BookEvent, RecordAttendance, record_attendance
from services.registry.attendance.marks import Mark, MarkKind
from services.registry.attendance.refusals import RunTooLong
from services.registry.children.child import Child
from services.registry.children.ids import ChildId
from services.registry.policy import Policy
from shared.calendar import SchoolCalendar
from shared.kernel.commands import Context
from shared.kernel.refusals import DateBefore

LONGEST_RUN = 62
"""Calendar days that one request may speak of: two months."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordAbsences:
    """The child missed `day`, or each school day from `day` to `until`, both included.

    `presumed`: the days after the first one on which sheets that were handed in before show it present.
    """

    NAME: ClassVar[str] = "registry.record-absences"
    child_id: ChildId
    day: date
    until: date | None = None
    remark: str = ""
    presumed: tuple[date, ...] = ()


def record_absences(
    policy: Policy, calendar: SchoolCalendar, child: Child, command: RecordAbsences, context: Context
) -> Sequence[BookEvent]:
    """The first and the last day are taken as they are said; between them days without school are left out."""
    until = command.until or command.day
    if until < command.day:
        raise DateBefore("until", "缺勤开始日期", "the first day", command.day)
    if (until - command.day).days >= LONGEST_RUN:
        raise RunTooLong(LONGEST_RUN)
    between = (command.day + timedelta(days=offset) for offset in range(1, (until - command.day).days))
    missed = {command.day, until, *(day for day in between if calendar.has_school(day))}
    said = [Mark(day=day, kind=MarkKind.UNEXCUSED, remark=command.remark) for day in missed]
    presumed = [Mark(day=day, kind=MarkKind.PRESENT, inferred=True) for day in command.presumed]
    order = RecordAttendance(child_id=command.child_id, marks=(*said, *presumed))
    return record_attendance(policy, calendar, child, order, context)
