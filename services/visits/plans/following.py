"""The plan goes where its child goes: to another school, class, township or village."""

from dataclasses import dataclass, replace
from datetime import date
from typing import ClassVar

from services.visits.household_visits.events import HouseholdVisitReassigned
from services.visits.ids import ChildId, Division, SchoolCode
from services.visits.plans.events import PlanMoved
from services.visits.plans.state import ChildPlanEvent, Plan, PlanStatus, Team, Visit, evolve
from services.visits.teams.decisions import named_team
from shared.kernel.caller import Place
from shared.kernel.commands import Context


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowChild:
    """The registry has the child at this place now; its class or its guardian may be others as well."""

    NAME: ClassVar[str] = "visits.follow-child"
    child_id: ChildId
    division: Division
    school_code: SchoolCode
    moved_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Responsible:
    """Who goes to the child now, the three who answer for it, and the teacher of the class that it was in before.

    An empty name is a missing person.
    """

    goes: str
    team: Team
    former_teacher: str = ""


def follow_child(responsible: Responsible, plan: Plan, command: FollowChild, _: Context) -> list[ChildPlanEvent]:
    """What is open is handed over; what was recorded stays where it was done. Whoever was named by hand stays, too,
    unless the child has left the school or the village that they answer for.
    """
    if plan.status is PlanStatus.NONE:
        return []
    moved = _moved(plan, command)
    after = evolve(plan, moved[0]) if moved else plan
    return [*moved, *_visits(responsible, plan, after), *_team(responsible, plan, after)]


def _moved(plan: Plan, command: FollowChild) -> list[PlanMoved]:
    if plan.place == Place(command.division, command.school_code):
        return []
    return [
        PlanMoved(
            child_id=plan.id,
            division=command.division,
            school_code=command.school_code,
            former_division=Division(plan.place.division),
            former_school_code=SchoolCode(plan.place.school),
            following_up=plan.status is PlanStatus.FOLLOWING_UP,
            moved_on=command.moved_on,
            cycle=plan.cycle,
        )
    ]


def _visits(responsible: Responsible, before: Plan, after: Plan) -> list[HouseholdVisitReassigned]:
    """Every open visit is told of again once the child has moved: its row must stand at the new place."""
    goes = {visit.id: _goes(responsible, before, after, visit) for visit in after.pending_visits}
    return [
        HouseholdVisitReassigned(
            child_id=after.id,
            visit_id=visit.id,
            teacher=goes[visit.id],
            previous_teacher=visit.teacher,
            cycle=visit.cycle,
        )
        for visit in after.pending_visits
        if before.place != after.place or goes[visit.id] != visit.teacher
    ]


def _goes(responsible: Responsible, before: Plan, after: Plan, visit: Visit) -> str:
    left_school = before.place.school != after.place.school
    left_village = not after.place.school and before.place.division != after.place.division
    theirs = visit.teacher in ("", responsible.former_teacher)
    return responsible.goes if left_school or left_village or theirs else visit.teacher


def _team(responsible: Responsible, before: Plan, after: Plan) -> list[ChildPlanEvent]:
    if not after.is_running or after.team is None or after.team_cycle != after.cycle:
        return []
    team = after.team
    if team.teacher == responsible.former_teacher:
        team = replace(team, teacher="")
    team = team.filled_from(responsible.team)
    return [named_team(after.id, team, after.cycle)] if team != before.team else []
