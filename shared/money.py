"""Money as integer fen: 312.50 元 is ``31250``. No floating-point number ever holds an amount."""

import re
from typing import Final

from shared.faults import Fault, InvalidValue
from shared.identifiers.text import compact

MAX_FEN: Final = 10**18 - 1
"""Below 10¹⁶ yuan; fits a 64-bit integer."""

NOT_AN_AMOUNT = Fault(
    "money-not-an-amount",
    "金额不是数字",
    "The amount is not a decimal number.",
    "请填写以元为单位的数字，例如 312.50",
)
TOO_MANY_DECIMALS = Fault(
    "money-too-many-decimals",
    "金额的小数超过两位",
    "The amount has more than two decimals.",
    "请精确到分，例如 312.50",
)
NEGATIVE = Fault("money-negative", "金额不能为负数", "The amount is negative.", "请填写不小于零的金额")
TOO_LARGE = Fault("money-too-large", "金额过大", "The amount is too large.", "请核对金额的位数")

_AMOUNT = re.compile(r"([+-]?)(\d+|\d{1,3}(?:,\d{3})+)(?:\.(\d+))?", re.ASCII)
_DIGITS: Final = "零壹贰叁肆伍陆柒捌玖"
_SCALES: Final = ((10**8, "亿"), (10**4, "万"), (1000, "仟"), (100, "佰"), (10, "拾"))


def yuan(fen: int) -> str:
    """``31250`` as ``"312.50"``: always two decimals, no separators."""
    sign = "-" if fen < 0 else ""
    return f"{sign}{abs(fen) // 100}.{abs(fen) % 100:02d}"


def parse_yuan(text: str, *, allow_negative: bool = False) -> int:
    """The fen of an amount in yuan as people write it: full-width digits, ``1,250.00``, ``¥`` and ``元``.

    Raises ``InvalidValue`` for anything else, for more than two decimals (zeros included: the cell
    was not meant as money) and for a negative amount unless allowed; ``TypeError`` for a number.
    """
    if not isinstance(text, str):
        raise TypeError("an amount is read from text: a float has already lost its fen")
    match = _AMOUNT.fullmatch(compact(text).removeprefix("¥").removesuffix("元"))
    if match is None:
        raise InvalidValue(NOT_AN_AMOUNT)
    sign, whole, decimals = match.group(1), match.group(2).replace(",", ""), match.group(3) or ""
    if len(decimals) > 2:
        raise InvalidValue(TOO_MANY_DECIMALS)
    if len(whole.lstrip("0")) > 16:
        raise InvalidValue(TOO_LARGE)
    fen = int(whole) * 100 + int(decimals.ljust(2, "0"))
    if sign == "-" and fen:
        if not allow_negative:
            raise InvalidValue(NEGATIVE)
        return -fen
    return fen


def capital_amount(fen: int) -> str:
    """The amount in capital characters (人民币大写), as on bills: ``31250`` is 叁佰壹拾贰元伍角整.

    Ends with 整 after 元 or 角 and with nothing after 分; a zero inside is written once, and not where
    it is optional. Source: 正确填写票据和结算凭证的基本规定. Raises ``ValueError`` outside 0..``MAX_FEN``.
    """
    if not 0 <= fen <= MAX_FEN:
        raise ValueError("only amounts from zero to MAX_FEN are written in capitals")
    if fen == 0:
        return "零元整"
    whole, cents = divmod(fen, 100)
    jiao, last = divmod(cents, 10)
    words = f"{_capital(whole)}元" if whole else ""
    if jiao:
        words += f"{_DIGITS[jiao]}角"
    elif last and whole:
        words += "零"
    return words + (f"{_DIGITS[last]}分" if last else "整")


def prorate(fen: int, part: int, whole: int) -> int:
    """``fen × part ÷ whole``, half a fen rounded up. Raises ``ValueError`` unless ``0 ≤ part ≤ whole``."""
    if fen < 0 or whole <= 0 or not 0 <= part <= whole:
        raise ValueError("a share is a part of a whole, of an amount that is not negative")
    return (2 * fen * part + whole) // (2 * whole)


def split_evenly(fen: int, shares: int) -> tuple[int, ...]:
    """``fen`` in ``shares`` that differ by one fen at most, the larger first; their sum is ``fen``.

    Raises ``ValueError`` for a negative amount or fewer than one share.
    """
    if fen < 0 or shares < 1:
        raise ValueError("an amount that is not negative is split into at least one share")
    share, left = divmod(fen, shares)
    return (share + 1,) * left + (share,) * (shares - left)


def _capital(number: int) -> str:
    """A positive whole number in capitals."""
    for scale, name in _SCALES:
        if number >= scale:
            high, rest = divmod(number, scale)
            gap = "零" if 0 < rest < scale // 10 else ""
            return _capital(high) + name + gap + (_capital(rest) if rest else "")
    return _DIGITS[number]
