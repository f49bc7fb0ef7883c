"""Resident identity numbers (公民身份号码, GB 11643-1999)."""

import re
from datetime import date
from enum import IntEnum
from typing import Final, NewType

from shared.faults import Fault, InvalidValue
from shared.identifiers.text import compact

ResidentId = NewType("ResidentId", str)
"""Eighteen characters whose birth date and check character hold."""

LENGTH = Fault(
    "resident-id-length",
    "身份证号应为18位（旧证为15位）",
    "A resident identity number has 18 characters, an old one 15.",
    "请对照户口簿或身份证补全或删去多余的字符",
)
CHARACTERS = Fault(
    "resident-id-characters",
    "身份证号只能是数字，最后一位可以是X",
    "A resident identity number consists of digits; the last may be X.",
    "请删去其他字符，并把单元格设为文本格式",
)
BIRTH_DATE = Fault(
    "resident-id-birth-date",
    "身份证号中的出生日期不存在",
    "The birth date in the resident identity number does not exist.",
    "请对照户口簿核对第7至14位",
)
CHECK_DIGIT = Fault(
    "resident-id-check-digit",
    "身份证号的校验位不对，至少有一位填错",
    "The check character of the resident identity number is wrong.",
    "请对照户口簿或身份证逐位核对",
)
BORN_IN_FUTURE = Fault(
    "resident-id-born-in-future",
    "身份证号中的出生日期晚于今天",
    "The birth date in the resident identity number lies in the future.",
    "请对照户口簿核对第7至14位",
)

_SHAPE = re.compile(r"\d{15}|\d{17}[\dX]", re.ASCII)
_WEIGHTS: Final = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK_CHARACTERS: Final = "10X98765432"


class Sex(IntEnum):
    """GB/T 2261.1; an identity number tells only these two."""

    MALE = 1
    FEMALE = 2


def parse_resident_id(text: str, *, today: date | None = None) -> ResidentId:
    """The number that ``text`` writes, with an old 15-digit number brought to 18.

    Full-width digits, spaces and a small x are accepted. Raises ``InvalidValue``; with ``today`` also
    for a birth date after it. The division prefix is never a reason to refuse: divisions come and go.
    """
    number = normalise(text)
    if len(number) not in (15, 18):
        raise InvalidValue(LENGTH)
    if _SHAPE.fullmatch(number) is None:
        raise InvalidValue(CHARACTERS)
    if len(number) == 15:
        number = _with_century(number)
    born = birth_date_in(number[6:14])
    if born is None:
        raise InvalidValue(BIRTH_DATE)
    if number[17] != check_character(number[:17]):
        raise InvalidValue(CHECK_DIGIT)
    if today is not None and born > today:
        raise InvalidValue(BORN_IN_FUTURE)
    return ResidentId(number)


def normalise(text: str) -> str:
    """Half-width, upper case, without spaces and the apostrophe that spreadsheets put before text."""
    return compact(text).lstrip("'").upper()


def check_character(first_17: str) -> str:
    """The ISO 7064 MOD 11-2 character for seventeen digits."""
    total = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, first_17, strict=True))
    return _CHECK_CHARACTERS[total % 11]


def birth_date_of(resident_id: ResidentId) -> date:
    """The birth date that the number carries."""
    return date.fromisoformat(resident_id[6:14])


def sex_of(resident_id: ResidentId) -> Sex:
    """An odd sequence number is male, an even one female."""
    return Sex.MALE if int(resident_id[16]) % 2 else Sex.FEMALE


def division_hint(resident_id: ResidentId) -> str:
    """The six digits of the division that first registered the person: a hint about origin, no more."""
    return resident_id[:6]


def mask_resident_id(text: str) -> str:
    """``349921********102X``; anything that is too short to hide eight characters is hidden whole."""
    return text[:6] + "*" * (len(text) - 10) + text[-4:] if len(text) >= 15 else "*" * len(text)


def birth_date_in(eight_digits: str) -> date | None:
    """The date that ``YYYYMMDD`` states, if there is such a day after 1800."""
    try:
        born = date(int(eight_digits[:4]), int(eight_digits[4:6]), int(eight_digits[6:8]))
    except ValueError:
        return None
    return born if born.year >= 1800 else None


def _with_century(fifteen: str) -> str:
    """Numbers of 15 digits ended in 1999 and all mean the twentieth century."""
    first_17 = f"{fifteen[:6]}19{fifteen[6:]}"
    return first_17 + check_character(first_17)
