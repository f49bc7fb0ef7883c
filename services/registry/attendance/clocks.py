"""How long a spell of absence may last, and how long probation after a return."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from functools import partial

from services.registry.attendance.events import AbsenceRecorded, AttendanceResumed, LeaveRecorded
from services.registry.attendance.returning import CheckStability
from services.registry.attendance.suspicion import CheckAbsence
from services.registry.children.child import Child
from services.registry.children.ids import ChildId
from services.registry.children.statuses import Attendance
from services.registry.policy import AbsencePolicy, Policy
from shared.calendar.zone import local_date, start_of_local_day
from shared.kernel.deadlines import SetDeadline
from shared.kernel.recorded import Recorded
from shared.kernel.service import DeadlineRule

WATCHED = frozenset({Attendance.ABSENT_UNEXCUSED, Attendance.RETURNED_PROBATION})
"""Where a spell leads to suspicion, or relapse, by itself."""

Day = AbsenceRecorded | LeaveRecorded | AttendanceResumed


def absence_key(child_id: str) -> str:
    return f"absence:{child_id}"


def attendance_clocks(policy: Policy, child: Child, _: datetime) -> Sequence[SetDeadline]:
    """A spell, or else on probation unbroken attendance."""
    if child.absent_since is not None and child.attendance in WATCHED:
        due = _spell_over(policy.absence, child.absent_since, on_probation=child.on_probation)
        return [_check_absence(child.id, due)]
    if child.on_probation and child.steady_since is not None:
        due = start_of_local_day(child.steady_since + timedelta(days=policy.return_.stable_after_days))
        return [SetDeadline(f"stability:{child.id}", due, CheckStability(child_id=child.id))]
    return []


def on_day(policy: AbsencePolicy, event: Day, recorded: Recorded) -> Sequence[SetDeadline]:
    """A day entered late may be an old sheet of several, and the next one may show the child back: then the rest of
    the book gets some time to come in before the spell is believed.
    """
    if event.absent_since is None:
        return []
    day = event.present_on if isinstance(event, AttendanceResumed) else event.day
    due = _spell_over(policy, event.absent_since, on_probation=event.on_probation)
    if (local_date(recorded.time) - day).days >= policy.late_entry_days:
        due = max(due, recorded.time + timedelta(minutes=policy.late_entry_grace_minutes))
    return [_check_absence(event.child_id, due)]


def attendance_deadlines(policy: Policy) -> Mapping[type, DeadlineRule]:
    day = partial(on_day, policy.absence)
    return {AbsenceRecorded: day, LeaveRecorded: day, AttendanceResumed: day}


def _spell_over(policy: AbsencePolicy, since: date, *, on_probation: bool) -> datetime:
    days = policy.relapsed_after_days if on_probation else policy.suspected_after_days
    return start_of_local_day(since + timedelta(days=days))


def _check_absence(child_id: ChildId, due: datetime) -> SetDeadline:
    return SetDeadline(absence_key(child_id), due, CheckAbsence(child_id=child_id))
