"""Children likely to drop out: a plan for each, a helper for each, and nothing published of why."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from services.registry.groups.memberships import EnterGroup
from services.registry.households.categories import HouseholdCategory
from services.registry.households.decisions import SetHouseholdCategory
from services.registry.ledgers.risk import RISK_VIEWS
from services.registry.risk.plans import NotAtRisk, ReviewNotLater, SetRiskPlan
from services.registry.schools.schools import RegisterSchool
from shared.kernel.refusals import DateInFuture, Refused
from tests.registry.conftest import Registry
from tests.registry.facts import CHILD, SCHOOL, enrol, register
from tests.registry.test_api import SignIn, child_id, officer
from tests.shared.http.client import Client

__all__ = ["child_id", "officer"]  # fixtures, used by name
TODAY = date(2026, 11, 20)
PLAN = SetRiskPlan(
    child_id=CHILD,
    helper="周老师",
    psychological="每周谈心一次",
    academic="数学补差",
    review_on=date(2026, 12, 31),
    set_on=TODAY,
)
FROM = date(2026, 9, 1)
POOR = SetHouseholdCategory(
    child_id=CHILD, category=HouseholdCategory.MONITORED, effective_from=FROM, household_no="H1"
)


def member(group: str) -> EnterGroup:
    return EnterGroup(child_id=CHILD, group=group, source="摸底表", from_on=FROM)


@pytest.fixture
def school(nol: Registry) -> Registry:
    nol.do(RegisterSchool(school_code=SCHOOL, name="青石镇中心小学", kind="PRIMARY", division="349921101"))
    nol.do(replace(register(), guardian_name="林大山"))
    nol.do(enrol())
    return nol


def listed(nol: Registry) -> set[str]:
    rows = nol.store.ledger_collection("children")
    return {view.name for view in RISK_VIEWS if rows.find_one(dict(view.where))}


@pytest.mark.rule("10-06")
@pytest.mark.parametrize(
    "because", [POOR, member("LEFT_BEHIND"), member("DISABLED"), member("DIFFICULTY_LEARNING")], ids=str
)
def test_each_child_of_the_four_groups_at_risk_has_a_plan_of_its_own(school: Registry, because: Any) -> None:
    at_risk = {"at-risk-children", "at-risk-without-plan", "helped-children"}
    assert listed(school) == set()
    school.do(because)
    assert listed(school) & at_risk == {"at-risk-children", "at-risk-without-plan"}
    school.do(PLAN)
    assert listed(school) & at_risk == {"at-risk-children", "helped-children"}
    row = school.child(CHILD)
    assert (row["psychological_help"], row["academic_help"]) == ("每周谈心一次", "数学补差")
    assert not school.do(PLAN, id="again").events
    assert school.do(replace(PLAN, helper="吴老师")).events


@pytest.mark.rule("5-02")
@pytest.mark.rule("5-12")
@pytest.mark.parametrize(
    "because",
    [member("DIFFICULTY_CONDUCT"), member("DIFFICULTY_LEARNING"), member("DIFFICULTY_POVERTY"), POOR],
    ids=str,
)
def test_each_of_the_three_difficulties_is_in_the_base_of_helped_pupils_and_gets_its_pair(
    school: Registry, because: Any
) -> None:
    assert listed(school) == set()
    school.do(because)
    assert "assisted-students" in listed(school)
    assert "helped-children" not in listed(school)
    school.do(PLAN)
    assert {"assisted-students", "helped-children"} <= listed(school)


@pytest.mark.rule("5-12")
def test_who_is_only_left_behind_is_at_risk_and_no_helped_pupil(school: Registry) -> None:
    school.do(member("LEFT_BEHIND"))
    assert "assisted-students" not in listed(school)


@pytest.mark.rule("10-06")
def test_a_difficulty_of_conduct_alone_is_no_risk(school: Registry) -> None:
    school.do(member("DIFFICULTY_CONDUCT"))
    assert listed(school) == {"assisted-students"}


@pytest.mark.rule("5-02")
@pytest.mark.rule("5-12")
def test_the_base_tells_the_difficulty_to_those_who_may_know_it_and_nothing_beside(
    officer: Client, child_id: str, sign_in: SignIn
) -> None:
    for group in ("DIFFICULTY_CONDUCT", "LEFT_BEHIND", "IN_LEGAL_CASE"):
        entry = {"group": group, "source": "摸底表", "from_on": "2026-09-10"}
        assert officer.post(f"/children/{child_id}/group-entries", entry).status_code == 201
    teacher = sign_in("class_teacher", school=SCHOOL)
    (row,) = teacher.get("/ledgers/assisted-students").json["rows"]
    assert row["cells"]["groups"] == ["DIFFICULTY_CONDUCT"]
    (file,) = teacher.get("/ledgers/at-risk-children").json["rows"]
    assert file["cells"]["groups"] == ["DIFFICULTY_CONDUCT", "LEFT_BEHIND"]
    for stranger in ("township_clerk", "village_cadre", "inspector", "auditor", "finance_preparer"):
        assert sign_in(stranger, division="349921").get("/ledgers/assisted-students").status_code == 403


@pytest.mark.rule("10-06")
@pytest.mark.parametrize(
    ("at_risk", "change", "refusal"),
    [
        (False, {}, NotAtRisk),
        (True, {"set_on": date(2026, 11, 21)}, DateInFuture),
        (True, {"review_on": TODAY}, ReviewNotLater),
    ],
)
def test_what_stands_against_a_plan(
    school: Registry, at_risk: bool, change: dict[str, Any], refusal: type[Refused]
) -> None:
    if at_risk:
        school.do(POOR)
    with pytest.raises(refusal):
        school.do(replace(PLAN, **change))


@pytest.mark.rule("5-12")
def test_the_list_of_pairs_may_be_published_and_the_files_are_for_who_needs_them(
    officer: Client, child_id: str, sign_in: SignIn
) -> None:
    """The school makes the base and the pairs; the teacher is told; the published list says nothing of why."""
    category = {"category": "MONITORED", "effective_from": "2025-03-01"}
    assert officer.post(f"/children/{child_id}/household-categories", category).status_code == 201
    plan = {"helper": "周老师", "psychological": "谈心", "academic": "补差"}
    days = {"review_on": "2026-12-31", "set_on": "2026-11-20"}
    teacher = sign_in("class_teacher", school=SCHOOL)
    assert teacher.post(f"/children/{child_id}/risk-plans", plan | days).status_code == 201
    (pair,) = officer.get("/ledgers/helped-children").json["rows"]
    assert pair["cells"] == {
        "name": "林小雨",
        "school_name": "青石镇中心小学",
        "grade": 6,
        "class_no": 2,
        "helper": "周老师",
    }
    assert teacher.get("/ledgers/helped-children").json["rows"] == [pair]
    (file,) = teacher.get("/ledgers/at-risk-children").json["rows"]
    assert file["cells"]["category"] == "MONITORED"
    for stranger in ("township_clerk", "auditor", "finance_preparer"):
        assert sign_in(stranger, division="349921").get("/ledgers/at-risk-children").status_code == 403


@pytest.mark.rule("5-02")
def test_the_plan_is_hidden_from_those_who_may_not_know_the_difficulty_that_it_is_for(
    officer: Client, child_id: str, sign_in: SignIn
) -> None:
    entry = {"group": "DIFFICULTY_LEARNING", "source": "摸底表", "from_on": "2026-09-10"}
    assert officer.post(f"/children/{child_id}/group-entries", entry).status_code == 201
    plan = {"helper": "吴老师", "psychological": "谈心", "academic": "课后辅导数学"}
    days = {"review_on": "2026-12-31", "set_on": "2026-11-20"}
    teacher, clerk = sign_in("class_teacher", school=SCHOOL), sign_in("township_clerk", division="349921101")
    assert clerk.post(f"/children/{child_id}/risk-plans", plan | days).status_code == 403
    assert teacher.post(f"/children/{child_id}/risk-plans", plan | days).status_code == 201
    for told in (f"/children/{child_id}", "/events?limit=500"):
        assert "课后辅导数学" in teacher.get(told).text
        shown = clerk.get(told)
        assert shown.status_code == 200
        assert "child-registered" in shown.text
        for word in ("课后辅导数学", "吴老师", "risk-plan-set"):
            assert word not in shown.text
