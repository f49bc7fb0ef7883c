from datetime import date
from functools import partial
from typing import Any

import pytest

from services.registry.imports import lists
from tests.registry.imports.sheets import TODAY, codes, good, read, warned

GIRL, BOY = "349921201409031020", "349921201501010011"
households = partial(lists.read_households, today=TODAY)
attendance = partial(lists.read_attendance, today=TODAY)
headcounts = partial(lists.read_headcounts, today=TODAY)

ABSENT = ["姓名", "身份证号", "班级", "日期", "缺勤类型", "备注"]
POOR = ["户编号", "户主", "成员姓名", "成员身份证号", "困难类别", "认定日期"]


def test_a_school_has_a_code_a_name_a_kind_a_place_and_a_district() -> None:
    heading = ["学校代码", "学校", "办学类型", "乡镇代码", "督学责任区"]
    (row,) = read(lists.read_schools, heading, [2134990001, "落雁镇中心小学", "完全小学", "349921101000", "一区"])
    assert good(row) == {
        "school_code": "2134990001",
        "name": "落雁镇中心小学",
        "kind": "PRIMARY",
        "division": "349921101",
        "district": "一区",
        "private": None,
        "demonstration_level": None,
        "address": None,
    }


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        (["213499000", "甲", "小学", "349921101"], "school-code-shape"),
        (["2134990001", "甲", "大学", "349921101"], "cell-unknown-choice"),
        (["2134990001", "甲", "小学", "3499"], None),
        (["2134990001", "甲", "小学", "34992"], "division-shape"),
    ],
)
def test_a_wrong_school_is_refused(cells: list[Any], code: str | None) -> None:
    (row,) = read(lists.read_schools, ["学校标识码", "学校名称", "办学类型", "所在乡镇代码"], cells)
    assert (codes(row) if code else [good(row)["name"]]) == [code or "甲"]


@pytest.mark.parametrize(
    ("written", "category"),
    [
        ("脱贫户", "LIFTED_OUT"),
        ("建档立卡贫困户", "LIFTED_OUT"),
        ("边缘易致贫户", "MONITORED"),
        ("低保", "SUBSISTENCE_ALLOWANCE"),
        ("特困供养", "EXTREME_POVERTY"),
    ],
)
def test_a_category_is_known_by_its_old_and_new_names(written: str, category: str) -> None:
    (row,) = read(households, POOR, ["H1", "林大山", "林小满", GIRL, written, "2019-01-01"])
    assert good(row)["category"] == category


def test_a_member_may_stand_in_two_categories_but_not_twice_in_one() -> None:
    rows = read(
        households,
        POOR,
        ["H1", "林大山", "林小满", GIRL, "脱贫户", "2019-01-01"],
        ["H1", "林大山", "林小满", GIRL, "低保", "2020-01-01"],
        ["H1", "林大山", "林小满", GIRL, "低保", "2020-01-01"],
        ["H1", "林大山", "林小宝", None, "低保", "2020-01-01"],
    )
    assert [good(row)["category_from"].year for row in rows[:2]] == [2019, 2020]
    assert codes(rows[2]) == ["row-repeated"]
    assert good(rows[3])["member_id_number"] is None


@pytest.mark.parametrize(("written", "kind"), [("旷课", "UNEXCUSED"), ("病假", "SICK"), ("事 假", "PERSONAL")])
def test_an_absence_has_a_pupil_a_day_and_a_kind(written: str, kind: str) -> None:
    (row,) = read(attendance, ["缺勤登记"], ABSENT, ["林小满", GIRL, "六(2)班", "11月16日", written, None])
    assert codes(row) == ["cell-no-year"]
    (row,) = read(attendance, ABSENT, ["林小满", GIRL, "六(2)班", "2026.11.16", written, "未接电话"])
    values = good(row)
    assert (values["date"], values["kind"], values["remark"]) == (date(2026, 11, 16), kind, "未接电话")
    assert (values["grade"], values["class_no"]) == (6, 2)


def test_an_absence_may_be_told_by_student_number_and_without_a_class() -> None:
    heading = ["学生姓名", "学籍号", "缺勤日期", "缺勤类别"]
    (row,) = read(attendance, heading, ["林小满", f"G{GIRL}", date(2026, 11, 16), "旷课"])
    assert good(row)["id_number"] == GIRL


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"身份证号": None}, "row-no-identity"),
        ({"日期": "2026-11-31"}, "cell-impossible-date"),
        ({"日期": "2026-11-21"}, "cell-out-of-range"),
        ({"缺勤类型": "睡过头"}, "cell-unknown-choice"),
    ],
)
def test_a_wrong_absence_is_refused(changed: dict[str, Any], code: str) -> None:
    cells = dict(zip(ABSENT, ["林小满", GIRL, "六(2)班", "2026-11-16", "旷课", None], strict=True)) | changed
    (row,) = read(attendance, ABSENT, list(cells.values()))
    assert codes(row) == [code]


def test_the_same_pupil_on_the_same_day_is_one_absence() -> None:
    sick, unexcused = ("病假", None), ("旷课", None)
    pupil = ["林小满", GIRL, "六(2)班"]
    rows = read(attendance, ABSENT, [*pupil, "2026-11-16", *sick], [*pupil, "2026/11/16", *sick])
    assert (good(rows[0])["date"].day, codes(rows[1])) == (16, ["row-repeated"])
    rows = read(attendance, ABSENT, [*pupil, "2026-11-16", *unexcused], [*pupil, "2026/11/16", *sick])
    assert [codes(row) for row in rows] == [["row-contradicted"], ["row-contradicted"]]


def test_a_headcount_cannot_find_more_pupils_than_belong_to_the_class() -> None:
    heading = ["日期", "班级", "应到", "实到"]
    right, wrong = read(
        headcounts, heading, ["2026-11-16", "六年级(2)班", 45, 44], ["2026-11-17", "六年级(2)班", 45, 46]
    )
    assert (good(right)["expected"], good(right)["present"]) == (45, 44)
    assert codes(wrong) == ["row-more-present-than-expected"]


def test_an_account_that_fails_the_card_formula_is_only_told() -> None:
    heading = ["学生姓名", "身份证号", "监护人姓名", "银行账号"]
    card, passbook, lost = read(
        lists.read_accounts,
        heading,
        ["林小满", GIRL, "林大山", "9900000000000000002"],
        ["周一诺", BOY, "周大河", "9900000000000000001"],
        ["周一诺", BOY, "周大河", 9900000000000000001],
    )
    assert good(card)["guardian_account"] == "9900000000000000002"
    assert warned(card) == []
    assert warned(passbook) == ["bank-account-luhn"]
    assert codes(lost) == ["cell-digits-lost"]


def test_a_school_list_may_tell_who_runs_a_kindergarten_and_how_good_it_is() -> None:
    heading = ["学校代码", "学校", "办学类型", "乡镇代码", "办别", "示范级别", "学校地址"]
    line = ["1134990001", "落雁镇朝阳幼儿园", "幼儿园", "349921101000", "民办", "市级示范", "落雁镇朝阳路3号"]
    (row,) = read(lists.read_schools, heading, line)
    told = {name: good(row)[name] for name in ("kind", "private", "demonstration_level", "address")}
    assert told == {
        "kind": "KINDERGARTEN",
        "private": True,
        "demonstration_level": "CITY",
        "address": "落雁镇朝阳路3号",
    }
