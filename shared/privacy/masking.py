"""What may be shown of personal data. Masks never fail: a value of odd shape is hidden whole."""

import re

from shared.identifiers.bank_account import mask_bank_account
from shared.identifiers.phone import mask_mobile
from shared.identifiers.resident_id import mask_resident_id
from shared.identifiers.student_number import mask_student_number

__all__ = [
    "mask_address",
    "mask_bank_account",
    "mask_mobile",
    "mask_name",
    "mask_resident_id",
    "mask_student_number",
]

_DOWN_TO_TOWNSHIP = re.compile(r"[^村路号组]+?(?:街道|镇|乡)")
_DOWN_TO_COUNTY = re.compile(r"[^村路号组]+?[县区旗]")


def mask_name(name: str) -> str:
    """For public notices: ``张*三``, ``张*``; of longer names the first and last character stay."""
    if len(name) <= 2:
        return name[:1] + "*" if len(name) == 2 else "*" * len(name)
    return f"{name[0]}{'*' * (len(name) - 2)}{name[-1]}"


def mask_address(address: str) -> str:
    """The address down to the township, else to the county; the rest as ``***`` whatever its length."""
    shown = _DOWN_TO_TOWNSHIP.match(address) or _DOWN_TO_COUNTY.match(address)
    return f"{shown.group() if shown else ''}***" if address else ""
