"""Turns one non-blank cell into a value, or raises `shared.faults.InvalidValue`."""

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from typing import Any, TypeVar

from shared.faults import Fault, InvalidValue
from shared.identifiers.person_name import UNREADABLE, doubts_about, parse_person_name
from shared.identifiers.text import as_written, clean, compact
from shared.workbooks.cells import EXACT_DIGITS, Cell, shown, unreadable

T = TypeVar("T")

_AS_TEXT = "请把该列的单元格格式设为“文本”，再重新填写完整的内容"
_BY_THE_ORIGINAL = "请对照原件更正"

DIGITS_LOST = Fault(
    "cell-digits-lost",
    f"以数字形式保存，Excel 只保留前 {EXACT_DIGITS} 位，后面的数字已经丢失",
    f"Kept as a number, of which Excel has dropped all but {EXACT_DIGITS} digits.",
    _AS_TEXT,
)
BECAME_DATE = Fault(
    "cell-became-date", "Excel 把内容变成了日期或时间", "Excel has made a date of this text.", _AS_TEXT
)
NOT_WHOLE = Fault("cell-not-whole-number", "不是整数", "This is not a whole number.", "请只填写整数")
NO_DAY = Fault(
    "cell-no-day",
    "只写了年月，没有写明哪一天",
    "Only a month is written, not a day.",
    "请按“2026-09-01”的形式填写到日",
)
WHICH_MONTH = Fault(
    "cell-month-unclear",
    "以数字形式保存，分不清是1月还是10月",
    "Kept as a number: January and October look the same.",
    "请把单元格格式设为“文本”，按“2026-10”的形式填写",
)
NO_DATE = Fault("cell-no-date", "不是日期", "This is not a date.", "请按“2026-09-01”的形式填写日期")

NO_YEAR = Fault("cell-no-year", "没有写年份", "The year is missing.", "请写明年份，如“2026年11月24日”")
WRONG_WEEKDAY = Fault(
    "cell-weekday-differs", "日期和星期不一致", "Date and weekday differ.", "请对照日历核对日期，或删去星期"
)

_DATE = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:0?0:00(?::00)?)?", re.ASCII)
_TIME = re.compile(r"\s+\d{1,2}[:：]\d{2}(?:[:：]\d{2}(?:\.\d+)?)?\s*$", re.ASCII)
_WEEKDAY = re.compile(r"\(?(?:星期|礼拜|周)([一二三四五六日天])\)?$")
_WEEKDAYS = {"一": 0, "二": 1, "三": 2, "四": 3, "五": 4, "六": 5, "日": 6, "天": 6}
_WITHOUT_YEAR = re.compile(r"\d{1,2}[-/.月]\d{1,2}日?", re.ASCII)
_EXCEL_EPOCH = date(1899, 12, 30)
_SERIALS = range(10_000, 100_000)
"""Days since then, as Excel counts them, of which one can tell that they are days: from 1927 on."""
_COMPACT_DATE = re.compile(r"(\d{4})(\d{2})(\d{2})", re.ASCII)
_MONTH = re.compile(r"(\d{4})(?:[-/.年]|(?=\d\d$))(\d{1,2})月?", re.ASCII)
_CODED = re.compile(r"\d{1,2}[-.:](?=\D)", re.ASCII)
"""The number with its separator that some programs put before a word: `1-走读`, `01-汉族`."""
_SCIENTIFIC = re.compile(r"\d(?:\.\d+)?E\+\d+", re.ASCII)
_MOST_SHOWN = 12


def text(longest: int = 200) -> Callable[[Cell], str]:
    """Any text or number, tidied. Refuses numbers that Excel has rounded and dates made by Excel."""

    return _words(clean, longest)


def sentence(longest: int = 200) -> Callable[[Cell], str]:
    """Words that people wrote, with the marks that they set. Refuses what `text` refuses."""
    return _words(as_written, longest)


def _words(tidied: Callable[[str], str], longest: int) -> Callable[[Cell], str]:
    def parse(cell: Cell) -> str:
        found = tidied(cell) if isinstance(cell, str) else _number_as_text(cell)
        if found[:1] == "#" and (fault := unreadable(found)):
            raise InvalidValue(fault)
        if "E+" in found and _SCIENTIFIC.fullmatch(found):
            raise InvalidValue(DIGITS_LOST)
        if len(found) > longest:
            raise InvalidValue(_too_long(longest))
        return found

    return parse


def code(cell: Cell) -> str:
    """A code or number kept as text: half-width, capitals, no white space, no leading apostrophe."""
    if not isinstance(cell, str):
        return _number_as_text(cell)
    found = compact(cell).upper().lstrip("'‘’`")
    if found[:1] == "#" and (fault := unreadable(found)):
        raise InvalidValue(fault)
    if "E+" in found and _SCIENTIFIC.fullmatch(found):
        raise InvalidValue(DIGITS_LOST)
    return found


def _number_as_text(cell: Cell) -> str:
    if isinstance(cell, bool):
        return shown(cell)
    if not isinstance(cell, (int, float)):
        raise InvalidValue(BECAME_DATE)
    if abs(cell) >= 10**EXACT_DIGITS:
        raise InvalidValue(DIGITS_LOST)
    return shown(cell)


def _too_long(longest: int) -> Fault:
    return Fault("cell-too-long", f"内容超过 {longest} 个字", f"Longer than {longest} characters.", "请缩短内容")


def name(cell: Cell) -> str:
    """A person's name in its one spelling."""
    if not isinstance(cell, str):
        raise InvalidValue(UNREADABLE)
    return parse_person_name(cell)


def name_doubts(cell: Cell) -> tuple[Fault, ...]:
    """What is doubtful in a name that can be read."""
    return doubts_about(cell) if isinstance(cell, str) else ()


def integer(lowest: int, highest: int) -> Callable[[Cell], int]:
    """A whole number from `lowest` to `highest`, both included."""

    def parse(cell: Cell) -> int:
        try:
            value = float(compact(cell) if isinstance(cell, str) else shown(cell))
        except ValueError as error:
            raise InvalidValue(NOT_WHOLE) from error
        if not value.is_integer():
            raise InvalidValue(NOT_WHOLE)
        if not lowest <= value <= highest:
            raise InvalidValue(out_of_range(str(lowest), str(highest)))
        return int(value)

    return parse


def out_of_range(lowest: str, highest: str) -> Fault:
    """The fault of a number or date outside the two bounds."""
    return Fault(
        "cell-out-of-range",
        f"应在 {lowest} 至 {highest} 之间",
        f"Must lie between {lowest} and {highest}.",
        _BY_THE_ORIGINAL,
    )


def day(
    earliest: date = date(1900, 1, 1), latest: date = date(2100, 1, 1), month_is_enough: bool = False
) -> Callable[[Cell], date]:
    """A calendar date from `earliest` to `latest`: a real Excel date, or any of the written forms.

    Written forms: 2026-09-01, 2026/9/1, 2026.9.1, 2026年9月1日, 20260901, also with the time of day or with a weekday,
    which must agree, after it; and the number of days by which Excel keeps a date, in a cell without a format. Where
    a month is enough, also 2026-09, 2026.9, 2026年9月 and 202609, which are the first of the month.
    """

    def parse(cell: Cell) -> date:
        found = _day(cell, month_is_enough)
        if not earliest <= found <= latest:
            raise InvalidValue(out_of_range(earliest.isoformat(), latest.isoformat()))
        return found

    return parse


def _day(cell: Cell, month_is_enough: bool) -> date:
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    if isinstance(cell, (int, float)) and not isinstance(cell, bool) and int(cell) in _SERIALS:
        return _EXCEL_EPOCH + timedelta(days=int(cell))
    written = compact(_TIME.sub("", cell)) if isinstance(cell, str) else shown(cell)
    weekday = _WEEKDAY.search(written)
    written = written[: weekday.start()] if weekday else written
    if parts := _DATE.fullmatch(written) or _COMPACT_DATE.fullmatch(written):
        found = _calendar_day(int(parts[1]), int(parts[2]), int(parts[3]))
        if weekday and found.weekday() != _WEEKDAYS[weekday[1]]:
            raise InvalidValue(WRONG_WEEKDAY)
        return found
    month = _MONTH.fullmatch(written)
    if month is None:
        raise InvalidValue(NO_YEAR if _WITHOUT_YEAR.fullmatch(written) else NO_DATE)
    if not month_is_enough:
        raise InvalidValue(NO_DAY)
    if month[2] == "1" and isinstance(cell, float) and not cell.is_integer():
        raise InvalidValue(WHICH_MONTH)
    return _calendar_day(int(month[1]), int(month[2]), 1)


def _calendar_day(year: int, month: int, day_of_month: int) -> date:
    try:
        return date(year, month, day_of_month)
    except ValueError as error:
        where = f"{year}年{month}月没有{day_of_month}日" if 1 <= month <= 12 else f"一年没有{month}月"
        fault = Fault("cell-impossible-date", f"日期不存在：{where}", "There is no such date.", _BY_THE_ORIGINAL)
        raise InvalidValue(fault) from error


def choice(meanings: Mapping[str, T]) -> Callable[[Cell], T]:
    """One of the written forms in `meanings`, compared without white space, in capitals, also after a code and a dash.

    Of `1-走读` the word counts: what the number means differs from program to program.
    """
    exact: dict[Any, T] = {**meanings}  # most cells are written exactly so
    table = {compact(written).upper(): meaning for written, meaning in meanings.items()}
    fault = Fault(
        "cell-unknown-choice",
        "不是可以识别的内容",
        "This is none of the known choices.",
        f"请填写下列之一：{_some(meanings)}",
    )

    def parse(cell: Cell) -> T:
        if cell in exact:
            return exact[cell]
        found = compact(cell).upper() if isinstance(cell, str) else shown(cell)
        if found not in table:
            found = _CODED.sub("", found, count=1)
        if found not in table:
            raise InvalidValue(fault)
        return table[found]

    return parse


def _some(meanings: Mapping[str, T]) -> str:
    """The first written form of each meaning, not too many of them."""
    first: dict[T, str] = {}
    for form, meaning in meanings.items():
        first.setdefault(meaning, form)
    forms = list(first.values())
    return "、".join(forms[:_MOST_SHOWN]) + ("等" if len(forms) > _MOST_SHOWN else "")


yes_no = choice(dict.fromkeys("是√✓✔有Y1", True) | dict.fromkeys("否×✗✘N0", False))
"""是, √, 有, Y, 1 and 否, ×, N, 0."""
