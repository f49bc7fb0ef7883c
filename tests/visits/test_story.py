"""The registry's events through the consumer: what each ledger of this service says before and after."""

from datetime import date

import pytest

from services.visits.assignments.decisions import AssignClassTeacher, AssignVillageCadre
from shared.kernel.caller import Caller, Scope
from shared.kernel.commands import Order
from tests.visits import examples as ex
from tests.visits.conftest import County, children

OFFICER = Caller("bureau-1", "bureau_officer", Scope("349921"))


def carry_out(county: County, command: object) -> None:
    name = f"{type(command).__name__}-{county.clock.now()}"
    county.runtime.application.execute(Order(command=command, command_id=name, caller=OFFICER))


def assign_teacher(county: County, teacher: str) -> None:
    command = AssignClassTeacher(
        school_code=ex.SCHOOL, grade=3, class_no=2, teacher=teacher, assigned_on=ex.ABSENT_SINCE
    )
    carry_out(county, command)


@pytest.mark.rule("9-11")
def test_a_suspicion_opens_one_visit_for_the_class_teacher_and_the_poor_child_stands_first(county: County) -> None:
    poor, other = children(county, ["陈小雨", "孙浩"])
    news = [county.registry.suspected(poor, poor=True), county.registry.suspected(other)]
    assert county.hear(*news).applied == 2
    assert county.hear(*news).repeated == 2
    due = {
        row["child_id"]: (row["teacher"], row["due_on"], row["rank"], row["status"])
        for row in county.rows("household-visits")
    }
    assert due == {poor: ("王芳", "2026-09-08", 0, "OPEN"), other: ("王芳", "2026-09-08", 1, "OPEN")}
    view = county.runtime.service.view("household-visits")
    assert view is not None
    assert view.order == ("due_on", "rank")


def test_the_assigned_class_teacher_goes_before_the_one_on_the_roster(county: County) -> None:
    (child,) = children(county, ["陈小雨"])
    assign_teacher(county, "周明")
    county.hear(county.registry.suspected(child))
    assert county.row("household-visits")["teacher"] == "周明"


def test_a_visit_for_a_class_without_a_teacher_waits_in_the_ledger_of_unassigned_visits(county: County) -> None:
    (child,) = children(county, ["陈小雨"], class_teacher="")
    county.hear(county.registry.suspected(child))
    view = county.runtime.service.view("unassigned-visits")
    assert view is not None
    collection = county.runtime.store.ledger_collection(view.of)
    assert [row["child_id"] for row in collection.find(dict(view.where))] == [child]
    county.hear(county.registry.returned(child))
    assert collection.count_documents(dict(view.where)) == 0


def test_a_visit_that_nobody_makes_is_overdue_the_day_after_its_due_date(county: County) -> None:
    (child,) = children(county, ["陈小雨"])
    county.hear(county.registry.suspected(child))
    county.go_to(date(2026, 9, 8))
    assert county.row("household-visits")["status"] == "OPEN"
    county.go_to(date(2026, 9, 9))
    assert county.row("household-visits")["status"] == "OVERDUE"


def test_a_confirmed_dropout_gets_its_team_when_all_three_are_known_else_it_waits(county: County) -> None:
    first, second = children(county, ["陈小雨", "孙浩"])
    for child in (first, second):
        county.hear(county.registry.suspected(child))
    county.go_to(ex.CONFIRMED)
    county.hear(county.registry.dropped_out(first))
    carry_out(county, AssignVillageCadre(division=ex.VILLAGE, cadre="李建国", assigned_on=ex.CONFIRMED))
    county.hear(county.registry.dropped_out(second))
    teams = {row["_id"]: (row["team_status"], row["village_cadre"]) for row in county.rows("persuasion-plans")}
    assert teams == {first: ("TEAM_INCOMPLETE", ""), second: ("TEAM_ASSIGNED", "李建国")}
    assert {row["next_due"] for row in county.rows("persuasion-plans")} == {"2026-10-08"}


def test_a_return_reaches_every_ledger_and_a_stable_one_closes_the_plan(county: County) -> None:
    (child,) = children(county, ["陈小雨"])
    county.hear(county.registry.suspected(child), county.registry.dropped_out(child))
    county.go_to(ex.RETURNED)
    county.hear(county.registry.returned(child))
    visit, plan, checks = (county.row(name) for name in ("household-visits", "persuasion-plans", "stability-checks"))
    assert (visit["status"], visit["cancel_reason"]) == ("CANCELLED", "RETURNED")
    assert (plan["status"], plan["returned_on"], plan["next_due"]) == ("FOLLOWING_UP", "2026-10-12", None)
    assert plan["teacher"] == "王芳", "the team stays"
    assert (checks["status"], checks["checks_planned"], checks["next_check_on"]) == ("FOLLOWING_UP", 3, "2026-10-15")
    county.go_to(date(2026, 11, 11))
    county.hear(county.registry.stabilised(child))
    assert county.row("persuasion-plans")["status"] == "CLOSED"
    (checks,) = county.rows("stability-checks")
    assert (checks["status"], checks["next_check_on"]) == ("STABLE_WITHOUT_CHECKS", "2026-10-15"), "openly so"
    assert county.parked() == 0


def test_a_relapse_opens_the_plan_again_with_an_urgent_visit(county: County) -> None:
    (child,) = children(county, ["陈小雨"])
    county.hear(county.registry.suspected(child), county.registry.returned(child))
    county.go_to(ex.RELAPSED)
    county.hear(county.registry.relapsed(child))
    plan = county.row("persuasion-plans")
    assert (plan["status"], plan["cycle"], plan["attempts"]) == ("PERSUADING", 2, 0)
    assert county.row("stability-checks")["status"] == "RELAPSED"
    visits = {row["cycle"]: (row["status"], row["priority"], row["due_on"]) for row in county.rows("household-visits")}
    assert visits == {1: ("CANCELLED", "NORMAL", "2026-09-08"), 2: ("OPEN", "URGENT", "2026-10-21")}


def test_the_whole_story_in_one_delivery_ends_as_event_by_event(county: County) -> None:
    """A worker that slept catches up: every reaction reads what the event before it changed."""
    log = county.registry
    told = [
        *log.child("c1", "陈小雨"),
        log.suspected("c1"),
        log.dropped_out("c1"),
        log.returned("c1"),
        log.relapsed("c1"),
    ]
    assert county.hear(*told).applied == len(told)
    assert county.row("persuasion-plans")["cycle"] == 2
    assert county.row("persuasion-plans")["guardian"] == "赵秀英"
    assert {row["teacher"] for row in county.rows("household-visits")} == {"王芳"}
    assert county.parked() == 0


def test_events_that_say_nothing_to_this_service_pass(county: County) -> None:
    (child,) = children(county, ["陈小雨"])
    county.hear(county.registry.about("absence-recorded", child, ex.ABSENT_SINCE, kind="UNEXCUSED", remark=""))
    assert county.parked() == 0
    assert county.rows("persuasion-plans") == []


def test_the_team_is_made_with_whoever_is_the_guardian_now(county: County) -> None:
    (child,) = children(county, ["陈小雨"])
    linked = {"guardian_id": "g1", "name": "赵大明", "relation": "51", "consent": "", "principal_name": "赵大明"}
    sealed = {"guardian_id_number": None, "guardian_id_index": None, "guardian_phone": None}
    day = ex.ABSENT_SINCE
    county.hear(county.registry.about("guardian-linked", child, day, **linked, **sealed, linked_on=day.isoformat()))
    carry_out(county, AssignVillageCadre(division=ex.VILLAGE, cadre="李建国", assigned_on=day))
    county.hear(county.registry.suspected(child), county.registry.dropped_out(child))
    assert county.row("children")["guardian_name"] == "赵大明"
    assert county.row("persuasion-plans")["guardian"] == "赵大明"
