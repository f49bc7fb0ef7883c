"""The kinds of movement, and how each counts: the table `movements.toml`."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

import msgspec

SHIPPED = Path(__file__).with_name("movements.toml")


class Way(StrEnum):
    """What a movement does to the rolls."""

    IN = "IN"
    OUT = "OUT"
    ACROSS = "ACROSS"
    STAY = "STAY"
    UNDO = "UNDO"


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """`gain`, `loss`: buckets of the yearly count; empty: it counts in none. The table tells the rest."""

    label: str
    way: Way
    gain: str = ""
    loss: str = ""
    transfer: bool = False
    intake: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """Primary or junior school: its grades, and the movements with which pupils have finished it."""

    first_grade: int
    last_grade: int
    leave_in: frozenset[str]
    leave_after: frozenset[str]

    @property
    def years_before(self) -> int:
        """How many school years before that of the leavers theirs began."""
        return self.last_grade - self.first_grade


@dataclass(frozen=True, slots=True, kw_only=True)
class Movements:
    stages: Mapping[str, Stage]
    buckets: Mapping[str, str]
    kinds: Mapping[str, Kind]

    @property
    def first_grades(self) -> frozenset[int]:
        return frozenset(stage.first_grade for stage in self.stages.values())

    @property
    def labels(self) -> dict[str, str]:
        return {code: kind.label for code, kind in self.kinds.items()}


@cache
def movements() -> Movements:
    """Raises msgspec.ValidationError for a table with a gap."""
    return msgspec.toml.decode(SHIPPED.read_bytes(), type=Movements)
