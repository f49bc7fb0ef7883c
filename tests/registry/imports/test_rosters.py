from datetime import date
from typing import Any

import pytest

from services.registry.imports.lists import read_rosters
from services.registry.schools.directory import ListedSchool, SchoolDirectory
from shared.identifiers import SchoolCode
from shared.workbooks.reading import Workbook
from shared.workbooks.rows import Row
from tests.registry.imports.sheets import TODAY, codes, good, read, warned

GIRL, BOY = "349921201409031020", "349921201501010011"
CENTRAL, BRANCH = SchoolCode("2134990001"), SchoolCode("2134990002")
SCHOOLS = SchoolDirectory.of(
    [ListedSchool(CENTRAL, "落雁镇中心小学"), ListedSchool(BRANCH, "落雁镇中心小学东河教学点")]
)
HEADING = ["姓名", "性别", "身份证号", "学籍号", "出生日期", "年级", "班级", "监护人电话"]


def rosters(book: Workbook) -> list[Row]:
    return list(read_rosters(book, TODAY, SCHOOLS))


def one(**changed: Any) -> Row:
    """The only row of a roster of the central school, right but for what is `changed`."""
    cells = dict(
        zip(HEADING, ["林小满", "女", GIRL, f"G{GIRL}", "2014-09-03", "六年级", "2班", "19900001234"], strict=True)
    )
    (row,) = read(rosters, ["落雁镇中心小学花名册"], HEADING, list((cells | changed).values()))
    return row


def test_a_right_row_gives_canonical_values() -> None:
    values = good(one())
    assert {key: value for key, value in values.items() if value is not None} == {
        "name": "林小满",
        "sex": "F",
        "id_number": GIRL,
        "student_number": f"G{GIRL}",
        "birth_date": date(2014, 9, 3),
        "grade": 6,
        "class_no": 2,
        "guardian_phone": "19900001234",
        "school_code": CENTRAL,
    }


def test_sex_and_birth_date_follow_from_the_identity_number() -> None:
    values = good(one(性别=None, 出生日期=None))
    assert (values["sex"], values["birth_date"]) == ("F", date(2014, 9, 3))


def test_the_identity_number_follows_from_a_formal_student_number() -> None:
    assert good(one(身份证号=None))["id_number"] == GIRL


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"身份证号": GIRL[:17] + "1", "学籍号": None}, "resident-id-check-digit"),
        ({"身份证号": "349921201413031020"}, "resident-id-birth-date"),
        ({"身份证号": 349921201409031020}, "cell-digits-lost"),
        ({"学籍号": f"G{BOY}"}, "row-student-number-differs"),
        ({"性别": "男"}, "row-sex-differs"),
        ({"出生日期": "2014-09-04"}, "row-birth-date-differs"),
        ({"出生日期": "2014-09-31"}, "cell-impossible-date"),
        ({"出生日期": "2027-01-01"}, "cell-out-of-range"),
        ({"身份证号": None, "学籍号": None}, "row-no-identity"),
        ({"身份证号": None, "学籍号": "L349921201409039001", "性别": None}, "cell-missing"),
        ({"姓名": None}, "cell-missing"),
        ({"班级": None}, "cell-missing"),
        ({"年级": None}, "cell-missing"),
        ({"班级": "五年级2班"}, "row-grades-differ"),
    ],
)
def test_a_wrong_row_is_refused_for_one_reason(changed: dict[str, Any], code: str) -> None:
    assert codes(one(**changed)) == [code]


def test_a_pupil_without_identity_number_is_known_by_a_temporary_student_number() -> None:
    values = good(one(身份证号=None, 学籍号="L349921201409039001", 出生日期=None))
    assert values["id_number"] is None
    assert (values["sex"], values["birth_date"]) == ("F", date(2014, 9, 3))


@pytest.mark.parametrize(("grade", "class_"), [("六年级(2)班", None), (None, "六年级(2)班"), (None, "602班"), (6, 2)])
def test_either_column_may_tell_grade_and_class(grade: Any, class_: Any) -> None:
    values = good(one(年级=grade, 班级=class_))
    assert (values["grade"], values["class_no"]) == (6, 2)


def test_a_wrong_phone_number_does_not_keep_a_child_off_the_register() -> None:
    assert warned(one(监护人电话="05641234")) == ["phone-shape"]


@pytest.mark.parametrize(
    ("grade", "expected"),
    [("五年级", []), ("三年级", []), ("二年级", ["row-age-unusual"]), ("八年级", ["row-age-unusual"])],
)
def test_an_age_that_does_not_fit_the_grade_is_only_told(grade: str, expected: list[str]) -> None:
    assert warned(one(年级=grade)) == expected  # born on 2014-09-03: eleven on 31 August, usual in grade 6


def test_a_pupil_twice_in_one_workbook_is_refused_the_second_time_with_the_place_of_the_first() -> None:
    heading, pupil = ["姓名", "身份证号", "班级"], ["林小满", GIRL, "六年级2班"]
    first, second = read(rosters, ["落雁镇中心小学"], heading, pupil, pupil)
    good(first)
    assert codes(second) == ["row-repeated"]
    assert "第 3 行" in second.problems[0].reason  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("above", "sheet", "file", "school"),
    [
        ("落雁镇中心小学2026年秋季花名册", "Sheet1", "a.xlsx", CENTRAL),
        ("落雁镇中心小学东河教学点花名册", "Sheet1", "a.xlsx", BRANCH),
        ("学校标识码：2134990002", "Sheet1", "a.xlsx", BRANCH),
        ("落雁镇中心小学 学校标识码：2134990002", "Sheet1", "a.xlsx", BRANCH),
        ("花名册", "落雁镇中心小学", "a.xlsx", CENTRAL),
        ("花名册", "Sheet1", "落雁镇中心小学.xlsx", CENTRAL),
    ],
)
def test_a_roster_belongs_to_the_school_named_above_it_else_by_sheet_else_by_file(
    above: str, sheet: str, file: str, school: SchoolCode
) -> None:
    rows = [[above], ["姓名", "身份证号", "班级"], ["林小满", GIRL, "六年级2班"]]
    (row,) = read(rosters, *rows, sheet=sheet, file=file)
    assert good(row)["school_code"] == school


def test_what_the_row_says_of_its_school_comes_first() -> None:
    heading = ["姓名", "身份证号", "班级", "学校名称"]
    rows = read(
        rosters,
        ["落雁镇中心小学"],
        heading,
        ["林小满", GIRL, "六年级2班", "落雁镇中心小学东河教学点"],
        ["周一诺", BOY, "五年级1班", "无人知道的小学"],
    )
    assert good(rows[0])["school_code"] == BRANCH
    assert codes(rows[1]) == ["row-school-unknown"]


def test_a_roster_of_an_unknown_school_is_refused_row_by_row() -> None:
    (row,) = read(rosters, ["云隐希望小学"], ["姓名", "身份证号", "班级"], ["林小满", GIRL, "六年级2班"])
    assert codes(row) == ["row-school-unknown"]


@pytest.mark.parametrize(
    ("name", "kept", "told"),
    [
        ("林〇", "林〇", []),
        ("林○", "林〇", ["name-lookalike"]),
        ("⻢小满", "马小满", ["name-lookalike"]),
        ("林\ue0f1", "林\ue0f1", ["name-private-character"]),
        ("O’Neil", "O'Neil", []),
        ("古丽﹒买买提", "古丽·买买提", []),
    ],
)
def test_a_name_with_doubtful_characters_is_taken_with_a_warning(name: str, kept: str, told: list[str]) -> None:
    row = one(姓名=name)
    assert good(row)["name"] == kept
    assert warned(row) == told
