"""Ids of the registry."""

from base64 import b32encode
from hashlib import sha256
from typing import NewType

from shared.identifiers.school_code import SchoolCode

__all__ = ["ChildId", "SchoolCode", "child_id_from"]

ChildId = NewType("ChildId", str)
"""`c` and 26 lower-case letters or digits. It says nothing about the child."""

_BYTES = 17


def child_id_from(source: str) -> ChildId:
    """Always the same id for the same source: an import that starts again names each new child as before."""
    bits = sha256(source.encode()).digest()[:_BYTES]
    return ChildId("c" + b32encode(bits).decode().lower()[:26])
