"""What the registry's and the visits service's events cause here: one visible table at the end."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from services.supervision.contracts import (
    CalendarLoaded,
    ChildCorrected,
    ChildEnrolled,
    DeathRecorded,
    DeclaredMissing,
    DeferralApproved,
    DeferralExpired,
    DropoutConfirmed,
    DropoutMarkCorrected,
    DuplicateMerged,
    DuplicateUnmerged,
    ElsewhereConfirmed,
    ElsewhereLapsed,
    Gone,
    GraduationRecorded,
    HomeTeachingLapsed,
    HomeTeachingStarted,
    HouseholdVisitRecorded,
    Lapsed,
    Moved,
    OutOfSchoolChildFound,
    PersuasionAttempted,
    ReceivingSchoolAssigned,
    ReturnStabilised,
    ReturnTeamAssigned,
    StabilityCheckRecorded,
    StabilityChecksScheduled,
    StudentRelapsed,
    StudentResumed,
    StudentReturned,
    SuspectedDropoutFlagged,
    SuspensionApproved,
    SuspensionExpired,
    TransferCompleted,
    TransferredOut,
    WentAbroad,
)
from services.supervision.facts import Fact
from services.supervision.ids import ChildId
from services.supervision.return_cases.commands import (
    CURRENT,
    EndSearch,
    MoveCase,
    NoteAttempt,
    NoteBirth,
    NoteCheck,
    NoteChecksPlanned,
    NoteDropout,
    NoteHouseholdVisit,
    NoteLapse,
    NoteReturn,
    NoteStabilised,
    NoteTeam,
    OpenCase,
)
from services.supervision.return_cases.events import MoveCause, Trigger
from services.supervision.return_notices.events import StopReason
from shared.calendar.zone import local_date
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


GONE: Mapping[type[Gone], tuple[StopReason, str]] = {
    SuspensionApproved: (StopReason.ON_SUSPENSION, "approved_on"),
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
"""Why nobody need look for the child, and which field says since when. The case waits to be closed on that ground."""


def when_gone_end_search(event: Gone, recorded: Recorded) -> Sequence[EndSearch]:
    because, day = GONE[type(event)]
    return [_ending(event.child_id, event.cycle, because, recorded, getattr(event, day))]


def when_transferred_out_end_search(event: TransferredOut, recorded: Recorded) -> Sequence[EndSearch]:
    return [_ending(event.child_id, CURRENT, StopReason.ELSEWHERE, recorded, event.moved_on)]


def when_student_resumed_end_search(event: StudentResumed, recorded: Recorded) -> Sequence[EndSearch]:
    """Whoever was suspended, and came back late, is back by right: the ground holds again."""
    return [_ending(event.child_id, CURRENT, StopReason.ON_SUSPENSION, recorded, event.resumed_on)]


def _ending(child_id: ChildId, cycle: int, because: StopReason, recorded: Recorded, on: date) -> EndSearch:
    return EndSearch(child_id=child_id, cycle=cycle, because=because, fact=_fact(recorded), ended_on=on)


def _fact(recorded: Recorded) -> Fact:
    return Fact(type=recorded.type, event=recorded.id)


LAPSED: Mapping[type[Lapsed], tuple[StopReason, str]] = {
    ElsewhereLapsed: (StopReason.ELSEWHERE, "lapsed_on"),
    DeferralExpired: (StopReason.DEFERRED, "expired_on"),
    SuspensionExpired: (StopReason.ON_SUSPENSION, "expired_on"),
    HomeTeachingLapsed: (StopReason.HOME_TEACHING, "lapsed_on"),
    DuplicateUnmerged: (StopReason.MERGED, "unmerged_on"),
}
"""Which ground holds no longer. Only a mistaken merge never was one: the child is sought as before."""


def when_lapsed_note_it(event: Lapsed, recorded: Recorded) -> Sequence[NoteLapse]:
    ground, day = LAPSED[type(event)]
    return [
        NoteLapse(
            child_id=event.child_id,
            ground=ground,
            fact=_fact(recorded),
            reopens=isinstance(event, DuplicateUnmerged),
            lapsed_on=getattr(event, day),
        )
    ]


MOVED: Mapping[type[Moved], tuple[MoveCause, str]] = {
    ChildEnrolled: (MoveCause.ENROLLED, "enrolled_on"),
    TransferCompleted: (MoveCause.TRANSFERRED, "moved_on"),
    ReceivingSchoolAssigned: (MoveCause.SCHOOL_CLOSED, "moved_on"),
    ChildCorrected: (MoveCause.FILE_CORRECTED, "corrected_on"),
    DuplicateUnmerged: (MoveCause.FILES_PARTED, "unmerged_on"),
}
"""Why the child stands elsewhere, and which field says since when. Where is what the event's envelope says."""


def when_moved_move_case(event: Moved, recorded: Recorded) -> Sequence[MoveCase]:
    because, day = MOVED[type(event)]
    return [
        MoveCase(
            child_id=event.child_id,
            division=recorded.place.division,
            school_code=recorded.place.school,
            because=because,
            fact=_fact(recorded),
            moved_on=getattr(event, day),
        )
    ]


def when_duplicate_merged_move_case(event: DuplicateMerged, recorded: Recorded) -> Sequence[MoveCase]:
    """To where the other file says that the child stands."""
    return [
        MoveCase(
            child_id=event.child_id,
            division=event.kept_division,
            school_code=event.kept_school_code,
            because=MoveCause.FILES_MERGED,
            fact=_fact(recorded),
            moved_on=event.merged_on,
        )
    ]


def when_birth_date_corrected_look_at_age(event: ChildCorrected, recorded: Recorded) -> Sequence[NoteBirth]:
    if event.field != "birth_date":
        return []
    return [
        NoteBirth(
            child_id=event.child_id,
            born_on=date.fromisoformat(event.new_value),
            fact=_fact(recorded),
            corrected_on=event.corrected_on,
        )
    ]


def when_return_stabilised_allow_closure(event: ReturnStabilised, recorded: Recorded) -> Sequence[NoteStabilised]:
    return [
        NoteStabilised(
            child_id=event.child_id,
            cycle=event.cycle,
            stabilised_on=event.stabilised_on,
            fact=_fact(recorded),
        )
    ]


def when_stability_checks_scheduled_note_them(
    event: StabilityChecksScheduled, _: Recorded
) -> Sequence[NoteChecksPlanned]:
    return [NoteChecksPlanned(child_id=event.child_id, cycle=event.cycle, planned=len(event.checks))]


def when_stability_check_recorded_note_check(event: StabilityCheckRecorded, recorded: Recorded) -> Sequence[NoteCheck]:
    return [
        NoteCheck(
            child_id=event.child_id,
            cycle=event.cycle,
            check_no=event.check_no,
            checked_on=event.checked_on,
            finding=event.finding,
            fact=_fact(recorded),
        )
    ]


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
    event: HouseholdVisitRecorded, recorded: Recorded
) -> Sequence[NoteHouseholdVisit]:
    if event.cycle == 0:
        return []
    return [
        NoteHouseholdVisit(
            child_id=event.child_id,
            cycle=event.cycle,
            visit_id=event.visit_id,
            visited_on=event.visited_on,
            entered_on=local_date(recorded.time),
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
    **dict.fromkeys(GONE, (when_gone_end_search,)),
    TransferredOut: (when_transferred_out_end_search,),
    StudentResumed: (when_student_resumed_end_search,),
    **dict.fromkeys(LAPSED, (when_lapsed_note_it,)),
    **dict.fromkeys(MOVED, (when_moved_move_case,)),
    ChildCorrected: (when_moved_move_case, when_birth_date_corrected_look_at_age),
    DuplicateMerged: (when_gone_end_search, when_duplicate_merged_move_case),
    DuplicateUnmerged: (when_lapsed_note_it, when_moved_move_case),
    StudentRelapsed: (when_student_relapsed_reopen_case,),
    PersuasionAttempted: (when_persuasion_attempted_note_attempt,),
    HouseholdVisitRecorded: (when_household_visit_recorded_note_visit,),
    StabilityChecksScheduled: (when_stability_checks_scheduled_note_them,),
    StabilityCheckRecorded: (when_stability_check_recorded_note_check,),
    ReturnTeamAssigned: (when_return_team_assigned_note_team,),
}
