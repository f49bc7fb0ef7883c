"""What a spreadsheet cell may hold, and how its text is made comparable."""

from datetime import date, datetime, time, timedelta
from typing import TypeAlias

from shared.faults import Fault
from shared.identifiers.text import as_written

Cell: TypeAlias = str | float | bool | date | datetime | time | timedelta
"""A value as the reader gives it; an empty cell is the empty string, every plain number a float."""

EXACT_DIGITS = 15
"""Excel keeps this many digits of a number and turns the rest into zeros."""

BLANKS = frozenset({"", "/", "／", "-", "－", "—", "——", "无", "N/A"})
"""Texts with which clerks mark a cell as deliberately empty."""


NOT_CALCULATED = "#公式没有结果"
"""Stands where a formula has no stored result: whatever wrote the file did not calculate."""

ERROR_VALUES = frozenset(
    [
        "#N/A",
        "#REF!",
        "#VALUE!",
        "#NAME?",
        "#DIV/0!",
        "#NUM!",
        "#NULL!",
        "#SPILL!",
        "#CALC!",
        "#FIELD!",
        "#BLOCKED!",
        "#CONNECT!",
        "#BUSY!",
        "#UNKNOWN!",
        "#GETTING_DATA",
        "#PYTHON!",
    ]
)
"""What a cell shows instead of a value; also pasted as text it is none."""


RESULT_MISSING = Fault(
    "cell-unreadable",
    "公式没有保存计算结果，无法读取",
    "The result of the formula was never stored.",
    "请在 Excel 中打开并保存一次，或改填结果本身",
)


def unreadable(cell: Cell) -> Fault | None:
    """Why a cell that is not blank has no value at all; None for every other cell."""
    if not isinstance(cell, str) or not cell.startswith("#"):
        return None
    if cell == NOT_CALCULATED:
        return RESULT_MISSING
    if cell.strip() not in ERROR_VALUES:
        return None
    return Fault(
        "cell-unreadable",
        f"单元格显示为 {cell.strip()}，无法读取",
        f"The cell shows {cell.strip()} instead of a value.",
        "请更正公式，或改填正确的内容",
    )


def is_blank(cell: Cell) -> bool:
    """Whether nothing, white space or one of `BLANKS` stands in the cell."""
    return isinstance(cell, str) and cell.strip() in BLANKS


def shown(cell: Cell) -> str:
    """The cell as a clerk sees it in Excel, for messages and for the workbook of refused rows."""
    if isinstance(cell, str):
        return as_written(cell)
    if isinstance(cell, bool):
        return "是" if cell else "否"
    if isinstance(cell, (int, float)):
        return _shown_number(cell)
    if isinstance(cell, datetime):
        return cell.isoformat(sep=" ")
    return cell.isoformat() if isinstance(cell, (date, time)) else str(cell)


def _shown_number(number: float) -> str:
    if number != int(number):
        return f"{number:.{EXACT_DIGITS}g}"
    return str(int(number)) if abs(number) < 10**EXACT_DIGITS else f"{number:.{EXACT_DIGITS - 1}E}"
