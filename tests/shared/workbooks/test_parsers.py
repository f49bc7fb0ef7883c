from datetime import date, datetime, time

import pytest

from shared.faults import InvalidValue
from shared.identifiers.text import clean, compact
from shared.workbooks import parsers
from shared.workbooks.cells import Cell


def refusal(parse: object, cell: Cell) -> str:
    with pytest.raises(InvalidValue) as unreadable:
        parse(cell)  # type: ignore[operator]
    assert unreadable.value.fault.remedy_zh
    return unreadable.value.code


@pytest.mark.parametrize(
    "cell",
    [
        date(2026, 9, 1),
        datetime(2026, 9, 1, 8, 30),  # noqa: DTZ001 - spreadsheets know no time zone
        "2026-09-01",
        "2026/9/1",
        "2026.9.1",
        "2026年9月1日",
        "2026 年 9 月 1 日",
        "２０２６－０９－０１",
        "20260901",
        20260901.0,
        "2026-09-01 00:00:00",
    ],
)
def test_a_date_is_read_however_it_is_written(cell: Cell) -> None:
    assert parsers.day()(cell) == date(2026, 9, 1)


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("2026-02-29", "cell-impossible-date"),
        ("20261301", "cell-impossible-date"),
        ("2026-9-31", "cell-impossible-date"),
        ("2026-9-0", "cell-impossible-date"),
        ("九月一日", "cell-no-date"),
        ("2026-09", "cell-no-day"),
        (time(8, 0), "cell-no-date"),
        ("1899-12-31", "cell-out-of-range"),
    ],
)
def test_what_is_no_date_is_refused(cell: Cell, code: str) -> None:
    assert refusal(parsers.day(), cell) == code


def test_an_impossible_date_says_what_is_impossible() -> None:
    with pytest.raises(InvalidValue) as short_month:
        parsers.day()("2025-02-29")
    assert short_month.value.fault.zh == "日期不存在：2025年2月没有29日"
    with pytest.raises(InvalidValue) as no_month:
        parsers.day()("2025-13-01")
    assert no_month.value.fault.zh == "日期不存在：一年没有13月"


@pytest.mark.parametrize(
    ("cell", "code"),
    [(" 00123 ", "00123"), (13800001111.0, "13800001111"), ("'34x", "34X"), ("Ｇ３４", "G34")],
)
def test_a_code_keeps_its_digits(cell: Cell, code: str) -> None:
    assert parsers.code(cell) == code


@pytest.mark.parametrize("cell", [349921201409031020.0, 1e15, "3.49921E+17", "3.49921201409031e+17"])
def test_a_code_that_excel_has_rounded_is_refused(cell: Cell) -> None:
    assert refusal(parsers.code, cell) == "cell-digits-lost"


def test_a_code_of_fifteen_digits_is_whole() -> None:
    assert parsers.code(999999999999999.0) == "999999999999999"


def test_a_class_that_excel_turned_into_a_date_is_refused() -> None:
    assert refusal(parsers.text(), date(2026, 3, 2)) == "cell-became-date"


def test_text_is_tidied_and_bounded() -> None:
    assert parsers.text()("  Ａ　 b\n c ") == "A b c"
    assert parsers.text()(9.0) == "9"
    assert parsers.text(3)("一二三") == "一二三"
    assert refusal(parsers.text(3), "一二三四") == "cell-too-long"


@pytest.mark.parametrize(
    ("cell", "name"),
    [
        ("张 三", "张三"),
        ("　欧阳 小雨 ", "欧阳小雨"),
        ("阿依古丽•买买提", "阿依古丽·买买提"),
        ("Anna  Lin", "Anna Lin"),
    ],
)
def test_a_name_loses_only_the_blanks_that_align_it(cell: str, name: str) -> None:
    assert parsers.name(cell) == name


@pytest.mark.parametrize("cell", [13.0, "张3", "张三;李四", "=cmd()", "·", date(2026, 3, 2)])
def test_what_is_no_name_is_refused(cell: Cell) -> None:
    assert refusal(parsers.name, cell) == "cell-name-unreadable"


@pytest.mark.parametrize(("cell", "number"), [(9.0, 9), ("9", 9), ("９", 9), (" 9.0", 9), (0.0, 0)])
def test_a_whole_number_is_read(cell: Cell, number: int) -> None:
    assert parsers.integer(0, 9)(cell) == number


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        (9.5, "cell-not-whole-number"),
        ("九", "cell-not-whole-number"),
        ("nan", "cell-not-whole-number"),
        (10.0, "cell-out-of-range"),
    ],
)
def test_another_number_is_refused(cell: Cell, code: str) -> None:
    assert refusal(parsers.integer(0, 9), cell) == code


@pytest.mark.parametrize("cell", ["是", "√", "✓", "有", "y", "１", 1.0, True])
def test_yes(cell: Cell) -> None:
    assert parsers.yes_no(cell) is True


@pytest.mark.parametrize("cell", ["否", "×", "N", 0.0, False])
def test_no(cell: Cell) -> None:
    assert parsers.yes_no(cell) is False


def test_a_choice_is_told_what_may_be_chosen() -> None:
    with pytest.raises(InvalidValue) as unreadable:
        parsers.choice({"男": 1, "女": 2})("未知")
    assert unreadable.value.fault.remedy_zh == "请填写下列之一：男、女"


def test_invisible_characters_and_full_width_forms_do_not_matter() -> None:
    assert clean("\ufeff张\u200b三\u00a0（一）\u3000") == "张三 (一)"
    assert compact(" 3 4\n9\t") == "349"


@pytest.mark.parametrize(
    "cell",
    [
        46351.0,
        46351,
        46351.333,
        "2026年11月25日（星期三）",
        "2026-11-25 周三",
        "2026-11-25 08:00",
        "2026/11/25 8:00:30",
    ],
)
def test_a_day_is_read_as_a_number_with_its_weekday_or_with_a_time(cell: Cell) -> None:
    assert parsers.day()(cell) == date(2026, 11, 25)


def test_a_time_costs_the_day_no_digit() -> None:
    assert parsers.day()("2026-11-2 18:00") == date(2026, 11, 2)


@pytest.mark.parametrize(
    ("cell", "code", "word"),
    [("2026年11月25日（星期四）", "cell-weekday-differs", "核对日期"), ("11月24日", "cell-no-year", "请写明年份")],
)
def test_a_day_that_contradicts_itself_or_lacks_its_year_is_refused_with_the_remedy(
    cell: str, code: str, word: str
) -> None:
    with pytest.raises(InvalidValue) as refused:
        parsers.day()(cell)
    assert (refused.value.fault.code, word in refused.value.fault.remedy_zh) == (code, True)
