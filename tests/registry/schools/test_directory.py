"""A name is not a key: whole names only, the caller's own school first, and both codes where two schools have it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.registry.children.ids import SchoolCode
from services.registry.schools.directory import ListedSchool, SchoolDirectory
from shared.faults import Fault
from shared.kernel.caller import Scope

QINGSHI, BAISHA, CENTRAL = SchoolCode("2134990001"), SchoolCode("2134990002"), SchoolCode("2134990003")
TWO = [
    ListedSchool(QINGSHI, "城关小学", "349921101", ("田川县", "青石镇")),
    ListedSchool(BAISHA, "城关小学", "349921102", ("田川县", "白沙镇")),
    ListedSchool(CENTRAL, "青石镇中心小学", "349921101", ("田川县", "青石镇")),
]


def directory(scope: Scope | None = None) -> SchoolDirectory:
    return SchoolDirectory.of(TWO, scope or Scope("349921"))


def told(found: object) -> object:
    return found.code if isinstance(found, Fault) else found


@pytest.mark.parametrize("code", [QINGSHI, BAISHA])
def test_a_code_is_looked_up_by_code_whatever_else_is_called_so(code: SchoolCode) -> None:
    assert directory().with_code(code) == code
    assert directory().told_by(code, "城关小学") == code
    assert directory().named_in(f"城关小学（{code}）花名册") == code


@pytest.mark.parametrize(
    ("scope", "meant"),
    [
        (Scope("349921101"), QINGSHI),
        (Scope("349921102"), BAISHA),
        (Scope("", QINGSHI), QINGSHI),
        (Scope("", BAISHA), BAISHA),
        (Scope("", CENTRAL), "row-school-ambiguous"),
        (Scope("349921"), "row-school-ambiguous"),
        (Scope(), "row-school-ambiguous"),
    ],
)
def test_a_name_of_two_schools_means_the_callers_own(scope: Scope, meant: str) -> None:
    assert told(directory(scope).named("城关小学")) == meant
    assert told(directory(scope).named_in("城关小学2026年秋季花名册")) == meant


def test_a_name_that_does_not_tell_comes_back_with_both_codes_and_where_they_are() -> None:
    fault = directory().named("城关小学")
    assert isinstance(fault, Fault)
    assert f"{QINGSHI}（青石镇）" in fault.zh
    assert f"{BAISHA}（白沙镇）" in fault.zh
    assert "标识码" in fault.remedy_zh


def test_a_name_outside_the_scope_stands_for_its_school_where_it_is_the_only_one() -> None:
    assert directory(Scope("349921102")).named("青石镇中心小学") == CENTRAL


def test_of_two_schools_of_one_name_the_one_that_teaches_is_meant() -> None:
    closed = ListedSchool(BAISHA, "青石镇中心小学", "349921101", is_open=False)
    assert SchoolDirectory.of([TWO[2], closed]).named("青石镇中心小学") == CENTRAL


def test_a_code_with_another_schools_name_is_refused() -> None:
    assert told(directory().told_by(QINGSHI, "青石镇中心小学")) == "row-school-code-differs"
    assert directory().told_by(QINGSHI, "城关完小") == QINGSHI


@pytest.mark.parametrize(
    ("line", "meant"),
    [
        ("青石镇中心小学", CENTRAL),
        ("青石镇中心小学2026年秋季学生花名册", CENTRAL),
        ("2026年秋季青石镇中心小学学生花名册", CENTRAL),
        ("2026-2027学年第一学期青石镇中心小学小学毕业升学名册", CENTRAL),
        ("田川县青石镇中心小学花名册", CENTRAL),
        ("学校名称：青石镇中心小学 填报人：张三", CENTRAL),
        ("附件1：青石镇中心小学", CENTRAL),
        ("青石镇中心小学小学部花名册", CENTRAL),
        ("青石镇中心小学附属幼儿园花名册", "row-school-unknown"),
        ("青石镇中心小学大山教学点花名册", "row-school-unknown"),
        ("青石镇中心小学、城关小学花名册", "row-school-ambiguous"),
        ("老青石镇中心小学", "row-school-unknown"),
        ("青石镇第二小学花名册", "row-school-unknown"),
        ("田川县青石镇城关小学花名册", "row-school-ambiguous"),
        ("学生花名册", None),
        ("小学毕业升学名册", None),
        ("田川县中小学学生花名册", None),
        ("各乡镇小学花名册", None),
        ("六年级2班", None),
    ],
)
def test_a_line_of_text_names_a_school_by_its_whole_name_only(line: str, meant: object) -> None:
    assert told(directory().named_in(line)) == meant


@pytest.mark.parametrize(
    "longer", ["县第一小学", "青石县第一小学", "第一小学附属幼儿园", "第一小学城南分校", "老第一小学"]
)
def test_a_part_of_an_unlisted_schools_name_is_no_school(longer: str) -> None:
    only = SchoolDirectory.of([ListedSchool(QINGSHI, "第一小学", "349921101", ("田川县", "青石镇"))])
    assert told(only.named_in(f"{longer}学生花名册")) == "row-school-unknown"
    assert only.named_in("田川县第一小学学生花名册") == QINGSHI
    assert only.named_in("青石镇第一小学学生花名册") == QINGSHI


WORDS = st.lists(st.sampled_from("青石白沙县镇第一二中心实验附属小学幼儿园分校"), min_size=2, max_size=8).map("".join)


@given(WORDS, WORDS, WORDS, st.sampled_from(["", "2026年秋季", "学校："]), st.sampled_from(["", "花名册", "2026年"]))
def test_a_line_with_the_longer_of_two_names_never_gives_the_shorter(
    before: str, name: str, after: str, start: str, end: str
) -> None:
    for longer in (before + name, name + after, before + name + after):
        both = SchoolDirectory.of([ListedSchool(QINGSHI, name), ListedSchool(BAISHA, longer)])
        assert both.named_in(f"{start}{longer}{end}") != QINGSHI


def test_where_no_line_names_a_school_the_callers_own_is_meant() -> None:
    lines = ["学生花名册", "Sheet1", "a.xlsx"]
    assert directory(Scope("", QINGSHI)).named_by(lines) == QINGSHI
    assert directory(Scope("349921101")).named_by(lines) is None
    assert told(directory(Scope("", QINGSHI)).named_by(["青石镇第二小学", *lines])) == "row-school-unknown"


def test_a_later_line_may_have_the_code_of_a_name_that_does_not_tell() -> None:
    assert directory().named_by(["城关小学花名册", f"标识码{BAISHA}"]) == BAISHA
