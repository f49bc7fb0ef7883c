"""What the registry's and the visits service's events cause here: one visible table at the end."""

from collections.abc import Mapping, Sequence
from typing import Any

from services.supervision.contracts import (
    CalendarLoaded,
    DeathRecorded,
    DeclaredMissing,
    DeferralApproved,
    DropoutConfirmed,
    DropoutMarkCorrected,
    DuplicateMerged,
    ElsewhereConfirmed,
    Gone,
    GraduationRecorded,
    HomeTeachingStarted,
    HouseholdVisitRecorded,
    OutOfSchoolChildFound,
    PersuasionAttempted,
    ReturnStabilised,
    ReturnTeamAssigned,
    StudentRelapsed,
    StudentReturned,
    SuspectedDropoutFlagged,
    SuspensionApproved,
    WentAbroad,
)
from services.supervision.return_cases.commands import (
    NoteAttempt,
    NoteDropout,
    NoteHouseholdVisit,
    NoteReturn,
    NoteStabilised,
    NoteTeam,
    OpenCase,
    StopClocks,
)
from services.supervision.return_cases.events import Trigger
from services.supervision.return_notices.events import StopReason
from shared.kernel.recomputing import when_changed_begin_recomputing
from shared.kernel.recorded import Recorded
from shared.kernel.service import Reaction


def when_suspected_dropout_flagged_open_case(event: SuspectedDropoutFlagged, recorded: Recorded) -> Sequence[OpenCase]:
    return [_case(event, Trigger.SUSPICION, recorded)]


def when_out_of_school_child_found_open_case(event: OutOfSchoolChildFound, recorded: Recorded) -> Sequence[OpenCase]:
    return [_case(event, Trigger.OUT_OF_SCHOOL, recorded)]


def when_student_relapsed_reopen_case(event: StudentRelapsed, recorded: Recorded) -> Sequence[OpenCase]:
    return [_case(event, Trigger.RELAPSE, recorded)]


def _case(
    event: SuspectedDropoutFlagged | OutOfSchoolChildFound | StudentRelapsed,
    trigger: Trigger,
    recorded: Recorded,
) -> OpenCase:
    """It opens when it was known, as the visits service counts: one duty, one due day."""
    return OpenCase(
        child_id=event.child_id,
        cycle=event.cycle,
        trigger=trigger,
        division=recorded.place.division,
        school_code=event.school_code,
        absent_since=event.absent_since,
        opened_on=recorded.known_on,
        opened_by=recorded.actor,
        poor=event.poor,
    )


def when_dropout_confirmed_begin_persuading(event: DropoutConfirmed, _: Recorded) -> Sequence[NoteDropout]:
    return [
        NoteDropout(child_id=event.child_id, cycle=event.cycle, confirmed_on=event.confirmed_on, cause=event.cause)
    ]


def when_student_returned_stop_clocks(event: StudentReturned, recorded: Recorded) -> Sequence[NoteReturn]:
    return [
        NoteReturn(
            child_id=event.child_id,
            cycle=event.cycle,
            returned_on=event.returned_on,
            return_event=recorded.id,
        )
    ]


def when_suspension_approved_stop_clocks(event: SuspensionApproved, _: Recorded) -> Sequence[StopClocks]:
    return [
        StopClocks(
            child_id=event.child_id,
            cycle=event.cycle,
            because=StopReason.ON_SUSPENSION,
            stopped_on=event.approved_on,
        )
    ]


GONE: Mapping[type[Gone], tuple[StopReason, str]] = {
    DeathRecorded: (StopReason.DECEASED, "died_on"),
    WentAbroad: (StopReason.ABROAD, "left_on"),
    DeclaredMissing: (StopReason.DECLARED_MISSING, "declared_on"),
    ElsewhereConfirmed: (StopReason.ELSEWHERE, "confirmed_on"),
    GraduationRecorded: (StopReason.COMPLETED, "graduated_on"),
    DuplicateMerged: (StopReason.MERGED, "merged_on"),
    HomeTeachingStarted: (StopReason.HOME_TEACHING, "started_on"),
    DeferralApproved: (StopReason.DEFERRED, "approved_on"),
    DropoutMarkCorrected: (StopReason.MISTAKE, "corrected_on"),
}
"""Why the clocks stop, and which field says since when. The case still waits to be closed with that reason."""


def when_gone_stop_clocks(event: Gone, _: Recorded) -> Sequence[StopClocks]:
    because, day = GONE[type(event)]
    stopped_on = getattr(event, day)
    return [StopClocks(child_id=event.child_id, cycle=event.cycle, because=because, stopped_on=stopped_on)]


def when_return_stabilised_allow_closure(event: ReturnStabilised, _: Recorded) -> Sequence[NoteStabilised]:
    return [NoteStabilised(child_id=event.child_id, cycle=event.cycle, stabilised_on=event.stabilised_on)]


def when_persuasion_attempted_note_attempt(event: PersuasionAttempted, _: Recorded) -> Sequence[NoteAttempt]:
    return [
        NoteAttempt(
            child_id=event.child_id,
            cycle=event.cycle,
            attempt_no=event.attempt_no,
            method=event.method,
            attempted_on=event.attempted_on,
            result=event.result,
        )
    ]


def when_household_visit_recorded_note_visit(
    event: HouseholdVisitRecorded, _: Recorded
) -> Sequence[NoteHouseholdVisit]:
    if event.cycle == 0:
        return []
    return [
        NoteHouseholdVisit(
            child_id=event.child_id,
            cycle=event.cycle,
            visit_id=event.visit_id,
            visited_on=event.visited_on,
            cause=event.cause,
            result=event.result,
        )
    ]


def when_return_team_assigned_note_team(event: ReturnTeamAssigned, _: Recorded) -> Sequence[NoteTeam]:
    return [
        NoteTeam(
            child_id=event.child_id,
            cycle=event.cycle,
            teacher=event.teacher,
            village_cadre=event.village_cadre,
            guardian=event.guardian,
        )
    ]


REACTIONS: Mapping[type[Any], Sequence[Reaction]] = {
    CalendarLoaded: (when_changed_begin_recomputing,),
    SuspectedDropoutFlagged: (when_suspected_dropout_flagged_open_case,),
    OutOfSchoolChildFound: (when_out_of_school_child_found_open_case,),
    DropoutConfirmed: (when_dropout_confirmed_begin_persuading,),
    StudentReturned: (when_student_returned_stop_clocks,),
    ReturnStabilised: (when_return_stabilised_allow_closure,),
    SuspensionApproved: (when_suspension_approved_stop_clocks,),
    **dict.fromkeys(GONE, (when_gone_stop_clocks,)),
    StudentRelapsed: (when_student_relapsed_reopen_case,),
    PersuasionAttempted: (when_persuasion_attempted_note_attempt,),
    HouseholdVisitRecorded: (when_household_visit_recorded_note_visit,),
    ReturnTeamAssigned: (when_return_team_assigned_note_team,),
}
