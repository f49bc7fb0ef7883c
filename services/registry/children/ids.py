"""Ids of the registry."""

from base64 import b32encode
from typing import NewType

from shared.identifiers.school_code import SchoolCode

__all__ = ["ChildId", "SchoolCode", "child_id_from"]

ChildId = NewType("ChildId", str)
"""`c` and 26 lower-case letters or digits. It says nothing about the child."""


def child_id_from(derived: str) -> ChildId:
    """The child's id for a derived id of 32 hexadecimal digits; ids that lie side by side stay so.

    An import that starts again names each new child as before.
    """
    return ChildId("c" + b32encode(bytes.fromhex(derived)).decode().rstrip("=").lower())
