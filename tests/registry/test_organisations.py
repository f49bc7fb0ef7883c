"""Who answers: departments and duties, leading groups with party and government in them, and the chain of an alert."""

from collections import Counter
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from services.registry.children.ids import SchoolCode
from services.registry.organisations.departments import JOINT, LEAD, bureau, responsibility_matrix
from services.registry.organisations.events import Seat
from services.registry.organisations.groups import FillPost, VacatePost
from services.registry.organisations.posts import Level, posts
from services.registry.organisations.reading import alert_chain, leading_group
from services.registry.organisations.refusals import OwnerUnknown, PostUnknown, SeatEmpty, SeatUnclear
from services.registry.schools.schools import RegisterSchool
from shared.kernel.caller import Caller, Scope
from shared.kernel.refusals import DateBefore, DateInFuture, NotFound, OutOfScope, Refused
from tests.registry.conftest import COUNTY, Registry
from tests.registry.facts import CHILD, SCHOOL, enrol, register

TODAY = date(2026, 11, 20)
TOWN = "349921101"
PRINCIPAL = Caller("u2", "school_admin", Scope(school=SCHOOL))


def fill(owner: str, post: str, name: str, **seat: Any) -> FillPost:
    return FillPost(owner=owner, seat=Seat(post=post, **seat), name=name, filled_on=TODAY)


@pytest.fixture
def school(nol: Registry) -> Registry:
    """A school with one pupil, Lin Xiaoyu, in the second class of the sixth grade."""
    nol.do(RegisterSchool(school_code=SCHOOL, name="青石镇中心小学", kind="PRIMARY", division="349921101"))
    nol.do(replace(register(), guardian_name="林大山"))
    nol.do(replace(enrol(), class_teacher=""))
    return nol


def empty(nol: Registry, owner: str) -> list[tuple[str, str, int | None, int | None]]:
    found = leading_group(nol.store, COUNTY, owner)["vacant"]
    return [(each["post"], each["department"], each["grade"], each["class_no"]) for each in found]


@pytest.mark.rule("11-03")
def test_the_eleven_departments_of_the_group_have_their_office_in_the_education_section() -> None:
    labels = [each["label"] for each in responsibility_matrix() if "11-03" in each["called_by"]]
    plan = "教育股、脱贫办、行政审批股、计财股、资助中心、督导室、招生办、人事股、项目办、电教仪器站、民管办"
    assert sorted(labels) == sorted(plan.split("、"))
    assert [each["label"] for each in responsibility_matrix() if each["is_office"]] == ["教育股"]
    ruled = {duty["rule"] for each in responsibility_matrix() for duty in each["duties"]}
    assert {f"11-{number}" for number in range(15, 26)} <= ruled


@pytest.mark.rule("11-15")
def test_the_student_files_are_the_approval_sections() -> None:
    (holder,) = [duty for duty in bureau().duty if duty.role == "REGISTER_ADMIN"]
    assert (bureau().department[holder.lead], holder.rule) == ("行政审批股", "11-15")


@pytest.mark.rule("11-31")
def test_a_department_may_belong_to_the_group_without_a_duty_and_the_project_office_carries_out_the_layout() -> None:
    called = [each for each in responsibility_matrix() if "11-03" in each["called_by"]]
    without = [each["label"] for each in called if not each["duties"]]
    assert without == ["电教仪器站"]
    (layout,) = [duty for duty in bureau().duty if duty.rule == "11-31"]
    assert bureau().department[layout.lead] == "项目办"


@pytest.mark.rule("10-02")
def test_every_duty_has_one_department_in_the_lead_and_the_others_join() -> None:
    leads = Counter(
        (duty["rule"], duty["text"])
        for each in responsibility_matrix()
        for duty in each["duties"]
        if duty["share"] == LEAD
    )
    assert set(leads.values()) == {1}
    assert len(leads) == len(bureau().duty)
    joint = {duty["share"] for each in responsibility_matrix() for duty in each["duties"]}
    assert joint == {LEAD, JOINT}


@pytest.mark.rule("10-02")
def test_the_three_departments_that_the_bureau_first_called_sit_in_the_group_under_their_other_names_too() -> None:
    called = {each["label"]: each["aliases"] for each in responsibility_matrix() if "10-02" in each["called_by"]}
    assert called == {"教育股": ["义教科"], "党办": [], "督导室": ["督导办"]}


@pytest.mark.rule("10-02")
def test_the_countys_group_has_the_head_of_the_bureau_its_deputy_and_each_department(nol: Registry) -> None:
    needed = empty(nol, "349921")
    assert {post for post, *_ in needed} >= {"BUREAU_HEAD", "BUREAU_DEPUTY", "DEPARTMENT_MEMBER"}
    assert [each for each in needed if each[1]] == [
        ("DEPARTMENT_MEMBER", label, None, None) for label in bureau().department.values()
    ]
    nol.do(fill("349921", "DEPARTMENT_MEMBER", "钱股长", department="EDUCATION"))
    assert ("DEPARTMENT_MEMBER", "教育股", None, None) not in empty(nol, "349921")


@pytest.mark.rule("11-02")
@pytest.mark.parametrize("level", Level)
def test_party_and_government_answer_alike_at_every_level(school: Registry, level: Level) -> None:
    owner = {Level.COUNTY: "349921", Level.TOWNSHIP: TOWN, Level.SCHOOL: SCHOOL}[level]
    heads = [post for post in posts().of(level) if post.line]
    assert [post.line for post in heads] == ["PARTY", "GOVERNMENT"]
    school.do(fill(owner, heads[0].code, "赵书记"))
    assert not leading_group(school.store, COUNTY, owner)["co_responsible"]
    school.do(fill(owner, heads[1].code, "孙负责人"))
    assert leading_group(school.store, COUNTY, owner)["co_responsible"]


@pytest.mark.rule("7-09")
def test_a_schools_group_needs_its_heads_and_the_teacher_of_every_class(school: Registry) -> None:
    assert empty(school, SCHOOL) == [
        ("PARTY_SECRETARY", "", None, None),
        ("PRINCIPAL", "", None, None),
        ("VICE_PRINCIPAL", "", None, None),
        ("DEAN", "", None, None),
        ("GENERAL_AFFAIRS", "", None, None),
        ("PIONEERS_LEADER", "", None, None),
        ("GRADE_LEAD", "", 6, None),
        ("CLASS_TEACHER", "", 6, 2),
    ]
    school.do(fill(SCHOOL, "CLASS_TEACHER", "周老师", grade=6, class_no=2), caller=PRINCIPAL)
    assert ("CLASS_TEACHER", "", 6, 2) not in empty(school, SCHOOL)
    (member,) = leading_group(school.store, PRINCIPAL, SCHOOL)["members"]
    assert (member["name"], member["since"]) == ("周老师", "2026-11-20")


@pytest.mark.rule("7-10")
def test_an_alert_goes_from_the_principal_to_the_parents_and_a_gap_shows(school: Registry) -> None:
    school.do(fill(SCHOOL, "PRINCIPAL", "吴校长"))
    school.do(fill(SCHOOL, "VICE_PRINCIPAL", "郑校长"))
    school.do(fill(SCHOOL, "GRADE_LEAD", "冯主任", grade=5))
    school.do(fill(SCHOOL, "GRADE_LEAD", "陈主任", grade=6))
    school.do(fill(SCHOOL, "CLASS_SUPPORT", "褚老师", grade=6, class_no=2))
    steps = [(step["label"], step["names"]) for step in alert_chain(school.store, COUNTY, CHILD)]
    assert steps == [
        ("校长、副校长", ["吴校长", "郑校长"]),
        ("包年级中层干部", ["陈主任"]),
        ("班主任", []),
        ("包班教师", ["褚老师"]),
        ("家长", ["林大山"]),
    ]
    school.do(replace(enrol(), class_teacher="周老师"), id="the roster names the teacher")
    assert alert_chain(school.store, COUNTY, CHILD)[2]["names"] == ["周老师"]


@pytest.mark.rule("7-10")
def test_whom_an_alert_reaches_is_told_to_who_may_see_the_child(school: Registry) -> None:
    with pytest.raises(NotFound):
        alert_chain(school.store, Caller("u9", "school_admin", Scope(school=SchoolCode("2134000009"))), CHILD)


def test_who_follows_takes_the_seat_and_who_goes_leaves_it_empty(school: Registry) -> None:
    school.do(fill(TOWN, "TOWNSHIP_GOVERNMENT_HEAD", "卫乡长"))
    assert not school.do(fill(TOWN, "TOWNSHIP_GOVERNMENT_HEAD", "卫乡长"), id="again").events
    with pytest.raises(DateBefore):
        school.do(replace(fill(TOWN, "TOWNSHIP_GOVERNMENT_HEAD", "蒋乡长"), filled_on=date(2026, 11, 19)))
    school.do(fill(TOWN, "TOWNSHIP_GOVERNMENT_HEAD", "蒋乡长"))
    (member,) = leading_group(school.store, COUNTY, TOWN)["members"]
    assert member["name"] == "蒋乡长"
    left = VacatePost(
        owner=TOWN, seat=Seat(post="TOWNSHIP_GOVERNMENT_HEAD"), reason="调离", vacated_on=date(2026, 11, 20)
    )
    for change, refusal in (
        ({"vacated_on": date(2026, 11, 21)}, DateInFuture),
        ({"vacated_on": date(2026, 1, 1)}, DateBefore),
    ):
        with pytest.raises(refusal):
            school.do(replace(left, **change))
    school.do(left)
    assert leading_group(school.store, COUNTY, TOWN)["members"] == []
    with pytest.raises(SeatEmpty):
        school.do(left, id="nobody is left")


@pytest.mark.parametrize(
    ("command", "refusal"),
    [
        (fill("34992", "BUREAU_HEAD", "钱局长"), OwnerUnknown),
        (fill("2134000009", "PRINCIPAL", "吴校长"), OwnerUnknown),
        (fill(SCHOOL, "BUREAU_HEAD", "钱局长"), PostUnknown),
        (fill(SCHOOL, "CLASS_TEACHER", "周老师", grade=6), SeatUnclear),
        (fill(SCHOOL, "PRINCIPAL", "吴校长", grade=6), SeatUnclear),
        (fill("349921", "DEPARTMENT_MEMBER", "钱股长", department="KITCHEN"), SeatUnclear),
        (replace(fill(SCHOOL, "PRINCIPAL", "吴校长"), filled_on=date(2026, 11, 21)), DateInFuture),
    ],
)
def test_what_stands_against_an_appointment(school: Registry, command: FillPost, refusal: type[Refused]) -> None:
    with pytest.raises(refusal):
        school.do(command)


def test_nobody_fills_or_reads_a_post_of_another_part_of_the_county(school: Registry) -> None:
    elsewhere = Caller("u9", "township_clerk", Scope("349921102"))
    for owner, post in ((TOWN, "TOWNSHIP_PARTY_HEAD"), (SCHOOL, "PRINCIPAL"), ("349921", "BUREAU_HEAD")):
        with pytest.raises((NotFound, OutOfScope)):
            school.do(fill(owner, post, "某某"), caller=elsewhere)
        with pytest.raises(NotFound):
            leading_group(school.store, elsewhere, owner)
