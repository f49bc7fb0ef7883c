"""Ids of the registry."""

from base64 import b32encode
from hashlib import sha256
from secrets import token_bytes
from typing import NewType

ChildId = NewType("ChildId", str)
"""`c` and 26 lower-case letters or digits. It says nothing about the child."""

SchoolCode = NewType("SchoolCode", str)
"""学校标识码: ten digits."""

_BYTES = 17


def draw_child_id() -> ChildId:
    """A new id; for the edge only, decisions draw none."""
    return _spell(token_bytes(_BYTES))


def child_id_from(source: str) -> ChildId:
    """Always the same id for the same source: an import that starts again names each new child as before."""
    return _spell(sha256(source.encode()).digest()[:_BYTES])


def _spell(bits: bytes) -> ChildId:
    return ChildId("c" + b32encode(bits).decode().lower()[:26])
