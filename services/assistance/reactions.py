"""What the registry's events cause here. Pure: what else a decision needs, the command's handler reads."""

from collections.abc import Mapping, Sequence
from typing import get_args

from services.assistance.beneficiaries.attendance import (
    HoldEntitlements,
    ResumeEntitlements,
    SuspendEntitlements,
)
from services.assistance.beneficiaries.payments import NoteNewAccount
from services.assistance.beneficiaries.reasons import (
    GONE,
    MERGED,
    ON_SUSPENSION,
    SUSPECTED,
    WHEREABOUTS_LOST,
    why_gone,
)
from services.assistance.contracts import (
    CalendarLoaded,
    ChildEnrolled,
    DropoutConfirmed,
    DropoutMarkCorrected,
    DuplicateUnmerged,
    EnrolmentChanged,
    Gone,
    GuardianAccountSet,
    HomeTeachingStarted,
    HouseholdCategorySet,
    ReceivingSchoolAssigned,
    StudentRelapsed,
    StudentResumed,
    StudentReturned,
    SuspectedDropoutFlagged,
    SuspensionApproved,
    TransferCompleted,
    WhereaboutsFound,
    WhereaboutsLost,
)
from services.assistance.processes.assessing import AssessChild
from shared.kernel.recomputing import when_changed_begin_recomputing
from shared.kernel.recorded import Recorded
from shared.kernel.service import Reaction


def when_child_enrolled_assess(event: ChildEnrolled, _: Recorded) -> Sequence[AssessChild]:
    return [AssessChild(child_id=event.child_id, as_of=event.enrolled_on)]


def when_receiving_school_assigned_assess(
    event: ReceivingSchoolAssigned | TransferCompleted, _: Recorded
) -> Sequence[AssessChild]:
    return [AssessChild(child_id=event.child_id, as_of=event.moved_on)]


def when_enrolment_changed_assess(event: EnrolmentChanged, _: Recorded) -> Sequence[AssessChild]:
    return [AssessChild(child_id=event.child_id, as_of=event.changed_on)]


def when_household_category_set_assess(event: HouseholdCategorySet, _: Recorded) -> Sequence[AssessChild]:
    return [AssessChild(child_id=event.child_id, as_of=event.effective_from)]


def when_guardian_account_set_retry(event: GuardianAccountSet, _: Recorded) -> Sequence[NoteNewAccount]:
    return [NoteNewAccount(child_id=event.child_id, set_on=event.set_on)]


def when_suspected_dropout_flagged_hold(event: SuspectedDropoutFlagged, _: Recorded) -> Sequence[HoldEntitlements]:
    return [HoldEntitlements(child_id=event.child_id, reason=SUSPECTED, held_on=event.flagged_on, cycle=event.cycle)]


def when_dropout_confirmed_suspend(event: DropoutConfirmed, _: Recorded) -> Sequence[SuspendEntitlements]:
    return [SuspendEntitlements(child_id=event.child_id, from_on=event.confirmed_on, cycle=event.cycle)]


def when_student_returned_resume(event: StudentReturned, _: Recorded) -> Sequence[ResumeEntitlements]:
    return [ResumeEntitlements(child_id=event.child_id, returned_on=event.returned_on)]


def when_suspension_approved_suspend(event: SuspensionApproved, _: Recorded) -> Sequence[SuspendEntitlements]:
    """Who is away by right is not paid for attending either; what does not depend on attendance goes on."""
    return [
        SuspendEntitlements(child_id=event.child_id, from_on=event.from_on, cycle=event.cycle, reason=ON_SUSPENSION)
    ]


def when_student_resumed_resume(event: StudentResumed, _: Recorded) -> Sequence[ResumeEntitlements]:
    return [ResumeEntitlements(child_id=event.child_id, returned_on=event.resumed_on)]


def when_dropout_mark_corrected_resume(event: DropoutMarkCorrected, _: Recorded) -> Sequence[ResumeEntitlements]:
    """It never was away: no day is lost."""
    return [ResumeEntitlements(child_id=event.child_id, returned_on=event.away_since)]


def when_home_teaching_started_resume(event: HomeTeachingStarted, _: Recorded) -> Sequence[ResumeEntitlements]:
    """Who is taught at home is a pupil like any other."""
    return [ResumeEntitlements(child_id=event.child_id, returned_on=event.started_on)]


def when_whereabouts_lost_hold(event: WhereaboutsLost, _: Recorded) -> Sequence[HoldEntitlements]:
    return [
        HoldEntitlements(child_id=event.child_id, reason=WHEREABOUTS_LOST, held_on=event.lost_on, cycle=event.cycle)
    ]


def when_whereabouts_found_lift(event: WhereaboutsFound, _: Recorded) -> Sequence[ResumeEntitlements]:
    """It is again what it was: what is held or stopped for anything else stays so."""
    lost = frozenset({WHEREABOUTS_LOST})
    return [ResumeEntitlements(child_id=event.child_id, returned_on=event.found_on, stopped_for=lost)]


def when_gone_suspend(event: Gone, _: Recorded) -> Sequence[SuspendEntitlements]:
    """What was paid for days after that one surfaces as an overpayment."""
    reason, from_on = why_gone(event)
    return [SuspendEntitlements(child_id=event.child_id, from_on=from_on, cycle=event.cycle, reason=reason)]


def when_unmerged_resume(event: DuplicateUnmerged, _: Recorded) -> Sequence[ResumeEntitlements]:
    return [
        ResumeEntitlements(child_id=event.child_id, returned_on=event.unmerged_on, stopped_for=frozenset({MERGED}))
    ]


def when_child_enrolled_resume(event: ChildEnrolled, _: Recorded) -> Sequence[ResumeEntitlements]:
    """Who was said to study elsewhere has a place here again."""
    return [ResumeEntitlements(child_id=event.child_id, returned_on=event.enrolled_on, stopped_for=GONE)]


def when_transfer_completed_resume(event: TransferCompleted, _: Recorded) -> Sequence[ResumeEntitlements]:
    """As for an enrolment: from now on the receiving school pays, and nobody else."""
    return [ResumeEntitlements(child_id=event.child_id, returned_on=event.moved_on, stopped_for=GONE)]


def when_student_relapsed_hold(event: StudentRelapsed, _: Recorded) -> Sequence[HoldEntitlements]:
    return [HoldEntitlements(child_id=event.child_id, reason="RELAPSED", held_on=event.relapsed_on, cycle=event.cycle)]


REACTIONS: Mapping[type, Sequence[Reaction]] = {
    CalendarLoaded: [when_changed_begin_recomputing],
    ChildEnrolled: [when_child_enrolled_resume, when_child_enrolled_assess],
    ReceivingSchoolAssigned: [when_receiving_school_assigned_assess],
    TransferCompleted: [when_transfer_completed_resume, when_receiving_school_assigned_assess],
    EnrolmentChanged: [when_enrolment_changed_assess],
    HouseholdCategorySet: [when_household_category_set_assess],
    GuardianAccountSet: [when_guardian_account_set_retry],
    SuspectedDropoutFlagged: [when_suspected_dropout_flagged_hold],
    DropoutConfirmed: [when_dropout_confirmed_suspend],
    StudentReturned: [when_student_returned_resume],
    StudentRelapsed: [when_student_relapsed_hold],
    SuspensionApproved: [when_suspension_approved_suspend],
    StudentResumed: [when_student_resumed_resume],
    HomeTeachingStarted: [when_home_teaching_started_resume],
    DropoutMarkCorrected: [when_dropout_mark_corrected_resume],
    WhereaboutsLost: [when_whereabouts_lost_hold],
    WhereaboutsFound: [when_whereabouts_found_lift],
    DuplicateUnmerged: [when_unmerged_resume],
    **{kind: [when_gone_suspend] for kind in get_args(Gone)},
}
