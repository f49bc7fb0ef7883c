"""Sending somebody to the child's house, handing the errand over, and noticing that nobody went."""

from dataclasses import dataclass
from typing import ClassVar

from services.visits.due_days.reckoning import visit_due
from services.visits.household_visits.events import (
    HouseholdVisitOpened,
    HouseholdVisitOverdue,
    HouseholdVisitReassigned,
)
from services.visits.household_visits.refusals import (
    TeacherNotNamed,
    VisitAlreadyRecorded,
    VisitCancelled,
    VisitNotKnown,
)
from services.visits.household_visits.vocabulary import Priority, Reason
from services.visits.ids import ChildId, VisitId
from services.visits.plans.cycles import Away, begin, is_old_news
from services.visits.plans.state import ChildPlanEvent, Plan, Visit, VisitStatus
from services.visits.policy import VisitPolicy
from shared.calendar import SchoolCalendar
from shared.kernel.commands import Context
from shared.kernel.refusals import NotFound


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenHouseholdVisit:
    """The child is away: somebody must go. Begins the cycle when it is new."""

    NAME: ClassVar[str] = "visits.open-household-visit"
    child_id: ChildId
    visit_id: VisitId
    reason: Reason
    priority: Priority
    away: Away


@dataclass(frozen=True, slots=True, kw_only=True)
class ReassignHouseholdVisit:
    """Another teacher takes the visit over."""

    NAME: ClassVar[str] = "visits.reassign-household-visit"
    child_id: ChildId
    visit_id: VisitId
    teacher: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteHouseholdVisitOverdue:
    """The due date is over (sent by the deadline)."""

    NAME: ClassVar[str] = "visits.note-household-visit-overdue"
    child_id: ChildId
    visit_id: VisitId


def open_visit(
    policy: VisitPolicy,
    calendar: SchoolCalendar,
    teacher: str,
    plan: Plan,
    command: OpenHouseholdVisit,
    _: Context,
) -> list[ChildPlanEvent]:
    """`teacher` is who answers for the child's class, or of a child in none the village's cadre; empty: nobody."""
    away = command.away
    if is_old_news(plan, away.cycle) or any(visit.cycle == away.cycle for visit in plan.visits.values()):
        return []  # one absence, one visit: a lapse of home teaching and its suspicion are the same
    due = visit_due(policy, calendar, command.reason, away.known_on)
    opened = HouseholdVisitOpened(
        child_id=plan.id,
        visit_id=command.visit_id,
        reason=command.reason,
        teacher=teacher,
        unassigned=not teacher,
        priority=command.priority,
        school_code=away.school_code,
        opened_on=away.known_on,
        due_on=due.day,
        provisional=due.provisional,
        cycle=away.cycle,
    )
    return [*begin(plan, away), opened]


def reassign_visit(plan: Plan, command: ReassignHouseholdVisit, _: Context) -> list[HouseholdVisitReassigned]:
    visit = pending_visit(plan, command.visit_id)
    if not command.teacher:
        raise TeacherNotNamed()
    if command.teacher == visit.teacher:
        return []
    return [
        HouseholdVisitReassigned(
            child_id=plan.id,
            visit_id=visit.id,
            teacher=command.teacher,
            previous_teacher=visit.teacher,
            cycle=visit.cycle,
        )
    ]


def note_overdue(plan: Plan, command: NoteHouseholdVisitOverdue, context: Context) -> list[HouseholdVisitOverdue]:
    visit = plan.visits.get(command.visit_id)
    if visit is None or visit.status is not VisitStatus.OPEN or visit.due.day >= context.today:
        return []
    return [HouseholdVisitOverdue(child_id=plan.id, visit_id=visit.id, due_on=visit.due.day, cycle=visit.cycle)]


def pending_visit(plan: Plan, visit_id: VisitId) -> Visit:
    """The visit, still to be made. Raises Refused when it is unknown, recorded or cancelled."""
    visit = unrecorded_visit(plan, visit_id)
    if visit.ended is not None:
        raise VisitCancelled(visit.ended)
    return visit


def unrecorded_visit(plan: Plan, visit_id: VisitId) -> Visit:
    """The visit, still to be made or no longer needed. Raises Refused when it is unknown, or recorded."""
    if not plan.cycle:
        raise NotFound(plan.id)
    visit = plan.visits.get(visit_id)
    if visit is None:
        raise VisitNotKnown()
    if visit.status is VisitStatus.DONE:
        raise VisitAlreadyRecorded()
    return visit
