"""Unified social credit codes (统一社会信用代码, GB 32100-2015): 17 characters and a check character, modulo 31."""

import re
from typing import Final, NewType

from shared.faults import Fault, InvalidValue
from shared.identifiers.text import compact

CreditCode = NewType("CreditCode", str)
"""Eighteen digits and capital letters."""

SHAPE = Fault(
    "credit-code-shape",
    "统一社会信用代码应为18位数字和大写字母（不用 I、O、S、V、Z）",
    "A unified social credit code has 18 digits and capital letters, without I, O, S, V and Z.",
    "请对照营业执照填写",
)

_CHARACTERS: Final = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_SHAPE = re.compile(rf"[{_CHARACTERS}]{{18}}")


def parse_credit_code(text: str) -> CreditCode:
    """The code that ``text`` writes. Raises ``InvalidValue``.

    The check character is not looked at: some codes in use were issued with a wrong one. See ``check_holds``.
    """
    code = compact(text).lstrip("'").upper()
    if _SHAPE.fullmatch(code) is None:
        raise InvalidValue(SHAPE)
    return CreditCode(code)


def check_holds(code: CreditCode) -> bool:
    """Whether the last character fits the seventeen before it."""
    weighed = sum(_CHARACTERS.index(each) * pow(3, place, 31) for place, each in enumerate(code[:17]))
    return _CHARACTERS[-weighed % 31] == code[17]
