"""National student numbers (全国学籍号): a letter and eighteen characters."""

import re
from datetime import date
from enum import StrEnum
from typing import NewType

from shared.faults import Fault, InvalidValue
from shared.identifiers.resident_id import (
    ResidentId,
    birth_date_in,
    check_character,
    normalise,
    parse_resident_id,
)

StudentNumber = NewType("StudentNumber", str)
"""Nineteen characters: G, J or L and eighteen more."""

SHAPE = Fault(
    "student-number-shape",
    "学籍号应为字母G、J或L加18位数字，最后一位可以是X",
    "A student number is G, J or L and 18 digits; the last may be X.",
    "请从全国学籍系统复制学籍号",
)
EMBEDDED_ID = Fault(
    "student-number-embedded-id",
    "G开头的学籍号后面应是正确的身份证号",
    "The resident identity number inside the student number is wrong.",
    "请对照身份证号核对，或从全国学籍系统复制",
)
CHECK_DIGIT = Fault(
    "student-number-check-digit",
    "学籍号的校验位或出生日期不对",
    "The check character or the birth date of the student number is wrong.",
    "请从全国学籍系统复制学籍号",
)

_SHAPE = re.compile(r"[GJL]\d{17}[\dX]", re.ASCII)


class StudentNumberKind(StrEnum):
    """What stands behind the letter."""

    FORMAL = "G"  # on the resident identity number
    FORMAL_WITHOUT_ID = "J"  # on a number that the school area made
    TEMPORARY = "L"  # no identity number, foreign, or key facts wrong


def parse_student_number(text: str) -> StudentNumber:
    """The student number that ``text`` writes. Raises ``InvalidValue``.

    G carries a whole resident identity number and J a check character; L ends in random digits and is
    given to children whose facts are in doubt, so of it only the shape is checked.
    """
    number = normalise(text)
    if _SHAPE.fullmatch(number) is None:
        raise InvalidValue(SHAPE)
    match StudentNumberKind(number[0]):
        case StudentNumberKind.FORMAL:
            _require_resident_id(number[1:])
        case StudentNumberKind.FORMAL_WITHOUT_ID:
            if birth_date_in(number[7:15]) is None or check_character(number[1:18]) != number[18]:
                raise InvalidValue(CHECK_DIGIT)
        case StudentNumberKind.TEMPORARY:
            pass
    return StudentNumber(number)


def kind_of(number: StudentNumber) -> StudentNumberKind:
    """What the letter says."""
    return StudentNumberKind(number[0])


def embedded_resident_id(number: StudentNumber) -> ResidentId | None:
    """The resident identity number inside a G number; ``None`` for J and L."""
    return ResidentId(number[1:]) if kind_of(number) is StudentNumberKind.FORMAL else None


def birth_date_in_number(number: StudentNumber) -> date | None:
    """The birth date that the number carries; ``None`` where an L number holds no real one."""
    return birth_date_in(number[7:15])


def mask_student_number(text: str) -> str:
    """``G349921********102X``: a G number is an identity number and is hidden like one."""
    return text[:7] + "*" * (len(text) - 11) + text[-4:] if len(text) >= 16 else "*" * len(text)


def _require_resident_id(eighteen: str) -> None:
    try:
        parse_resident_id(eighteen)
    except InvalidValue as refusal:
        raise InvalidValue(EMBEDDED_ID) from refusal
