"""A reader's place in a log or in a ledger, opaque outside."""

import base64
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

import msgspec

from shared.kernel.refusals import Kind, Refused


class CursorNotValid(Refused):
    code = "cursor-not-valid"
    kind = Kind.INVALID

    def __init__(self) -> None:
        super().__init__("游标无效，请从头开始读取。", "the cursor was not made for this reading", field="cursor")


Place = Sequence[str | int | bool | None]
"""The values of a row by which a ledger is ordered. Scalars alone: they go into a query again."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Cursor:
    """`positions[p]` is the last position read in partition p."""

    positions: tuple[int, ...]

    @classmethod
    def start(cls, partitions: int) -> "Cursor":
        return cls((0,) * partitions)

    def encode(self) -> str:
        return _encode(self.positions)

    @classmethod
    def decode(cls, text: str, partitions: int) -> "Cursor":
        """Raises CursorNotValid for anything that `encode` did not make for this number of partitions."""
        positions = _decode(text, tuple[int, ...])
        if len(positions) != partitions or min(positions) < 0:
            raise CursorNotValid()
        return cls(positions)


def encode_place(place: Place) -> str:
    return _encode(place)


def decode_place(text: str) -> Place:
    """Raises CursorNotValid."""
    return _decode(text, list[str | int | bool | None])


def _encode(value: object) -> str:
    return base64.urlsafe_b64encode(msgspec.json.encode(value)).decode().rstrip("=")


def _decode(text: str, type_: type[T]) -> T:
    try:
        return msgspec.json.decode(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)), type=type_)
    except (ValueError, msgspec.MsgspecError) as error:
        raise CursorNotValid() from error
