"""How long a spell of absence may last, and how long probation after a return."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from services.registry.attendance.counting import over_on
from services.registry.attendance.returning import CheckStability, stability_due
from services.registry.attendance.suspicion import CheckAbsence
from services.registry.children.child import Child
from services.registry.children.statuses import Attendance
from services.registry.policy import Policy
from shared.calendar import SchoolCalendar
from shared.calendar.zone import local_date, start_of_local_day
from shared.kernel.deadlines import SetDeadline

WATCHED = frozenset({Attendance.ABSENT_UNEXCUSED, Attendance.RETURNED_PROBATION, Attendance.ON_APPROVED_LEAVE})
"""Where a spell leads to suspicion, or relapse, by itself; a suspension's leave has none."""


def absence_key(child_id: str) -> str:
    return f"absence:{child_id}"


def attendance_clocks(policy: Policy, calendar: SchoolCalendar, child: Child, now: datetime) -> Sequence[SetDeadline]:
    """A spell, as soon as the days that are recorded suffice, or else on probation unbroken attendance."""
    if child.spell.runs and child.attendance in WATCHED:
        absence = policy.absence
        needed = absence.relapsed_after_days if child.on_probation else absence.suspected_after_days
        if over := over_on(calendar, child.spell, needed):
            due = _believed(calendar, child.spell.believed_from, over, now)
            return [SetDeadline(absence_key(child.id), due, CheckAbsence(child_id=child.id))]
    if child.on_probation and child.absent_since is None and (day := stability_due(policy.return_, calendar, child)):
        return [SetDeadline(f"stability:{child.id}", start_of_local_day(day), CheckStability(child_id=child.id))]
    return []


def _believed(calendar: SchoolCalendar, believed_from: datetime | None, over: date, now: datetime) -> datetime:
    """When a spell that is over on a day may be acted upon: not before it is believed, and not in the holidays."""
    due = max(start_of_local_day(over), believed_from or datetime.min.replace(tzinfo=now.tzinfo))
    day = local_date(max(due, now))
    if calendar.counts(day):
        return due
    while not calendar.counts(day):
        day += timedelta(days=1)
    return start_of_local_day(day)
