"""Whoever is assigned takes over what waited for somebody."""

import pytest

from shared.kernel.firing import fire_due
from tests.shared.http.client import Client
from tests.visits import examples as ex
from tests.visits.conftest import County, children

TEACHER = {"grade": 3, "class_no": 2, "teacher": "周明", "assigned_on": "2026-09-07"}


def work_through(county: County) -> None:
    while fire_due(county.runtime.application):
        pass


def test_a_new_class_teacher_takes_over_the_open_visits_that_nobody_had(county: County, officer: Client) -> None:
    (child,) = children(county, ["陈小雨"], class_teacher="")
    county.hear(county.registry.suspected(child))
    assert county.row("household-visits")["unassigned"]
    answer = officer.post(f"/schools/{ex.SCHOOL}/class-teachers", TEACHER)
    assert answer.status_code == 201, answer.json
    work_through(county)
    visit = county.row("household-visits")
    assert (visit["teacher"], visit["unassigned"]) == ("周明", False)


def test_a_visit_that_somebody_has_stays_with_that_teacher(county: County, officer: Client) -> None:
    (child,) = children(county, ["陈小雨"])
    county.hear(county.registry.suspected(child))
    assert officer.post(f"/schools/{ex.SCHOOL}/class-teachers", TEACHER).status_code == 201
    work_through(county)
    assert county.row("household-visits")["teacher"] == "王芳"


@pytest.mark.rule("9-07")
def test_the_cadre_of_the_village_goes_to_a_child_that_no_class_has(county: County, officer: Client) -> None:
    county.hear(*county.registry.out_of_school("c1", "陈小雨"))
    assert county.row("household-visits")["unassigned"]
    body = {"cadre": "李建国", "assigned_on": ex.FLAGGED.isoformat()}
    assert officer.post(f"/villages/{ex.VILLAGE}/cadres", body).status_code == 201
    work_through(county)
    visit = county.row("household-visits")
    assert (visit["teacher"], visit["unassigned"], visit["reason"]) == ("李建国", False, "OUT_OF_SCHOOL")
    assert county.row("persuasion-plans")["village_cadre"] == "李建国"


@pytest.mark.rule("9-18")
def test_a_team_that_lacked_its_cadre_is_complete_once_the_village_has_one(county: County, officer: Client) -> None:
    (child,) = children(county, ["陈小雨"])
    county.hear(county.registry.suspected(child))
    county.go_to(ex.CONFIRMED)
    county.hear(county.registry.dropped_out(child))
    assert county.row("persuasion-plans")["team_status"] == "TEAM_INCOMPLETE"
    body = {"cadre": "李建国", "assigned_on": ex.CONFIRMED.isoformat()}
    answer = officer.post(f"/villages/{ex.VILLAGE}/cadres", body)
    assert answer.status_code == 201, answer.json
    work_through(county)
    plan = county.row("persuasion-plans")
    assert (plan["team_status"], plan["village_cadre"], plan["teacher"]) == ("TEAM_ASSIGNED", "李建国", "王芳")
