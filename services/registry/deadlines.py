"""Which of the child's events start and stop its clocks: absence (suspicion, relapse), stability, time away."""

from collections.abc import Mapping
from datetime import date, timedelta
from functools import partial
from typing import Any

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
from services.registry.children.statuses import Attendance
from services.registry.duplicates.events import DuplicateMerged, DuplicateUnmerged
from services.registry.entering.clocks import due_key, enrolled_key, entering_deadlines
from services.registry.leaving.clocks import leaving_deadlines, next_school_key
from services.registry.placements.clocks import placement_deadlines, review_key
from services.registry.policy import Policy
from services.registry.reconciliation.difference import difference_id
from services.registry.reconciliation.reasons import Family
from services.registry.reconciliation.resolving import SettleDifference
from services.registry.respites.ending import ExpireRespite, RemindOfRespiteEnd
from services.registry.respites.events import DeferralApproved, StudentResumed, SuspensionApproved, SuspensionExpired
from services.registry.rosters.clocks import roster_deadlines
from services.registry.schools.clocks import SCHOOL_DEADLINES
from services.registry.transfers.clocks import gap_key, party_key, transfer_deadlines
from services.registry.whereabouts.clocks import elsewhere_key, recheck_key, whereabouts_deadlines
from shared.calendar import TermCalendar
from shared.calendar.zone import local_date, start_of_local_day
from shared.kernel.deadlines import CancelDeadline, DeadlineChange, SetDeadline
from shared.kernel.recorded import Recorded
from shared.kernel.service import DeadlineRule

Change = list[DeadlineChange]


def absence_key(child_id: str) -> str:
    return f"absence:{child_id}"


def stability_key(child_id: str) -> str:
    return f"stability:{child_id}"


def respite_key(child_id: str) -> str:
    return f"respite:{child_id}"


def reminder_key(child_id: str) -> str:
    return f"respite-reminder:{child_id}"


def stop_all(child_id: str) -> Change:
    """Every clock of the child."""
    keys = (
        absence_key,
        stability_key,
        respite_key,
        reminder_key,
        next_school_key,
        recheck_key,
        elsewhere_key,
        party_key,
        gap_key,
        review_key,
        due_key,
        enrolled_key,
    )
    return [CancelDeadline(key(child_id)) for key in keys]


def on_spell(policy: Policy, event: Any, _: Recorded) -> Change:
    """An event that begins a spell of absence by itself, with `absent_since`."""
    due = start_of_local_day(event.absent_since + timedelta(days=policy.absence.suspected_after_days))
    return [SetDeadline(absence_key(event.child_id), due, CheckAbsence(child_id=event.child_id))]


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
    family = Family.NO_REG if event.after == Attendance.NEVER_ENROLLED else Family.REG_NOT_IN
    settle = _settle(family, event.child_id, recorded)
    return [_check_stability(policy, event.child_id, event.returned_on), settle]


def _settle(family: Family, child_id: ChildId, recorded: Recorded) -> SetDeadline:
    """Due at once: what the lists missed has happened."""
    id_ = difference_id(child_id, family)
    return SetDeadline(f"settle:{id_}", recorded.time, SettleDifference(difference_id=id_, child_id=child_id))


def on_merge(_: Policy, event: DuplicateMerged, __: Recorded) -> Change:
    return stop_all(event.child_id)


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


def on_approval(_: Policy, event: DeferralApproved | SuspensionApproved, __: Recorded) -> Change:
    """The end is watched; a suspension also ends what ran: the spell, and probation."""
    child_id, application = event.child_id, event.application_id
    day_after = start_of_local_day(event.until + timedelta(days=1))
    changes: Change = [
        SetDeadline(
            reminder_key(child_id),
            start_of_local_day(event.remind_on),
            RemindOfRespiteEnd(child_id=child_id, application_id=application),
        ),
        SetDeadline(respite_key(child_id), day_after, ExpireRespite(child_id=child_id, application_id=application)),
    ]
    if isinstance(event, DeferralApproved):
        return changes
    return [*changes, CancelDeadline(absence_key(child_id)), CancelDeadline(stability_key(child_id))]


def on_resumption(_: Policy, event: StudentResumed, __: Recorded) -> Change:
    keys = (absence_key, respite_key, reminder_key)
    return [CancelDeadline(key(event.child_id)) for key in keys]


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
        **SCHOOL_DEADLINES,
        **roster_deadlines(policy.roster, terms),
        **leaving_deadlines(policy, stop_all, partial(on_spell, policy)),
        **whereabouts_deadlines(policy, terms, stop_all, partial(on_spell, policy)),
        **transfer_deadlines(policy, absence_key, partial(on_spell, policy)),
        **placement_deadlines(stop_all, partial(_settle, Family.DISABILITY)),
        **entering_deadlines(policy),
        AbsenceRecorded: partial(on_absence, policy),
        LeaveRecorded: partial(on_a_day_that_settles, policy),
        AttendanceResumed: partial(on_a_day_that_settles, policy),
        SuspectedDropoutFlagged: partial(on_suspicion, policy),
        StudentRelapsed: partial(on_suspicion, policy),
        StudentReturned: partial(on_return, policy),
        ReturnStabilised: partial(on_stability, policy),
        DuplicateMerged: partial(on_merge, policy),
        DuplicateUnmerged: partial(on_unmerge, policy),
        DeferralApproved: partial(on_approval, policy),
        SuspensionApproved: partial(on_approval, policy),
        SuspensionExpired: partial(on_spell, policy),
        StudentResumed: partial(on_resumption, policy),
    }
