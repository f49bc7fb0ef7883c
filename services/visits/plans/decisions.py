"""The registry's words on a child that end or close its plan."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from services.visits.due_days.reckoning import checks_due, still_moving
from services.visits.household_visits.vocabulary import EndReason
from services.visits.ids import ChildId, Division, SchoolCode
from services.visits.persuasion.events import PersuasionStopped
from services.visits.plans.cycles import cancel_visits, is_old_news
from services.visits.plans.events import PlanClosed
from services.visits.plans.state import ChildPlanEvent, Plan, PlanStatus
from services.visits.policy import StabilityPolicy
from services.visits.stability.events import StabilityChecksScheduled
from shared.calendar import SchoolCalendar
from shared.kernel.commands import Context


@dataclass(frozen=True, slots=True, kw_only=True)
class StopPersuasion:
    """The child is back at school."""

    NAME: ClassVar[str] = "visits.stop-persuasion"
    child_id: ChildId
    division: Division
    school_code: SchoolCode
    returned_on: date
    cycle: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosePlan:
    """The return is stable."""

    NAME: ClassVar[str] = "visits.close-plan"
    child_id: ChildId
    stabilised_on: date
    cycle: int


@dataclass(frozen=True, slots=True, kw_only=True)
class StandDown:
    """Nobody need go any more, though the child is not back: it is away by right, or never was away."""

    NAME: ClassVar[str] = "visits.stand-down"
    child_id: ChildId
    reason: EndReason
    stood_down_on: date
    cycle: int


def stop_persuasion(
    policy: StabilityPolicy, calendar: SchoolCalendar, plan: Plan, command: StopPersuasion, _: Context
) -> list[ChildPlanEvent]:
    """End everything that leads to the child's house, and say when somebody looks whether it stays at school."""
    if is_old_news(plan, command.cycle):
        return []
    checks = checks_due(calendar, command.returned_on, policy.check_after_days)
    stopped = PersuasionStopped(
        child_id=plan.id,
        division=command.division,
        school_code=command.school_code,
        returned_on=command.returned_on,
        attempts=plan.attempts if command.cycle == plan.cycle else 0,
        cycle=command.cycle,
    )
    scheduled = StabilityChecksScheduled(
        child_id=plan.id,
        returned_on=command.returned_on,
        checks=tuple(each.day for each in checks),
        provisional=still_moving(checks),
        cycle=command.cycle,
    )
    return [*cancel_visits(plan, EndReason.RETURNED, command.returned_on), stopped, scheduled]


def stand_down(plan: Plan, command: StandDown, _: Context) -> list[ChildPlanEvent]:
    if plan.status in (PlanStatus.NONE, PlanStatus.CLOSED) or command.cycle < plan.cycle:
        return []
    day = command.stood_down_on
    return [*cancel_visits(plan, command.reason, day), _closed(plan, day, command.reason)]


def close_plan(plan: Plan, command: ClosePlan, _: Context) -> list[PlanClosed]:
    """One return closes one plan (rule 9-23: 劝返一个销号一个)."""
    if plan.status is not PlanStatus.FOLLOWING_UP or command.cycle != plan.cycle:
        return []
    return [_closed(plan, command.stabilised_on, EndReason.STABLE)]


def _closed(plan: Plan, day: date, reason: EndReason) -> PlanClosed:
    return PlanClosed(
        child_id=plan.id, closed_on=day, reason=reason, checks_missing=plan.checks_missing, cycle=plan.cycle
    )
