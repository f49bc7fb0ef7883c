"""Mainland mobile numbers."""

import re
from typing import NewType

from shared.faults import Fault, InvalidValue
from shared.identifiers.text import compact

MobileNumber = NewType("MobileNumber", str)
"""Eleven digits, without a country code."""

SHAPE = Fault(
    "phone-shape",
    "手机号应为1开头的11位数字",
    "A mobile number has eleven digits and begins with 1.",
    "请核对手机号；固定电话请填在备注中",
)

_SHAPE = re.compile(r"(?:\+?(?:00)?86)?(1[3-9]\d{9})", re.ASCII)


def parse_mobile(text: str) -> MobileNumber:
    """The mobile number that ``text`` writes; ``+86``, spaces and hyphens are dropped. Raises
    ``InvalidValue``.
    """
    match = _SHAPE.fullmatch(compact(text).lstrip("'").replace("-", ""))
    if match is None:
        raise InvalidValue(SHAPE)
    return MobileNumber(match.group(1))


def mask_mobile(text: str) -> str:
    """``138****5678``."""
    return text[:3] + "*" * (len(text) - 7) + text[-4:] if len(text) >= 11 else "*" * len(text)
