"""Division codes (GB/T 2260, 统计用区划代码): a parent's code begins its children's."""

import re
from enum import IntEnum
from itertools import pairwise
from typing import NewType

from shared.faults import Fault, InvalidValue
from shared.identifiers.text import compact

DivisionCode = NewType("DivisionCode", str)
"""Two, four, six, nine or twelve digits, without the zeros that fill up a higher level's code."""

SHAPE = Fault(
    "division-shape",
    "行政区划代码应为2、4、6、9或12位数字",
    "A division code has 2, 4, 6, 9 or 12 digits.",
    "请使用国家统计局统计用区划代码",
)

_DIGITS = re.compile(r"[1-9]\d+", re.ASCII)


class DivisionLevel(IntEnum):
    """The level of a division; the value is the length of its code."""

    PROVINCE = 2
    CITY = 4
    COUNTY = 6
    TOWNSHIP = 9
    VILLAGE = 12


def parse_division_code(text: str) -> DivisionCode:
    """The division that ``text`` writes; ``349921000000`` and ``349921`` are the same county.

    Raises ``InvalidValue``.
    """
    digits = compact(text).lstrip("'")
    if _DIGITS.fullmatch(digits) is None or len(digits) not in set(DivisionLevel):
        raise InvalidValue(SHAPE)
    levels = sorted(DivisionLevel, reverse=True)
    for below, above in pairwise(levels):
        if len(digits) == below and not digits[above:].strip("0"):
            digits = digits[:above]
    return DivisionCode(digits)


def level(code: DivisionCode) -> DivisionLevel:
    """The level of a division."""
    return DivisionLevel(len(code))


def parent(code: DivisionCode) -> DivisionCode | None:
    """The division above; ``None`` for a province."""
    above = [length for length in DivisionLevel if length < len(code)]
    return DivisionCode(code[: max(above)]) if above else None


def contains(prefix: DivisionCode, code: DivisionCode) -> bool:
    """Whether ``code`` is the division ``prefix`` or lies in it."""
    return code.startswith(prefix)
