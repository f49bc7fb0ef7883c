"""Bank account and card numbers."""

import re
from typing import NewType

from shared.faults import Fault, InvalidValue
from shared.identifiers.text import compact

BankAccount = NewType("BankAccount", str)
"""Twelve to nineteen digits."""

SHAPE = Fault(
    "bank-account-shape",
    "银行账号应为12至19位数字",
    "A bank account number has 12 to 19 digits.",
    "请对照社会保障卡或存折核对，并把单元格设为文本格式",
)
LUHN = Fault(
    "bank-account-luhn",
    "银行卡号的校验位不对，可能填错（存折账号可以忽略）",
    "The check digit of the card number is wrong; passbook accounts need not have one.",
    "如为银行卡或社会保障卡，请逐位核对",
)

_SHAPE = re.compile(r"\d{12,19}", re.ASCII)


def parse_bank_account(text: str) -> BankAccount:
    """The account that ``text`` writes. Raises ``InvalidValue``. See ``warnings_about`` for doubts."""
    digits = compact(text).lstrip("'").replace("-", "")
    if _SHAPE.fullmatch(digits) is None:
        raise InvalidValue(SHAPE)
    return BankAccount(digits)


def warnings_about(account: BankAccount) -> tuple[Fault, ...]:
    """What looks wrong but is not refused: passbook accounts do not follow the Luhn rule."""
    return () if luhn_holds(account) else (LUHN,)


def luhn_holds(digits: str) -> bool:
    """Whether the last digit fits ISO/IEC 7812-1's formula."""
    doubled = (int(digit) * (1 + place % 2) for place, digit in enumerate(reversed(digits)))
    return sum(value - 9 if value > 9 else value for value in doubled) % 10 == 0


def mask_bank_account(text: str) -> str:
    """Stars and the last four digits."""
    return "*" * (len(text) - 4) + text[-4:] if len(text) >= 8 else "*" * len(text)
