"""A reader's place in a log: one position a partition, opaque outside."""

import base64
from dataclasses import dataclass

import msgspec

from shared.kernel.refusals import Kind, Refused


class CursorNotValid(Refused):
    code = "cursor-not-valid"
    kind = Kind.INVALID

    def __init__(self) -> None:
        super().__init__("游标无效，请从头开始读取。", "the cursor is not one of this log's", field="cursor")


@dataclass(frozen=True, slots=True)
class Cursor:
    """`positions[p]` is the last position read in partition p."""

    positions: tuple[int, ...]

    @classmethod
    def start(cls, partitions: int) -> "Cursor":
        return cls((0,) * partitions)

    def encode(self) -> str:
        return base64.urlsafe_b64encode(msgspec.json.encode(self.positions)).decode().rstrip("=")

    @classmethod
    def decode(cls, text: str, partitions: int) -> "Cursor":
        """Raises CursorNotValid for anything that `encode` did not make for this number of partitions."""
        try:
            padded = text + "=" * (-len(text) % 4)
            positions = msgspec.json.decode(base64.urlsafe_b64decode(padded), type=tuple[int, ...])
        except (ValueError, msgspec.MsgspecError) as error:
            raise CursorNotValid() from error
        if len(positions) != partitions or min(positions) < 0:
            raise CursorNotValid()
        return cls(positions)
