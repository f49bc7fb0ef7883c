"""What the registry's events cause here: one visible table at the end."""

from collections.abc import Mapping, Sequence
from typing import Any, get_args

from services.visits.contracts import (
    CalendarLoaded,
    ChildCorrected,
    ChildEnrolled,
    DeathRecorded,
    DeclaredMissing,
    DeferralApproved,
    DropoutConfirmed,
    DropoutMarkCorrected,
    DuplicateMerged,
    ElsewhereConfirmed,
    EnrolmentChanged,
    Gone,
    GraduationRecorded,
    GuardianLinked,
    HomeTeachingLapsed,
    HomeTeachingStarted,
    OutOfSchoolChildFound,
    ReceivingSchoolAssigned,
    ReturnStabilised,
    StudentRelapsed,
    StudentReturned,
    SuspectedDropoutFlagged,
    SuspensionApproved,
    TransferCompleted,
    WentAbroad,
)
from services.visits.household_visits.opening import OpenHouseholdVisit
from services.visits.household_visits.vocabulary import EndReason, Priority, Reason
from services.visits.ids import Division, SchoolCode, VisitId
from services.visits.plans.cycles import Away
from services.visits.plans.decisions import ClosePlan, StandDown, StopPersuasion
from services.visits.plans.following import FollowChild
from services.visits.teams.decisions import ProposeReturnTeam
from shared.kernel.deadlines import derived_id
from shared.kernel.recomputing import when_changed_begin_recomputing
from shared.kernel.recorded import Recorded
from shared.kernel.service import Reaction


def when_suspected_dropout_flagged_open_visit(
    event: SuspectedDropoutFlagged, recorded: Recorded
) -> Sequence[OpenHouseholdVisit]:
    return [_visit(event, Reason.SUSPECTED_DROPOUT, recorded)]


def when_out_of_school_child_found_open_visit(
    event: OutOfSchoolChildFound, recorded: Recorded
) -> Sequence[OpenHouseholdVisit]:
    return [_visit(event, Reason.OUT_OF_SCHOOL, recorded)]


def _visit(
    event: SuspectedDropoutFlagged | OutOfSchoolChildFound, reason: Reason, recorded: Recorded
) -> OpenHouseholdVisit:
    return OpenHouseholdVisit(
        child_id=event.child_id,
        visit_id=_visit_id(recorded),
        reason=reason,
        priority=Priority.POOR_FIRST if event.poor else Priority.NORMAL,
        away=_away(event, recorded),
    )


def when_out_of_school_child_found_assign_team(
    event: OutOfSchoolChildFound, recorded: Recorded
) -> Sequence[ProposeReturnTeam]:
    """Nothing is left to be confirmed: it is persuaded from now on."""
    return [ProposeReturnTeam(child_id=event.child_id, away=_away(event, recorded))]


def when_dropout_confirmed_assign_team(event: DropoutConfirmed, recorded: Recorded) -> Sequence[ProposeReturnTeam]:
    return [ProposeReturnTeam(child_id=event.child_id, away=_away(event, recorded))]


def when_student_returned_stop_persuasion(event: StudentReturned, recorded: Recorded) -> Sequence[StopPersuasion]:
    return [
        StopPersuasion(
            child_id=event.child_id,
            division=Division(recorded.place.division),
            school_code=event.school_code,
            returned_on=event.returned_on,
            cycle=event.cycle,
        )
    ]


def when_return_stabilised_close_plan(event: ReturnStabilised, _: Recorded) -> Sequence[ClosePlan]:
    return [ClosePlan(child_id=event.child_id, stabilised_on=event.stabilised_on, cycle=event.cycle)]


def when_student_relapsed_reopen_plan(event: StudentRelapsed, recorded: Recorded) -> Sequence[OpenHouseholdVisit]:
    return [
        OpenHouseholdVisit(
            child_id=event.child_id,
            visit_id=_visit_id(recorded),
            reason=Reason.RELAPSE,
            priority=Priority.URGENT,
            away=_away(event, recorded),
        )
    ]


def when_home_teaching_lapsed_open_visit(
    event: HomeTeachingLapsed, recorded: Recorded
) -> Sequence[OpenHouseholdVisit]:
    """Nobody teaches the child any more. The suspicion that comes with it sends nobody else."""
    return [
        OpenHouseholdVisit(
            child_id=event.child_id,
            visit_id=_visit_id(recorded),
            reason=Reason.HOME_TEACHING_LAPSED,
            priority=Priority.URGENT,
            away=_away(event, recorded),
        )
    ]


def when_suspension_approved_stand_down(event: SuspensionApproved, _: Recorded) -> Sequence[StandDown]:
    return [
        StandDown(
            child_id=event.child_id,
            reason=EndReason.ON_SUSPENSION,
            stood_down_on=event.approved_on,
            cycle=event.cycle,
        )
    ]


GONE: Mapping[type[Gone], tuple[EndReason, str]] = {
    DeathRecorded: (EndReason.DECEASED, "died_on"),
    WentAbroad: (EndReason.ABROAD, "left_on"),
    DeclaredMissing: (EndReason.DECLARED_MISSING, "declared_on"),
    ElsewhereConfirmed: (EndReason.ELSEWHERE, "confirmed_on"),
    GraduationRecorded: (EndReason.COMPLETED, "graduated_on"),
    DuplicateMerged: (EndReason.MERGED, "merged_on"),
    HomeTeachingStarted: (EndReason.HOME_TEACHING, "started_on"),
    DeferralApproved: (EndReason.DEFERRED, "approved_on"),
    DropoutMarkCorrected: (EndReason.MISTAKE, "corrected_on"),
}
"""Why nobody need go any more, and which field says since when."""


def when_gone_stand_down(event: Gone, _: Recorded) -> Sequence[StandDown]:
    reason, day = GONE[type(event)]
    day_of = getattr(event, day)
    return [StandDown(child_id=event.child_id, reason=reason, stood_down_on=day_of, cycle=event.cycle)]


Moves = (
    ChildCorrected | ChildEnrolled | EnrolmentChanged | GuardianLinked | ReceivingSchoolAssigned | TransferCompleted
)
"""What may bring a child to another place, or into other hands."""


def when_child_moves_follow(event: Moves, recorded: Recorded) -> Sequence[FollowChild]:
    """Where the child is now, the envelope tells."""
    return [
        FollowChild(
            child_id=event.child_id,
            division=Division(recorded.place.division),
            school_code=SchoolCode(recorded.place.school),
            moved_on=recorded.occurred_on,
        )
    ]


def _away(
    event: SuspectedDropoutFlagged | OutOfSchoolChildFound | DropoutConfirmed | StudentRelapsed | HomeTeachingLapsed,
    recorded: Recorded,
) -> Away:
    """An attendance book entered late must not make a visit overdue: it counts from when it was known."""
    return Away(
        cycle=event.cycle,
        division=Division(recorded.place.division),
        school_code=event.school_code,
        absent_since=event.absent_since,
        known_on=recorded.known_on,
    )


def _visit_id(recorded: Recorded) -> VisitId:
    return VisitId("v" + derived_id("visit", recorded.id))


REACTIONS: Mapping[type[Any], Sequence[Reaction]] = {
    CalendarLoaded: (when_changed_begin_recomputing,),
    SuspectedDropoutFlagged: (when_suspected_dropout_flagged_open_visit,),
    OutOfSchoolChildFound: (
        when_out_of_school_child_found_open_visit,
        when_out_of_school_child_found_assign_team,
    ),
    DropoutConfirmed: (when_dropout_confirmed_assign_team,),
    StudentReturned: (when_student_returned_stop_persuasion,),
    ReturnStabilised: (when_return_stabilised_close_plan,),
    StudentRelapsed: (when_student_relapsed_reopen_plan,),
    HomeTeachingLapsed: (when_home_teaching_lapsed_open_visit,),
    SuspensionApproved: (when_suspension_approved_stand_down,),
    **dict.fromkeys(get_args(Moves), (when_child_moves_follow,)),
    **dict.fromkeys(GONE, (when_gone_stand_down,)),
}
