"""A child's plan as decisions see it: visits, attempts, team and checks of the present cycle in one stream.

They share a stream because they end together: a return must leave nobody on the way to the child's house.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from typing import assert_never

from services.visits.due_days.events import DueDayMoved, Matter
from services.visits.due_days.reckoning import known_days
from services.visits.household_visits.events import (
    HouseholdVisitCancelled,
    HouseholdVisitEvent,
    HouseholdVisitOpened,
    HouseholdVisitOverdue,
    HouseholdVisitReassigned,
    HouseholdVisitRecorded,
)
from services.visits.household_visits.vocabulary import EndReason, Reason
from services.visits.ids import ChildId, VisitId
from services.visits.persuasion.events import (
    PersuasionAttempted,
    PersuasionEvent,
    PersuasionPlanned,
    PersuasionStopped,
)
from services.visits.plans.events import PlanClosed, PlanEvent, PlanMoved, PlanOpened, PlanReopened
from services.visits.stability.events import StabilityCheckRecorded, StabilityChecksScheduled, StabilityEvent
from services.visits.teams.events import ReturnTeamAssigned, ReturnTeamProposed, TeamEvent
from shared.calendar import DueDay
from shared.identifiers import name_key
from shared.kernel.aggregates import Aggregate
from shared.kernel.caller import Place

ChildPlanEvent = PlanEvent | HouseholdVisitEvent | PersuasionEvent | TeamEvent | StabilityEvent | DueDayMoved


class PlanStatus(StrEnum):
    NONE = "NONE"  # the child was never away
    PERSUADING = "PERSUADING"  # away
    FOLLOWING_UP = "FOLLOWING_UP"  # back, not yet stable
    CLOSED = "CLOSED"


class VisitStatus(StrEnum):
    OPEN = "OPEN"
    OVERDUE = "OVERDUE"
    DONE = "DONE"
    CANCELLED = "CANCELLED"

    @property
    def is_pending(self) -> bool:
        return self in (VisitStatus.OPEN, VisitStatus.OVERDUE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    id: VisitId
    teacher: str
    reason: Reason
    opened_on: date
    due: DueDay
    cycle: int
    status: VisitStatus = VisitStatus.OPEN
    ended: "End | None" = None


@dataclass(frozen=True, slots=True)
class End:
    """The last day on which somebody was to go, or to look, and why nobody is any more."""

    day: date
    reason: EndReason


@dataclass(frozen=True, slots=True, kw_only=True)
class Team:
    """The three roles by name; an empty name is a missing person."""

    teacher: str
    village_cadre: str
    guardian: str

    @property
    def names(self) -> tuple[str, str, str]:
        return self.teacher, self.village_cadre, self.guardian

    def filled_from(self, responsible: "Team") -> "Team":
        """Whoever is named stays; whom it lacks comes from those who are responsible."""
        return Team(
            teacher=self.teacher or responsible.teacher,
            village_cadre=self.village_cadre or responsible.village_cadre,
            guardian=self.guardian or responsible.guardian,
        )

    @property
    def is_complete(self) -> bool:
        return all(self.names) and len(set(map(name_key, self.names))) == len(self.names)


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """`cycle`, `attempts`, `planned`, `checks` and `team_cycle` speak of the present cycle; the team outlives it.

    `persuaded`: when the child was no longer to be persuaded in this cycle; `closed`: when nothing was left to do.
    """

    id: ChildId
    status: PlanStatus = PlanStatus.NONE
    cycle: int = 0
    place: Place = field(default_factory=Place)
    absent_since: date = date.min
    returned_on: date = date.min
    visits: Mapping[VisitId, Visit] = field(default_factory=dict)
    attempts: int = 0
    planned: bool = False
    planned_on: date = date.min
    attempts_due: tuple[DueDay, ...] = ()
    team: Team | None = None
    team_cycle: int = 0
    checks: tuple[DueDay, ...] = ()
    checked: frozenset[int] = frozenset()
    persuaded: End | None = None
    closed: End | None = None

    @property
    def is_away(self) -> bool:
        return self.status is PlanStatus.PERSUADING

    @property
    def is_running(self) -> bool:
        """Somebody is to do something for this child."""
        return self.status in (PlanStatus.PERSUADING, PlanStatus.FOLLOWING_UP)

    @property
    def checks_missing(self) -> tuple[int, ...]:
        return tuple(number for number in range(1, len(self.checks) + 1) if number not in self.checked)

    @property
    def pending_visits(self) -> list[Visit]:
        return [visit for visit in self.visits.values() if visit.status.is_pending]


def evolve(plan: Plan, event: ChildPlanEvent) -> Plan:
    match event:
        case PlanOpened() | PlanReopened():
            return _begin_cycle(plan, event)
        case PlanMoved():
            return _go_along(plan, event)
        case PlanClosed(closed_on=day, reason=reason):
            end = End(day, reason)
            return replace(plan, status=PlanStatus.CLOSED, closed=end, persuaded=plan.persuaded or end)
        case PersuasionPlanned():
            due = known_days(event.attempts_due, event.provisional)
            return replace(plan, planned=True, planned_on=event.planned_on, attempts_due=due)
        case PersuasionAttempted(attempt_no=attempt_no):
            return replace(plan, attempts=attempt_no)
        case PersuasionStopped():
            return _return(plan, event)
        case ReturnTeamProposed() | ReturnTeamAssigned():
            team = Team(teacher=event.teacher, village_cadre=event.village_cadre, guardian=event.guardian)
            return replace(plan, team=team, team_cycle=event.cycle)
        case StabilityChecksScheduled():
            checks = known_days(event.checks, event.provisional)
            return replace(plan, returned_on=event.returned_on, checks=checks, checked=frozenset())
        case StabilityCheckRecorded(check_no=check_no):
            return replace(plan, checked=plan.checked | {check_no})
        case DueDayMoved():
            return _move(plan, event)
        case _:
            return _evolve_visits(plan, event)


def _move(plan: Plan, event: DueDayMoved) -> Plan:
    due = DueDay(event.due_on, event.provisional)
    match event.matter:
        case Matter.VISIT:
            return _with_visit(plan, replace(plan.visits[VisitId(event.item)], due=due))
        case Matter.ATTEMPT:
            return replace(plan, attempts_due=_numbered(plan.attempts_due, event.item, due))
        case Matter.CHECK:
            return replace(plan, checks=_numbered(plan.checks, event.item, due))


def _numbered(days: tuple[DueDay, ...], item: str, due: DueDay) -> tuple[DueDay, ...]:
    return tuple(due if str(number) == item else day for number, day in enumerate(days, start=1))


def _begin_cycle(plan: Plan, event: PlanOpened | PlanReopened) -> Plan:
    return replace(
        plan,
        status=PlanStatus.PERSUADING,
        cycle=event.cycle,
        place=Place(event.division, event.school_code),
        absent_since=event.absent_since,
        attempts=0,
        planned=False,
        planned_on=date.min,
        attempts_due=(),
        checks=(),
        checked=frozenset(),
        persuaded=None,
        closed=None,
    )


def _go_along(plan: Plan, event: PlanMoved) -> Plan:
    """Whoever answered for the child at the place that it left does so no more."""
    team = plan.team
    if team is not None and event.school_code != event.former_school_code:
        team = replace(team, teacher="")
    if team is not None and event.division != event.former_division:
        team = replace(team, village_cadre="")
    return replace(plan, place=Place(event.division, event.school_code), team=team)


def _return(plan: Plan, event: PersuasionStopped) -> Plan:
    return replace(
        plan,
        status=PlanStatus.FOLLOWING_UP,
        cycle=event.cycle,
        place=Place(event.division, event.school_code),
        returned_on=event.returned_on,
        attempts=event.attempts,
        persuaded=End(event.returned_on, EndReason.RETURNED),
        closed=None,
    )


def _evolve_visits(plan: Plan, event: HouseholdVisitEvent) -> Plan:
    match event:
        case HouseholdVisitOpened():
            visit = Visit(
                id=event.visit_id,
                teacher=event.teacher,
                reason=event.reason,
                opened_on=event.opened_on,
                due=DueDay(event.due_on, event.provisional),
                cycle=event.cycle,
            )
            return replace(plan, visits={**plan.visits, visit.id: visit})
        case HouseholdVisitReassigned(visit_id=visit_id, teacher=teacher):
            return _with_visit(plan, replace(plan.visits[visit_id], teacher=teacher))
        case HouseholdVisitRecorded(visit_id=visit_id):
            return _with_visit(plan, replace(plan.visits[visit_id], status=VisitStatus.DONE))
        case HouseholdVisitOverdue(visit_id=visit_id):
            return _with_visit(plan, replace(plan.visits[visit_id], status=VisitStatus.OVERDUE))
        case HouseholdVisitCancelled(visit_id=visit_id, cancelled_on=day, reason=reason):
            cancelled = replace(plan.visits[visit_id], status=VisitStatus.CANCELLED, ended=End(day, reason))
            return _with_visit(plan, cancelled)
        case _:
            assert_never(event)


def _with_visit(plan: Plan, visit: Visit) -> Plan:
    return replace(plan, visits={**plan.visits, visit.id: visit})


PLANS: Aggregate[Plan] = Aggregate(
    category="child-plan",
    initial=lambda id_: Plan(id=ChildId(id_)),
    evolve=evolve,
    place=lambda plan: plan.place,
)
