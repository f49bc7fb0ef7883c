"""A new holder of a post takes over what waited for one: visits without anybody, teams that lack a person."""

from dataclasses import dataclass
from typing import ClassVar

from services.visits.household_visits.events import HouseholdVisitReassigned
from services.visits.plans.state import ChildPlanEvent, Plan, Team
from services.visits.teams.decisions import named_team

MOST_CHILDREN_OF_A_POST = 200
"""A class, or the children of one village who are away: more than there are, so that one transaction does."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeUpPost:
    """Sent once somebody was assigned. For a class its school, grade and number are told; for a village none."""

    NAME: ClassVar[str] = "visits.take-up-post"
    post: str
    school_code: str = ""
    grade: int = 0
    class_no: int = 0


def take_up(goes: str, responsible: Team, plan: Plan) -> list[ChildPlanEvent]:
    """`goes`: who makes the child's visits now; `responsible`: the three who answer for it. Who was named stays."""
    events: list[ChildPlanEvent] = []
    if goes:
        events += [
            HouseholdVisitReassigned(
                child_id=plan.id,
                visit_id=visit.id,
                teacher=goes,
                previous_teacher="",
                cycle=visit.cycle,
            )
            for visit in plan.pending_visits
            if not visit.teacher
        ]
    if plan.is_running and plan.team is not None and plan.team_cycle == plan.cycle:
        filled = plan.team.filled_from(responsible)
        if filled != plan.team:
            events.append(named_team(plan.id, filled, plan.cycle))
    return events
