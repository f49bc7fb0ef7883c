"""Whatever the registry says, in whatever order: a plan agrees with a model that a child could keep."""

from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.visits.household_visits.opening import open_visit
from services.visits.ids import VisitId
from services.visits.persuasion.decisions import record_attempt
from services.visits.plans.decisions import ClosePlan, close_plan, stop_persuasion
from services.visits.plans.state import PLANS, Plan, PlanStatus, Team
from services.visits.teams.decisions import ProposeReturnTeam, propose_team
from shared.kernel.refusals import Refused
from tests.given import on
from tests.visits import examples as ex

THREE = Team(teacher="王芳", village_cadre="李建国", guardian="赵秀英")
TODAY = on(date(2026, 12, 1))
opens = partial(open_visit, ex.POLICY.visits, ex.CALENDAR, "王芳")
stops = partial(stop_persuasion, ex.POLICY.stability, ex.CALENDAR)
proposes = partial(propose_team, ex.POLICY.persuasion, ex.CALENDAR, THREE)

CYCLES = st.integers(1, 4)
WORDS = st.one_of(
    st.tuples(st.just("missing"), CYCLES),
    st.tuples(st.just("dropped out"), CYCLES),
    st.tuples(st.just("back"), CYCLES),
    st.tuples(st.just("stable"), CYCLES),
    st.tuples(st.just("attempt"), st.just(0)),
)


@dataclass
class Model:
    """Where the child is, in which cycle, and how often somebody asked for it."""

    cycle: int = 0
    status: PlanStatus = PlanStatus.NONE
    attempts: int = 0

    def hear(self, word: str, cycle: int) -> None:
        away = self.status is PlanStatus.PERSUADING
        news = cycle > self.cycle
        if word == "attempt":
            self.attempts += away
        elif word == "stable":
            if self.status is PlanStatus.FOLLOWING_UP and cycle == self.cycle:
                self.status = PlanStatus.CLOSED
        elif news or (away and cycle == self.cycle):
            self.attempts = 0 if news else self.attempts
            self.cycle = cycle
            self.status = PlanStatus.FOLLOWING_UP if word == "back" else PlanStatus.PERSUADING


def tell(plan: Plan, word: str, cycle: int, number: int) -> list[Any]:
    match word:
        case "missing":
            return opens(plan, ex.open_visit_command(cycle, VisitId(f"v{number}")), TODAY)
        case "dropped out":
            return proposes(plan, ProposeReturnTeam(child_id=ex.CHILD, away=ex.away(cycle)), TODAY)
        case "back":
            return stops(plan, ex.stop_command(cycle), TODAY)
        case "stable":
            return [*close_plan(plan, ClosePlan(child_id=ex.CHILD, stabilised_on=TODAY.today, cycle=cycle), TODAY)]
        case _:
            return _attempt(plan)


def _attempt(plan: Plan) -> list[Any]:
    """Of today, accepted exactly while the child is away."""
    command = ex.attempt_command(TODAY.today)
    if plan.is_away:
        return [*record_attempt(frozenset(), plan, command, TODAY)]
    with pytest.raises(Refused):
        record_attempt(frozenset(), plan, command, TODAY)
    return []


@settings(max_examples=300, deadline=None)
@given(st.lists(WORDS, max_size=25))
def test_a_plan_follows_the_model(story: list[tuple[str, int]]) -> None:
    plan, model = PLANS.initial(ex.CHILD), Model()
    for number, (word, cycle) in enumerate(story):
        before = plan
        for event in tell(plan, word, cycle, number):
            plan = PLANS.evolve(plan, event)
        model.hear(word, cycle)
        assert (plan.cycle, plan.status, plan.attempts) == (model.cycle, model.status, model.attempts)
        assert plan.cycle >= before.cycle, "cycles never fall"
        assert plan.is_away or not plan.pending_visits, "nobody is on the way to a child that is back"
        assert all(visit.cycle == plan.cycle for visit in plan.pending_visits)
        assert plan.team is not None or before.team is None, "a team is kept"
