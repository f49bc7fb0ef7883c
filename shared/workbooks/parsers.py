"""Turns one non-blank cell into a value, or says in Chinese why not and what to do about it."""

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any, TypeVar

from shared.workbooks.cells import EXACT_DIGITS, Cell, shown, squeeze, tidy

T = TypeVar("T")

AS_TEXT = "请把该列的单元格格式设为“文本”，再重新填写完整的内容。"
_BY_HAND = "请对照原件更正后重新上传。"
_DATE = re.compile(r"(\d{4})([-/.年])(\d{1,2})[-/.月](\d{1,2})日?(?:[ T]0?0:00(?::00)?)?")
_COMPACT_DATE = re.compile(r"(\d{4})()(\d{2})(\d{2})")
_SCIENTIFIC = re.compile(r"\d(?:\.\d+)?E\+\d+", re.IGNORECASE)
_NAME_MARKS = "·.-' ()"


class Unreadable(Exception):
    """A cell that cannot be understood: stable `code`, Chinese `reason` and `remedy`."""

    def __init__(self, code: str, reason: str, remedy: str = _BY_HAND) -> None:
        super().__init__(reason)
        self.code, self.reason, self.remedy = code, reason, remedy


def text(longest: int = 200) -> Callable[[Cell], str]:
    """Any text or number, tidied. Refuses numbers that Excel has rounded and dates made by Excel."""

    def parse(cell: Cell) -> str:
        found = tidy(cell) if cell.__class__ is str else _number_as_text(cell)
        if len(found) > longest:
            raise Unreadable("text-too-long", f"内容超过 {longest} 个字", "请缩短内容。")
        return found

    return parse


def code(cell: Cell) -> str:
    """A code or number kept as text: half-width, capitals, no white space, no leading apostrophe."""
    if cell.__class__ is not str:
        return _number_as_text(cell)
    found = squeeze(cell).upper().lstrip("'‘’`")
    if "E+" in found and _SCIENTIFIC.fullmatch(found):
        raise _digits_lost()
    return found


def _number_as_text(cell: Cell) -> str:
    if isinstance(cell, (int, float)) and not isinstance(cell, bool):
        if abs(cell) >= 10**EXACT_DIGITS:
            raise _digits_lost()
        return shown(cell)
    if isinstance(cell, bool):
        return shown(cell)
    raise Unreadable("text-became-date", "Excel 把内容变成了日期或时间", AS_TEXT)


def _digits_lost() -> Unreadable:
    reason = f"以数字形式保存，Excel 只保留前 {EXACT_DIGITS} 位，后面的数字已经丢失"
    return Unreadable("digits-lost", reason, AS_TEXT)


def name(cell: Cell) -> str:
    """A person's name: letters of any script and the marks · . - between them.

    Blanks are dropped from Chinese names, where they only align the column, and kept between Latin words.
    """
    if cell.__class__ is not str:
        raise Unreadable("name-unreadable", "姓名不能是数字或日期")
    found = tidy(cell)
    if not found.isascii():
        found = found.replace(" ", "").replace("•", "·").replace("・", "·")
    if len(found) > 50 or not (found.isalpha() or _is_marked_name(found)):
        raise Unreadable("name-unreadable", "姓名中有数字或不应有的符号")
    return found


def _is_marked_name(found: str) -> bool:
    return found[:1].isalpha() and all(letter.isalpha() or letter in _NAME_MARKS for letter in found)


def integer(lowest: int, highest: int) -> Callable[[Cell], int]:
    """A whole number from `lowest` to `highest`, both included."""

    def parse(cell: Cell) -> int:
        found = squeeze(cell) if isinstance(cell, str) else shown(cell)
        try:
            value = float(found)
        except ValueError:
            raise Unreadable("number-unreadable", "不是整数", "请只填写数字。") from None
        if not value.is_integer():
            raise Unreadable("number-unreadable", "不是整数", "请只填写整数。")
        if not lowest <= value <= highest:
            raise Unreadable("number-out-of-range", f"应在 {lowest} 至 {highest} 之间")
        return int(value)

    return parse


def day(earliest: date = date(1900, 1, 1), latest: date = date(2100, 1, 1)) -> Callable[[Cell], date]:
    """A calendar date from `earliest` to `latest`: a real Excel date, or any of the written forms.

    Written forms: 2026-09-01, 2026/9/1, 2026.9.1, 2026年9月1日, 20260901.
    """

    def parse(cell: Cell) -> date:
        found = _day(cell)
        if not earliest <= found <= latest:
            reason = f"日期应在 {earliest.isoformat()} 至 {latest.isoformat()} 之间"
            raise Unreadable("date-out-of-range", reason)
        return found

    return parse


def _day(cell: Cell) -> date:
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    written = tidy(cell) if isinstance(cell, str) else shown(cell)
    parts = _DATE.fullmatch(written) or _DATE.fullmatch(squeeze(written)) or _COMPACT_DATE.fullmatch(written)
    if parts is None:
        raise Unreadable("date-unreadable", "不是日期", "请按“2026-09-01”的形式填写日期。")
    return _calendar_day(int(parts[1]), int(parts[3]), int(parts[4]))


def _calendar_day(year: int, month: int, day_of_month: int) -> date:
    try:
        return date(year, month, day_of_month)
    except ValueError:
        where = f"{year}年{month}月没有{day_of_month}日" if 1 <= month <= 12 else f"一年没有{month}月"
        raise Unreadable("date-impossible", f"日期不存在：{where}") from None


def choice(meanings: Mapping[str, T]) -> Callable[[Cell], T]:
    """One of the written forms in `meanings`, compared without white space, in capitals."""
    table = {squeeze(written).upper(): meaning for written, meaning in meanings.items()}
    quick: dict[Any, T] = {**meanings}  # most cells are written exactly so

    def parse(cell: Cell) -> T:
        try:
            return quick[cell]
        except (KeyError, TypeError):
            pass
        found = squeeze(cell).upper() if isinstance(cell, str) else shown(cell)
        if found not in table:
            allowed = "、".join(meanings)
            raise Unreadable("choice-unknown", "不是可以识别的内容", f"请填写下列之一：{allowed}。")
        return table[found]

    return parse


yes_no = choice(dict.fromkeys("是√✓✔有Y1", True) | dict.fromkeys("否×✗✘N0", False))
"""是, √, 有, Y, 1 and 否, ×, N, 0."""
