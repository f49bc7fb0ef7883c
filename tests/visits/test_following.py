"""A plan goes where its child goes: new hands, new place, and what was done stays where it was done."""

from datetime import date
from functools import partial
from typing import Any

import pytest

from services.visits.household_visits.events import HouseholdVisitReassigned
from services.visits.household_visits.opening import ReassignHouseholdVisit, reassign_visit
from services.visits.household_visits.vocabulary import EndReason
from services.visits.ids import Division, SchoolCode
from services.visits.ledgers.stability_checks import STABILITY_CHECKS
from services.visits.plans.events import PlanMoved
from services.visits.plans.following import FollowChild, Responsible, follow_child
from services.visits.plans.state import PLANS, Team
from services.visits.teams.decisions import ProposeReturnTeam, propose_team
from services.visits.teams.events import ReturnTeamAssigned, ReturnTeamProposed
from shared.kernel.caller import Place
from tests.given import given, on
from tests.visits import examples as ex

THERE = SchoolCode("2134000002")
OTHER_VILLAGE = Division("349921104201")
MOVED = date(2026, 10, 14)
AWAY = (ex.plan_opened(), ex.visit_opened(), ex.team_assigned())
BACK = (*AWAY, ex.visit_cancelled(), ex.stopped(), ex.checks_scheduled())
NEW = Responsible(
    goes="周明", team=Team(teacher="周明", village_cadre="吴桂兰", guardian="赵秀英"), former_teacher="王芳"
)
NOBODY_YET = Responsible(goes="", team=Team(teacher="", village_cadre="", guardian="赵秀英"), former_teacher="王芳")
TODAY = on(MOVED)


def follow(division: Division = ex.VILLAGE, school_code: SchoolCode = ex.SCHOOL) -> FollowChild:
    return FollowChild(child_id=ex.CHILD, division=division, school_code=school_code, moved_on=MOVED)


def moved(following_up: bool = False, **more: Any) -> PlanMoved:
    what: dict[str, Any] = {
        "division": ex.VILLAGE, "school_code": ex.SCHOOL,
        "former_division": ex.VILLAGE, "former_school_code": ex.SCHOOL,
    }  # fmt: skip
    return PlanMoved(child_id=ex.CHILD, following_up=following_up, moved_on=MOVED, cycle=1, **(what | more))


def handed_over(teacher: str, previous: str = "王芳") -> HouseholdVisitReassigned:
    return HouseholdVisitReassigned(
        child_id=ex.CHILD, visit_id=ex.VISIT, teacher=teacher, previous_teacher=previous, cycle=1
    )


def team(teacher: str, village_cadre: str, kind: Any = ReturnTeamAssigned) -> Any:
    return kind(child_id=ex.CHILD, teacher=teacher, village_cadre=village_cadre, guardian="赵秀英", cycle=1)


def test_at_another_school_its_teacher_takes_over_the_open_visit_and_the_team() -> None:
    given(PLANS, *AWAY).when(partial(follow_child, NEW), follow(school_code=THERE), TODAY).then(
        moved(school_code=THERE), handed_over("周明"), team("周明", "李建国")
    )


@pytest.mark.rule("9-18")
def test_before_a_class_is_named_the_visit_is_nobodys_and_the_team_says_whom_it_lacks() -> None:
    waiting = given(PLANS, *AWAY).when(partial(follow_child, NOBODY_YET), follow(school_code=THERE), TODAY)
    in_class = waiting.then(moved(school_code=THERE), handed_over(""), team("", "李建国", ReturnTeamProposed)).when(
        partial(follow_child, NEW), follow(school_code=THERE), TODAY
    )
    in_class.then(handed_over("周明", previous=""), team("周明", "李建国"))


def test_in_another_village_its_cadre_takes_the_place_in_the_team_and_the_teacher_goes_on() -> None:
    same_class = Responsible(goes="王芳", team=Team(teacher="王芳", village_cadre="吴桂兰", guardian="赵秀英"))
    given(PLANS, *AWAY).when(partial(follow_child, same_class), follow(division=OTHER_VILLAGE), TODAY).then(
        moved(division=OTHER_VILLAGE), handed_over("王芳"), team("王芳", "吴桂兰")
    )


def test_in_another_class_of_the_school_what_was_the_former_teachers_goes_to_the_new_one() -> None:
    given(PLANS, *AWAY).when(partial(follow_child, NEW), follow(), TODAY).then(
        handed_over("周明"), team("周明", "李建国")
    )


def test_who_was_named_by_hand_stays_within_the_school_and_not_beyond_it() -> None:
    order = ReassignHouseholdVisit(child_id=ex.CHILD, visit_id=ex.VISIT, teacher="郑强")
    by_hand = given(PLANS, *AWAY[:2]).when(reassign_visit, order, TODAY).then(handed_over("郑强"))
    by_hand.when(partial(follow_child, NEW), follow(), TODAY).then_nothing()
    by_hand.when(partial(follow_child, NEW), follow(school_code=THERE), TODAY).then(
        moved(school_code=THERE), handed_over("周明", previous="郑强")
    )


def test_a_child_that_was_found_and_is_enrolled_has_a_teacher_in_its_team_from_then_on() -> None:
    found = ex.plan_opened(school_code=SchoolCode(""))
    visit, two = ex.visit_opened(teacher="李建国"), team("", "李建国", ReturnTeamProposed)
    given(PLANS, found, visit, two).when(
        partial(follow_child, Responsible(goes="周明", team=NEW.team)), follow(school_code=THERE), TODAY
    ).then(
        moved(school_code=THERE, former_school_code=SchoolCode("")),
        handed_over("周明", previous="李建国"),
        team("周明", "李建国"),
    )


def test_checks_that_are_still_to_come_go_along_and_those_of_a_return_that_is_over_stay() -> None:
    open_ = given(PLANS, *BACK).when(partial(follow_child, NEW), follow(school_code=THERE), TODAY).events[0]
    stable = (*BACK, ex.plan_closed(date(2026, 10, 13)))
    over = given(PLANS, *stable).when(partial(follow_child, NEW), follow(school_code=THERE), TODAY).events[0]
    envelope = ex.recorded(ex.suspected(), MOVED)
    assert STABILITY_CHECKS.key(open_, envelope) == f"{ex.CHILD}:1"
    assert STABILITY_CHECKS.key(over, envelope) is None


def test_the_plan_belongs_to_the_new_place_also_when_nothing_is_open() -> None:
    closed = given(PLANS, *BACK, ex.plan_closed(date(2026, 10, 13)))
    follows, there = partial(follow_child, NEW), follow(OTHER_VILLAGE, THERE)
    gone_on = closed.when(follows, there, TODAY)
    assert gone_on.state.place == Place(OTHER_VILLAGE, THERE)
    gone_on.then(moved(division=OTHER_VILLAGE, school_code=THERE)).when(follows, there, TODAY).then_nothing()


def test_a_relapse_at_the_new_school_asks_nobody_of_the_old_one() -> None:
    left = (*BACK, ex.plan_closed(date(2026, 10, 13)), moved(school_code=THERE))
    proposes = partial(propose_team, ex.POLICY.persuasion, ex.CALENDAR, NEW.team)
    command = ProposeReturnTeam(child_id=ex.CHILD, away=ex.away(cycle=2))
    events = given(PLANS, *left).when(proposes, command, TODAY).events
    assert [each.teacher for each in events if isinstance(each, ReturnTeamAssigned)] == ["周明"]


def test_nobody_follows_a_child_that_was_never_away_and_nothing_is_opened_for_one_that_is_gone() -> None:
    given(PLANS).when(partial(follow_child, NEW), follow(school_code=THERE), TODAY).then_nothing()
    died = (*AWAY, ex.visit_cancelled(reason=EndReason.DECEASED), ex.plan_closed(MOVED, EndReason.DECEASED))
    given(PLANS, *died).when(partial(follow_child, NEW), follow(), TODAY).then_nothing()
