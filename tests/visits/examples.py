"""One invented child of county 349921, and what happens to it: the words of the tests on visits."""

from datetime import date
from typing import Any

from services.visits.contracts import (
    DropoutConfirmed,
    OutOfSchoolChildFound,
    ReturnStabilised,
    StudentRelapsed,
    StudentReturned,
    SuspectedDropoutFlagged,
    SuspensionApproved,
)
from services.visits.household_visits.events import HouseholdVisitCancelled, HouseholdVisitOpened
from services.visits.household_visits.opening import OpenHouseholdVisit
from services.visits.household_visits.recording import RecordHouseholdVisit
from services.visits.household_visits.vocabulary import Cause, EndReason, Priority, Reason
from services.visits.ids import ChildId, Division, SchoolCode, VisitId
from services.visits.persuasion.decisions import RecordPersuasionAttempt
from services.visits.persuasion.events import PersuasionAttempted, PersuasionStopped
from services.visits.persuasion.vocabulary import Method
from services.visits.plans.cycles import Away
from services.visits.plans.decisions import StopPersuasion
from services.visits.plans.events import PlanClosed, PlanOpened, PlanReopened
from services.visits.policy import read_policy
from services.visits.stability.events import StabilityChecksScheduled
from services.visits.teams.events import ReturnTeamAssigned
from services.visits.vocabulary import Result, Whereabouts
from shared.calendar import SchoolCalendar, shipped_calendar, start_of_local_day
from shared.kernel.caller import Place
from shared.kernel.recorded import Recorded

POLICY = read_policy()
CALENDAR: SchoolCalendar = shipped_calendar()

CHILD = ChildId("c1")
VILLAGE = Division("349921103205")
SCHOOL = SchoolCode("3499210017")
VISIT = VisitId("v1")

ABSENT_SINCE = date(2026, 9, 1)
FLAGGED = date(2026, 9, 7)  # a Monday
VISITED = date(2026, 9, 8)
CONFIRMED = date(2026, 9, 28)
RETURNED = date(2026, 10, 12)
RELAPSED = date(2026, 10, 20)


def away(cycle: int = 1, known_on: date = FLAGGED, absent_since: date = ABSENT_SINCE) -> Away:
    return Away(cycle=cycle, division=VILLAGE, school_code=SCHOOL, absent_since=absent_since, known_on=known_on)


def open_visit_command(
    cycle: int = 1,
    visit_id: VisitId = VISIT,
    priority: Priority = Priority.NORMAL,
    known_on: date = FLAGGED,
    reason: Reason = Reason.SUSPECTED_DROPOUT,
) -> OpenHouseholdVisit:
    return OpenHouseholdVisit(
        child_id=CHILD, visit_id=visit_id, reason=reason, priority=priority, away=away(cycle, known_on)
    )


def plan_opened(cycle: int = 1, school_code: SchoolCode = SCHOOL) -> PlanOpened:
    return PlanOpened(
        child_id=CHILD,
        division=VILLAGE,
        school_code=school_code,
        absent_since=ABSENT_SINCE,
        opened_on=FLAGGED,
        cycle=cycle,
    )


def plan_closed(
    closed_on: date, reason: EndReason = EndReason.STABLE, checks_missing: tuple[int, ...] = (), cycle: int = 1
) -> PlanClosed:
    return PlanClosed(child_id=CHILD, closed_on=closed_on, reason=reason, checks_missing=checks_missing, cycle=cycle)


def plan_reopened(cycle: int = 2, opened_on: date = RELAPSED, absent_since: date = ABSENT_SINCE) -> PlanReopened:
    return PlanReopened(
        child_id=CHILD,
        division=VILLAGE,
        school_code=SCHOOL,
        absent_since=absent_since,
        opened_on=opened_on,
        cycle=cycle,
        previous_cycle=cycle - 1,
    )


def visit_opened(
    visit_id: VisitId = VISIT,
    cycle: int = 1,
    priority: Priority = Priority.NORMAL,
    teacher: str = "王芳",
    opened_on: date = FLAGGED,
    due_on: date = date(2026, 9, 10),
    reason: Reason = Reason.SUSPECTED_DROPOUT,
) -> HouseholdVisitOpened:
    return HouseholdVisitOpened(
        child_id=CHILD,
        visit_id=visit_id,
        reason=reason,
        teacher=teacher,
        unassigned=not teacher,
        priority=priority,
        school_code=SCHOOL,
        opened_on=opened_on,
        due_on=due_on,
        cycle=cycle,
    )


def visit_cancelled(
    visit_id: VisitId = VISIT, cycle: int = 1, reason: EndReason = EndReason.RETURNED, cancelled_on: date = RETURNED
) -> HouseholdVisitCancelled:
    return HouseholdVisitCancelled(
        child_id=CHILD, visit_id=visit_id, reason=reason, cancelled_on=cancelled_on, cycle=cycle
    )


def record_visit_command(visited_on: date = VISITED, **more: Any) -> RecordHouseholdVisit:
    what: dict[str, Any] = {
        "visit_id": VISIT,
        "place": Whereabouts.HOME,
        "people": ("王芳", "李建国"),
        "cause": Cause.WORKING,
        "result": Result.UNDECIDED,
    }
    return RecordHouseholdVisit(child_id=CHILD, visited_on=visited_on, **(what | more))


def attempt_command(attempted_on: date = VISITED, **more: Any) -> RecordPersuasionAttempt:
    what: dict[str, Any] = {"method": Method.PHONE, "persons": ("王芳",), "result": Result.REFUSED}
    return RecordPersuasionAttempt(child_id=CHILD, attempted_on=attempted_on, **(what | more))


def attempted(attempt_no: int = 1, attempted_on: date = VISITED, cycle: int = 1, **more: Any) -> PersuasionAttempted:
    what: dict[str, Any] = {
        "method": Method.PHONE,
        "persons": ("王芳",),
        "place": Whereabouts.NOT_TOLD,
        "result": Result.REFUSED,
        "next_on": None,
        "photos": (),
        "photos_reused": (),
        "recorded_by": "u1",
        "due_on": None,
        "entered_on": attempted_on,
        "lateness": None,
        "afterwards": False,
    }
    return PersuasionAttempted(
        child_id=CHILD, attempt_no=attempt_no, attempted_on=attempted_on, cycle=cycle, **(what | more)
    )


def stop_command(cycle: int = 1, returned_on: date = RETURNED) -> StopPersuasion:
    return StopPersuasion(child_id=CHILD, division=VILLAGE, school_code=SCHOOL, returned_on=returned_on, cycle=cycle)


def stopped(attempts: int = 0, cycle: int = 1, returned_on: date = RETURNED) -> PersuasionStopped:
    return PersuasionStopped(
        child_id=CHILD,
        division=VILLAGE,
        school_code=SCHOOL,
        returned_on=returned_on,
        attempts=attempts,
        cycle=cycle,
    )


def checks_scheduled(cycle: int = 1, returned_on: date = RETURNED) -> StabilityChecksScheduled:
    """Days 3, 10 and 30 after 12 October: a Thursday, a Thursday, a Wednesday."""
    checks = (date(2026, 10, 15), date(2026, 10, 22), date(2026, 11, 11))
    return StabilityChecksScheduled(child_id=CHILD, returned_on=returned_on, checks=checks, cycle=cycle)


def team_assigned(cycle: int = 1) -> ReturnTeamAssigned:
    return ReturnTeamAssigned(child_id=CHILD, teacher="王芳", village_cadre="李建国", guardian="赵秀英", cycle=cycle)


def recorded(event: Any, day: date, position: int = 1) -> Recorded:
    """The envelope of a registry's event."""
    return Recorded(
        service="registry",
        partition=3,
        position=position,
        stream=f"child-{CHILD}",
        version=position,
        type=event.TYPE,
        key=CHILD,
        time=start_of_local_day(day),
        actor="u1",
        place=Place(VILLAGE, SCHOOL),
        correlation="k1",
        causation="",
        occurred_on=day,
        data={},
    )


def suspected(*, poor: bool = False, cycle: int = 1, flagged_on: date = FLAGGED) -> SuspectedDropoutFlagged:
    return SuspectedDropoutFlagged(
        child_id=CHILD,
        school_code=SCHOOL,
        absent_since=ABSENT_SINCE,
        flagged_on=flagged_on,
        poor=poor,
        cycle=cycle,
    )


def out_of_school(*, poor: bool = False, cycle: int = 1, found_on: date = FLAGGED) -> OutOfSchoolChildFound:
    return OutOfSchoolChildFound(
        child_id=CHILD,
        school_code=SchoolCode(""),
        absent_since=ABSENT_SINCE,
        found_on=found_on,
        poor=poor,
        cycle=cycle,
    )


def dropped_out(cycle: int = 1) -> DropoutConfirmed:
    return DropoutConfirmed(
        child_id=CHILD, school_code=SCHOOL, absent_since=ABSENT_SINCE, confirmed_on=CONFIRMED, cycle=cycle
    )


def came_back(cycle: int = 1, returned_on: date = RETURNED) -> StudentReturned:
    return StudentReturned(child_id=CHILD, school_code=SCHOOL, returned_on=returned_on, cycle=cycle)


def stabilised(cycle: int = 1) -> ReturnStabilised:
    return ReturnStabilised(child_id=CHILD, stabilised_on=date(2026, 11, 11), cycle=cycle)


def suspended(cycle: int = 1) -> SuspensionApproved:
    return SuspensionApproved(child_id=CHILD, approved_on=date(2026, 10, 9), cycle=cycle)


def relapsed(cycle: int = 2) -> StudentRelapsed:
    return StudentRelapsed(
        child_id=CHILD, school_code=SCHOOL, absent_since=date(2026, 10, 17), relapsed_on=RELAPSED, cycle=cycle
    )
