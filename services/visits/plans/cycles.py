"""Cycles: what news is old, and how a new cycle begins."""

from dataclasses import dataclass
from datetime import date

from services.visits.household_visits.events import HouseholdVisitCancelled
from services.visits.household_visits.vocabulary import EndReason
from services.visits.ids import Division, SchoolCode
from services.visits.plans.events import PlanOpened, PlanReopened
from services.visits.plans.state import Plan, PlanStatus


@dataclass(frozen=True, slots=True, kw_only=True)
class Away:
    """That a child is away, since when, and from where: what the registry said."""

    cycle: int
    division: Division
    school_code: SchoolCode
    absent_since: date
    known_on: date


def is_old_news(plan: Plan, cycle: int) -> bool:
    """Whether the plan is past the absence of `cycle`: a later cycle runs, or the child came back in this one."""
    return cycle < plan.cycle or (cycle == plan.cycle and not plan.is_away)


def begin(plan: Plan, away: Away) -> list[PlanOpened | PlanReopened | HouseholdVisitCancelled]:
    """The events that bring the plan into the cycle; none when it is there."""
    if away.cycle <= plan.cycle:
        return []
    if plan.status is PlanStatus.NONE:
        return [
            PlanOpened(
                child_id=plan.id,
                division=away.division,
                school_code=away.school_code,
                absent_since=away.absent_since,
                opened_on=away.known_on,
                cycle=away.cycle,
            )
        ]
    reopened = PlanReopened(
        child_id=plan.id,
        division=away.division,
        school_code=away.school_code,
        absent_since=away.absent_since,
        opened_on=away.known_on,
        cycle=away.cycle,
        previous_cycle=plan.cycle,
    )
    return [*cancel_visits(plan, EndReason.SUPERSEDED, away.known_on), reopened]


def cancel_visits(plan: Plan, reason: EndReason, day: date) -> list[HouseholdVisitCancelled]:
    """Nobody need go after that day."""
    return [
        HouseholdVisitCancelled(
            child_id=plan.id, visit_id=visit.id, reason=reason, cancelled_on=day, cycle=visit.cycle
        )
        for visit in plan.pending_visits
    ]
