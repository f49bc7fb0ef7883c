"""What the registry's events cause, delivered once, twice, or late."""

from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import Any, get_args

import pytest

from services.visits.contracts import REGISTRY, CalendarLoaded, HomeTeachingLapsed
from services.visits.household_visits.events import HouseholdVisitCancelled
from services.visits.household_visits.opening import OpenHouseholdVisit, open_visit
from services.visits.household_visits.vocabulary import Priority, Reason
from services.visits.plans.decisions import (
    ClosePlan,
    StandDown,
    StopPersuasion,
    close_plan,
    stand_down,
    stop_persuasion,
)
from services.visits.plans.state import PLANS, Plan, PlanStatus, Team
from services.visits.reactions import GONE, REACTIONS, Moves
from services.visits.teams.decisions import ProposeReturnTeam, propose_team
from shared.kernel.commands import Context
from tests.given import on
from tests.visits import examples as ex

THREE = Team(teacher="王芳", village_cadre="李建国", guardian="赵秀英")
DECISIONS: dict[type, Any] = {
    OpenHouseholdVisit: partial(open_visit, ex.POLICY.visits, ex.CALENDAR, "王芳"),
    ProposeReturnTeam: partial(propose_team, ex.POLICY.persuasion, ex.CALENDAR, THREE),
    StopPersuasion: partial(stop_persuasion, ex.POLICY.stability, ex.CALENDAR),
    ClosePlan: close_plan,
    StandDown: stand_down,
}
STORY = (ex.suspected(), ex.dropped_out(), ex.came_back(), ex.relapsed(), ex.came_back(2), ex.stabilised(2))
TODAY = on(date(2026, 12, 1))


def caused(event: Any, day: date, position: int = 1) -> list[Any]:
    envelope = ex.recorded(event, day, position)
    return [command for reaction in REACTIONS[type(event)] for command in reaction(event, envelope)]


def react(plan: Plan, event: Any, position: int, context: Context = TODAY) -> tuple[Plan, list[Any]]:
    events: list[Any] = []
    for command in caused(event, ex.FLAGGED, position):
        decided: Sequence[Any] = DECISIONS[type(command)](plan, command, context)
        for each in decided:
            plan = PLANS.evolve(plan, each)
        events += decided
    return plan, events


def test_every_event_that_moves_a_plan_has_its_reaction_and_the_rest_feeds_ledgers_only() -> None:
    told = (*STORY, ex.stabilised(), ex.suspended(), ex.out_of_school())
    moving = {type(event) for event in told} | set(GONE)
    assert set(REACTIONS) == moving | {CalendarLoaded, HomeTeachingLapsed} | set(get_args(Moves))
    assert set(REACTIONS) < set(REGISTRY.classes.values())


def test_a_lapse_of_home_teaching_sends_somebody_at_once_and_its_suspicion_nobody_else() -> None:
    lapsed = HomeTeachingLapsed(child_id=ex.CHILD, school_code=ex.SCHOOL, absent_since=ex.ABSENT_SINCE, cycle=1)
    plan, _ = react(PLANS.initial(ex.CHILD), lapsed, 1)
    plan, more = react(plan, ex.suspected(), 2)
    (visit,) = plan.pending_visits
    assert visit.reason is Reason.HOME_TEACHING_LAPSED
    assert more == []
    (command,) = caused(lapsed, ex.FLAGGED)
    assert command.priority is Priority.URGENT


@pytest.mark.parametrize(("poor", "priority"), [(True, Priority.POOR_FIRST), (False, Priority.NORMAL)])
@pytest.mark.rule("9-11")
def test_a_suspicion_opens_a_visit_and_a_poor_child_comes_first(poor: bool, priority: Priority) -> None:
    (command,) = caused(ex.suspected(poor=poor), ex.FLAGGED)
    assert command == ex.open_visit_command(priority=priority, visit_id=command.visit_id)


@pytest.mark.rule("9-07")
@pytest.mark.parametrize(("poor", "priority"), [(True, Priority.POOR_FIRST), (False, Priority.NORMAL)])
def test_a_child_found_at_no_school_is_visited_and_has_its_team_at_once(poor: bool, priority: Priority) -> None:
    plan, _ = react(PLANS.initial(ex.CHILD), ex.out_of_school(poor=poor), 1)
    (visit,) = plan.pending_visits
    assert (plan.status, plan.team) == (PlanStatus.PERSUADING, THREE)
    opened, _ = caused(ex.out_of_school(poor=poor), ex.FLAGGED)
    assert (opened.reason, opened.priority) == (Reason.OUT_OF_SCHOOL, priority)
    after, again = react(plan, ex.out_of_school(poor=poor), 1)
    assert (after.pending_visits, again) == ([visit], [])


def test_a_suspicion_told_late_gives_the_teacher_the_whole_time() -> None:
    (command,) = caused(ex.suspected(), date(2026, 9, 14))
    assert command.away.known_on == date(2026, 9, 14)


def test_a_relapse_opens_an_urgent_visit_in_the_higher_cycle() -> None:
    (command,) = caused(ex.relapsed(), ex.RELAPSED)
    assert (command.reason, command.priority, command.away.cycle) == (Reason.RELAPSE, Priority.URGENT, 2)


def test_the_id_of_a_visit_is_always_the_same_for_the_same_event_and_differs_between_events() -> None:
    (first,) = caused(ex.suspected(), ex.FLAGGED, position=7)
    (again,) = caused(ex.suspected(), ex.FLAGGED, position=7)
    (other,) = caused(ex.suspected(), ex.FLAGGED, position=8)
    assert first.visit_id == again.visit_id != other.visit_id


def test_the_story_of_a_child_that_returns_relapses_and_returns_for_good() -> None:
    plan = PLANS.initial(ex.CHILD)
    statuses = []
    for position, event in enumerate(STORY, start=1):
        plan, _ = react(plan, event, position)
        statuses.append((plan.status, plan.cycle, len(plan.pending_visits)))
    assert statuses == [
        (PlanStatus.PERSUADING, 1, 1),
        (PlanStatus.PERSUADING, 1, 1),
        (PlanStatus.FOLLOWING_UP, 1, 0),
        (PlanStatus.PERSUADING, 2, 1),
        (PlanStatus.FOLLOWING_UP, 2, 0),
        (PlanStatus.CLOSED, 2, 0),
    ]
    assert plan.team == THREE


@pytest.mark.parametrize("past", [STORY[:1], STORY[:2], STORY[:3]])
def test_nobody_goes_to_a_child_that_is_suspended_by_right(past: tuple[Any, ...]) -> None:
    plan = PLANS.initial(ex.CHILD)
    for position, event in enumerate(past, start=1):
        plan, _ = react(plan, event, position)
    plan, _ = react(plan, ex.suspended(), 9)
    assert (plan.status, list(plan.pending_visits)) == (PlanStatus.CLOSED, [])
    assert react(plan, ex.suspended(), 9) == (plan, [])


@pytest.mark.parametrize("kind", GONE)
def test_nobody_goes_to_a_child_that_is_gone(kind: Any) -> None:
    """Given a child that is being looked for; when it died, moved, graduated …; then every visit is cancelled."""
    reason, day = GONE[kind]
    gone = kind(child_id=ex.CHILD, cycle=1, **{day: date(2026, 10, 9)})
    plan, _ = react(PLANS.initial(ex.CHILD), STORY[0], 1)
    plan, events = react(plan, gone, 9)
    assert (plan.status, list(plan.pending_visits)) == (PlanStatus.CLOSED, [])
    assert [event.reason for event in events if isinstance(event, HouseholdVisitCancelled)] == [reason]
    assert react(plan, gone, 9) == (plan, [])


def test_a_suspension_of_a_child_that_nobody_looked_for_changes_nothing() -> None:
    plan = PLANS.initial(ex.CHILD)
    assert react(plan, ex.suspended(cycle=0), 1) == (plan, [])


def test_each_event_delivered_twice_has_its_effect_once() -> None:
    plan = PLANS.initial(ex.CHILD)
    for position, event in enumerate(STORY, start=1):
        plan, first = react(plan, event, position)
        plan, second = react(plan, event, position)
        assert first
        assert second == []


def test_everything_of_the_first_cycle_again_changes_nothing_in_the_second() -> None:
    plan = PLANS.initial(ex.CHILD)
    for position, event in enumerate(STORY[:4], start=1):
        plan, _ = react(plan, event, position)
    for position, event in enumerate(STORY[:3], start=1):
        after, events = react(plan, event, position)
        assert events == []
        assert after == plan
