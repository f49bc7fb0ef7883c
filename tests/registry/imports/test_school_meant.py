"""Which school a list is meant for: by code, else by a name that is one school's alone, else the caller's own."""

from typing import Any

import pytest

from shared.kernel.caller import Caller, Scope
from tests.registry.conftest import COUNTY, Registry
from tests.registry.imports.test_importing import WANG, sheet

FIRST, SECOND = "2134990001", "2134990002"
SCHOOLS = [
    [FIRST, "城关小学", "小学", "349921101"],
    [SECOND, "城关小学", "小学", "349921102"],
]
HEADING = ["学校标识码", "学校名称", "办学类型", "所在乡镇代码"]
ROSTER = ["姓名", "性别", "身份证号", "年级", "班级", "学校标识码", "学校名称"]


def of(school: str) -> Caller:
    return Caller(f"office-{school}", "school_admin", Scope("", school))


@pytest.fixture
def two(nol: Registry) -> Registry:
    names = [["349921101", "青石镇", "2020-01-01"], ["349921102", "白沙镇", "2020-01-01"]]
    nol.load("divisions", sheet("行政区划表", ["区划代码", "名称", "启用日期"], *names))
    report = nol.load("schools", sheet("学校名单", HEADING, *SCHOOLS))
    assert report.counts["changed"] == 2
    return nol


def enter(nol: Registry, title: str, caller: Caller, code: str = "", name: str = "") -> Any:
    row = ["王小雨", "女", WANG, "六年级", "2班", code, name]
    return nol.load("rosters", sheet(title, ROSTER, row), caller=caller)


def entered(nol: Registry) -> str:
    (row,) = nol.store.ledger_collection("children").find()
    return str(row["school"])


def refusal(report: Any) -> Any:
    (row,) = report.refused
    (problem,) = [each for each in row.problems if each.blocking]
    return problem


@pytest.mark.parametrize("school", [FIRST, SECOND])
def test_a_code_enters_the_pupil_at_its_school_and_not_at_the_namesake(two: Registry, school: str) -> None:
    enter(two, "城关小学花名册", COUNTY, code=school, name="城关小学")
    assert entered(two) == school


@pytest.mark.parametrize("school", [FIRST, SECOND])
@pytest.mark.parametrize(("title", "name"), [("城关小学花名册", ""), ("花名册", "城关小学"), ("花名册", "")])
def test_a_schools_own_office_means_its_own_school(two: Registry, school: str, title: str, name: str) -> None:
    enter(two, title, of(school), name=name)
    assert entered(two) == school


def test_a_township_means_the_school_of_the_name_that_lies_in_it(two: Registry) -> None:
    enter(two, "城关小学花名册", Caller("t", "township_clerk", Scope("349921102")))
    assert [row.problems[0].code for row in two.load("rosters", sheet("花名册", ROSTER)).refused] == []
    assert two.store.ledger_collection("children").count_documents({"school": FIRST}) == 0


@pytest.mark.parametrize(("title", "name"), [("城关小学花名册", ""), ("花名册", "城关小学")])
def test_the_county_is_told_both_codes(two: Registry, title: str, name: str) -> None:
    problem = refusal(enter(two, title, COUNTY, name=name))
    assert problem.code == "row-school-ambiguous"
    assert f"{FIRST}（青石镇）、{SECOND}（白沙镇）" in problem.reason
    assert problem.remedy == "请填写学校标识码"


def test_no_school_named_is_not_a_school_that_is_not_listed(two: Registry) -> None:
    assert refusal(enter(two, "花名册", COUNTY)).code == "row-school-not-named"
    assert refusal(enter(two, "花名册", COUNTY, name="云隐希望小学")).code == "row-school-unknown"
    assert refusal(enter(two, "云隐希望小学花名册", of(FIRST))).code == "row-school-unknown"


def test_the_same_name_is_told_when_the_second_school_is_registered(nol: Registry) -> None:
    assert nol.load("schools", sheet("学校名单", HEADING, *SCHOOLS)).counts["warned"] == 1
    third = ["2134990003", "城关 小学", "小学", "349921103"]
    assert nol.load("schools", sheet("学校名单", HEADING, third)).counts["warned"] == 1
    assert nol.load("schools", sheet("学校名单", HEADING, [*third[:1], "白沙小学", *third[2:]])).counts["warned"] == 0


def test_two_villages_of_one_township_and_one_name_are_told_and_those_of_two_are_not(nol: Registry) -> None:
    villages = [
        ["349921101201", "石桥村", "2020-01-01"],
        ["349921102201", "石桥村", "2020-01-01"],
        ["349921101202", "石桥村", "2020-01-01"],
    ]
    report = nol.load("divisions", sheet("行政区划表", ["区划代码", "名称", "启用日期"], *villages))
    assert (report.counts["changed"], report.counts["warned"]) == (3, 1)
