"""The three-help-one team: three roles, three people."""

from datetime import date
from functools import partial

import pytest

from services.visits.persuasion.events import PersuasionPlanned
from services.visits.plans.state import PLANS, Team
from services.visits.teams.decisions import AssignReturnTeam, ProposeReturnTeam, assign_team, propose_team
from services.visits.teams.events import ReturnTeamProposed
from tests.given import given, on
from tests.visits import examples as ex

THREE = Team(teacher="王芳", village_cadre="李建国", guardian="赵秀英")
AWAY = (ex.plan_opened(), ex.visit_opened())
BACK = (ex.visit_cancelled(), ex.stopped(), ex.checks_scheduled())
PROPOSE = ProposeReturnTeam(child_id=ex.CHILD, away=ex.away(known_on=ex.CONFIRMED))


def proposes(responsible: Team) -> partial[list[object]]:
    return partial(propose_team, ex.POLICY.persuasion, ex.CALENDAR, responsible)


def planned(cycle: int = 1, day: date = ex.CONFIRMED) -> PersuasionPlanned:
    """Days 3, 7 and 14 after 28 September: two of them fall into the National Day holiday."""
    due = (date(2026, 10, 8), date(2026, 10, 9), date(2026, 10, 12))
    return PersuasionPlanned(child_id=ex.CHILD, planned_on=day, attempts_due=due, cycle=cycle)


def assign(teacher: str = "王芳", village_cadre: str = "李建国", guardian: str = "赵秀英") -> AssignReturnTeam:
    return AssignReturnTeam(child_id=ex.CHILD, teacher=teacher, village_cadre=village_cadre, guardian=guardian)


@pytest.mark.rule("9-18")
def test_a_confirmed_dropout_gets_its_team_and_a_plan_of_persuasion() -> None:
    given(PLANS, *AWAY).when(proposes(THREE), PROPOSE, on(ex.CONFIRMED)).then(ex.team_assigned(), planned())


def test_without_a_village_cadre_the_team_waits_as_incomplete() -> None:
    two = Team(teacher="王芳", village_cadre="", guardian="赵秀英")
    proposed = ReturnTeamProposed(child_id=ex.CHILD, teacher="王芳", village_cadre="", guardian="赵秀英", cycle=1)
    waiting = given(PLANS, *AWAY).when(proposes(two), PROPOSE, on(ex.CONFIRMED)).then(proposed, planned())
    waiting.when(assign_team, assign(), on(ex.CONFIRMED)).then(ex.team_assigned())


def test_a_guardian_who_is_the_class_teacher_makes_no_team() -> None:
    same = Team(teacher="王芳", village_cadre="李建国", guardian="王芳")
    first, *_ = given(PLANS, *AWAY).when(proposes(same), PROPOSE, on(ex.CONFIRMED)).events
    assert isinstance(first, ReturnTeamProposed)


def test_a_dropout_told_twice_names_one_team() -> None:
    given(PLANS, *AWAY, ex.team_assigned(), planned()).when(proposes(THREE), PROPOSE, on(ex.CONFIRMED)).then_nothing()


def test_a_dropout_of_a_child_that_is_back_names_nobody() -> None:
    given(PLANS, *AWAY, *BACK).when(proposes(THREE), PROPOSE, on(ex.RETURNED)).then_nothing()


def test_a_dropout_whose_suspicion_was_never_told_opens_the_plan() -> None:
    begun, *rest = given(PLANS).when(proposes(THREE), PROPOSE, on(ex.CONFIRMED)).events
    assert begun.cycle == 1
    assert rest == [ex.team_assigned(), planned()]


def test_the_team_stays_through_the_return_and_serves_again_in_the_next_cycle() -> None:
    relapsed = (*AWAY, ex.team_assigned(), planned(), *BACK, ex.plan_reopened())
    again = ProposeReturnTeam(child_id=ex.CHILD, away=ex.away(cycle=2, known_on=ex.CONFIRMED))
    others = Team(teacher="周明", village_cadre="吴桂兰", guardian="郑强")
    assert given(PLANS, *relapsed[:-1]).state.team == THREE
    given(PLANS, *relapsed).when(proposes(others), again, on(ex.CONFIRMED)).then(
        ex.team_assigned(cycle=2), planned(cycle=2)
    )


@pytest.mark.rule("9-18")
@pytest.mark.parametrize(
    "two_people",
    [assign(teacher=""), assign(village_cadre=""), assign(guardian="")],
    ids=["no teacher", "no village cadre", "no guardian"],
)
def test_a_team_of_two_is_refused(two_people: AssignReturnTeam) -> None:
    given(PLANS, *AWAY).when(assign_team, two_people, on(ex.CONFIRMED)).then_refused("team-incomplete")


@pytest.mark.rule("9-18")
def test_one_person_in_two_roles_is_refused() -> None:
    given(PLANS, *AWAY).when(assign_team, assign(guardian="李建国"), on(ex.CONFIRMED)).then_refused("team-of-the-same")


def test_the_same_team_again_changes_nothing() -> None:
    given(PLANS, *AWAY, ex.team_assigned()).when(assign_team, assign(), on(ex.CONFIRMED)).then_nothing()


def test_a_child_that_was_never_away_or_is_stable_needs_no_team() -> None:
    closed = ex.plan_closed(date(2026, 11, 11))
    given(PLANS).when(assign_team, assign(), on(ex.CONFIRMED)).then_refused("not-found")
    given(PLANS, *AWAY, *BACK, closed).when(assign_team, assign(), on(date(2026, 11, 12))).then_refused(
        "plan-is-closed"
    )
