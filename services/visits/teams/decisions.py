"""Naming the three who help one child (三帮一)."""

from dataclasses import dataclass
from typing import ClassVar

from services.visits.due_days.reckoning import attempts_due, still_moving
from services.visits.ids import ChildId
from services.visits.persuasion.events import PersuasionPlanned
from services.visits.plans.cycles import Away, begin, is_old_news
from services.visits.plans.state import ChildPlanEvent, Plan, Team
from services.visits.policy import PersuasionPolicy
from services.visits.teams.events import ReturnTeamAssigned, ReturnTeamProposed
from services.visits.teams.refusals import PlanIsClosed, TeamIncomplete, TeamOfTheSame
from shared.calendar import SchoolCalendar
from shared.kernel.commands import Context
from shared.kernel.refusals import NotFound

ROLES_ZH = ("教师", "村干部", "监护人")


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposeReturnTeam:
    """The child dropped out: name its team from those who are responsible, and plan the persuasion."""

    NAME: ClassVar[str] = "visits.propose-return-team"
    child_id: ChildId
    away: Away


@dataclass(frozen=True, slots=True, kw_only=True)
class AssignReturnTeam:
    """Somebody names the three."""

    NAME: ClassVar[str] = "visits.assign-return-team"
    child_id: ChildId
    teacher: str
    village_cadre: str
    guardian: str


def propose_team(
    policy: PersuasionPolicy,
    calendar: SchoolCalendar,
    responsible: Team,
    plan: Plan,
    command: ProposeReturnTeam,
    _: Context,
) -> list[ChildPlanEvent]:
    """A team kept from an earlier cycle goes on; else `responsible` are asked, as far as they are known."""
    away = command.away
    if is_old_news(plan, away.cycle):
        return []
    team = plan.team if plan.team is not None and plan.team.is_complete else responsible
    events: list[ChildPlanEvent] = [*begin(plan, away)]
    if plan.team_cycle < away.cycle:
        events.append(named_team(plan.id, team, away.cycle))
    if not plan.planned or plan.cycle < away.cycle:
        due = attempts_due(calendar, away.known_on, policy.attempt_due_days)
        events.append(
            PersuasionPlanned(
                child_id=plan.id,
                planned_on=away.known_on,
                attempts_due=tuple(each.day for each in due),
                provisional=still_moving(due),
                cycle=away.cycle,
            )
        )
    return events


def assign_team(plan: Plan, command: AssignReturnTeam, _: Context) -> list[ReturnTeamAssigned]:
    """Raises Refused unless three different people are named for a plan that runs (rule 9-18)."""
    if not plan.cycle:
        raise NotFound(plan.id)
    if plan.closed is not None:
        raise PlanIsClosed(plan.closed)
    team = Team(teacher=command.teacher, village_cadre=command.village_cadre, guardian=command.guardian)
    if missing := [role for role, name in zip(ROLES_ZH, team.names, strict=True) if not name]:
        raise TeamIncomplete(missing)
    if not team.is_complete:
        raise TeamOfTheSame()
    if team == plan.team and plan.team_cycle == plan.cycle:
        return []
    return [_assigned(plan.id, team, plan.cycle)]


def named_team(child_id: ChildId, team: Team, cycle: int) -> ReturnTeamAssigned | ReturnTeamProposed:
    """Assigned when it is three different people, else proposed."""
    if team.is_complete:
        return _assigned(child_id, team, cycle)
    return ReturnTeamProposed(
        child_id=child_id,
        teacher=team.teacher,
        village_cadre=team.village_cadre,
        guardian=team.guardian,
        cycle=cycle,
    )


def _assigned(child_id: ChildId, team: Team, cycle: int) -> ReturnTeamAssigned:
    return ReturnTeamAssigned(
        child_id=child_id,
        teacher=team.teacher,
        village_cadre=team.village_cadre,
        guardian=team.guardian,
        cycle=cycle,
    )
