"""Which of the child's events start and stop its two clocks: absence (suspicion, relapse) and stability."""

from collections.abc import Mapping
from datetime import date, timedelta
from functools import partial

from services.registry.attendance.events import (
    AbsenceRecorded,
    AttendanceResumed,
    LeaveRecorded,
    ReturnStabilised,
    StudentRelapsed,
    StudentReturned,
    SuspectedDropoutFlagged,
)
from services.registry.attendance.returning import CheckStability
from services.registry.attendance.suspicion import CheckAbsence
from services.registry.children.ids import ChildId
from services.registry.duplicates.events import DuplicateMerged, DuplicateUnmerged
from services.registry.policy import Policy
from services.registry.reconciliation.difference import difference_id
from services.registry.reconciliation.reasons import Family
from services.registry.reconciliation.resolving import SettleDifference
from services.registry.rosters.clocks import roster_deadlines
from shared.calendar import TermCalendar
from shared.calendar.zone import local_date, start_of_local_day
from shared.kernel.deadlines import CancelDeadline, DeadlineChange, SetDeadline
from shared.kernel.recorded import Recorded
from shared.kernel.service import DeadlineRule

Change = list[DeadlineChange]


def absence_key(child_id: ChildId) -> str:
    return f"absence:{child_id}"


def stability_key(child_id: ChildId) -> str:
    return f"stability:{child_id}"


def on_absence(policy: Policy, event: AbsenceRecorded, recorded: Recorded) -> Change:
    return [_check_absence(policy, event, event.absent_since, event.day, recorded)]


def on_a_day_that_settles(policy: Policy, event: LeaveRecorded | AttendanceResumed, recorded: Recorded) -> Change:
    """What remains of the spell is watched from its new beginning; on probation stability counts anew."""
    if event.absent_since is not None:
        day = event.day if isinstance(event, LeaveRecorded) else event.present_on
        return [_check_absence(policy, event, event.absent_since, day, recorded)]
    stop: Change = [CancelDeadline(absence_key(event.child_id))]
    if event.steady_since is None:
        return stop
    return [*stop, _check_stability(policy, event.child_id, event.steady_since)]


def on_suspicion(_: Policy, event: SuspectedDropoutFlagged | StudentRelapsed, __: Recorded) -> Change:
    return [CancelDeadline(absence_key(event.child_id)), CancelDeadline(stability_key(event.child_id))]


def on_return(policy: Policy, event: StudentReturned, recorded: Recorded) -> Change:
    return [_check_stability(policy, event.child_id, event.returned_on), _settle(event, recorded)]


def _settle(event: StudentReturned, recorded: Recorded) -> SetDeadline:
    """Due at once: a child that is back is no longer on file without being at school."""
    id_ = difference_id(event.child_id, Family.REG_NOT_IN)
    return SetDeadline(f"settle:{id_}", recorded.time, SettleDifference(difference_id=id_, child_id=event.child_id))


def on_merge(_: Policy, event: DuplicateMerged, __: Recorded) -> Change:
    return [CancelDeadline(absence_key(event.child_id)), CancelDeadline(stability_key(event.child_id))]


def on_unmerge(policy: Policy, event: DuplicateUnmerged, _: Recorded) -> Change:
    """The clocks of the file run on as if they had never stopped."""
    if event.absent_since is not None:
        absence = policy.absence
        days = absence.relapsed_after_days if event.steady_since else absence.suspected_after_days
        due = start_of_local_day(event.absent_since + timedelta(days=days))
        return [SetDeadline(absence_key(event.child_id), due, CheckAbsence(child_id=event.child_id))]
    if event.steady_since is not None:
        return [_check_stability(policy, event.child_id, event.steady_since)]
    return []


def on_stability(_: Policy, event: ReturnStabilised, __: Recorded) -> Change:
    return [CancelDeadline(stability_key(event.child_id))]


def _check_absence(
    policy: Policy,
    event: AbsenceRecorded | LeaveRecorded | AttendanceResumed,
    since: date,
    day: date,
    recorded: Recorded,
) -> SetDeadline:
    """Due when the spell is long enough. A day entered late may be an old sheet of several, and the next one may
    show the child back: then the rest of the book gets some time to come in.
    """
    absence = policy.absence
    days = absence.relapsed_after_days if event.on_probation else absence.suspected_after_days
    due = start_of_local_day(since + timedelta(days=days))
    if (local_date(recorded.time) - day).days >= absence.late_entry_days:
        due = max(due, recorded.time + timedelta(minutes=absence.late_entry_grace_minutes))
    return SetDeadline(absence_key(event.child_id), due, CheckAbsence(child_id=event.child_id))


def _check_stability(policy: Policy, child_id: ChildId, since: date) -> SetDeadline:
    due = start_of_local_day(since + timedelta(days=policy.return_.stable_after_days))
    return SetDeadline(stability_key(child_id), due, CheckStability(child_id=child_id))


def deadlines(policy: Policy, terms: TermCalendar) -> Mapping[type, DeadlineRule]:
    return {
        **roster_deadlines(policy.roster, terms),
        AbsenceRecorded: partial(on_absence, policy),
        LeaveRecorded: partial(on_a_day_that_settles, policy),
        AttendanceResumed: partial(on_a_day_that_settles, policy),
        SuspectedDropoutFlagged: partial(on_suspicion, policy),
        StudentRelapsed: partial(on_suspicion, policy),
        StudentReturned: partial(on_return, policy),
        ReturnStabilised: partial(on_stability, policy),
        DuplicateMerged: partial(on_merge, policy),
        DuplicateUnmerged: partial(on_unmerge, policy),
    }
