"""Which systems are told what, and of whom. Rules 11-06 and 11-17. Read from `systems.toml`."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import msgspec

from services.registry.children.statuses import Attendance
from services.registry.households.categories import HouseholdCategory

SHIPPED = Path(__file__).with_name("systems.toml")


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What is told of a child: its attendance status, and its school and grade if it has any."""

    status: str
    school_name: str
    grade: int | None


NOTHING = Told(status="", school_name="", grade=None)
"""What a system knows whose entry was sent back: it is told again, whatever the child's standing."""


class ExternalSystem(msgspec.Struct, frozen=True, kw_only=True):
    """See `systems.toml`."""

    label: str
    fields: tuple[str, ...]
    categories: frozenset[HouseholdCategory] = frozenset()
    statuses: frozenset[Attendance] = frozenset()
    each: frozenset[Attendance] = frozenset()
    follows: bool = False

    def waits(self, category: str, now: Told, told: Told | None) -> bool:
        """Whether the system must be told of a child that stands so `now`, and of which it was `told` last."""
        if told == NOTHING:
            return True
        if told is not None and all(getattr(now, field) == getattr(told, field) for field in self.fields):
            return False
        return self._concerns(category, now.status) or (self.follows and told is not None)

    def _concerns(self, category: str, status: str) -> bool:
        return (not self.categories or category in self.categories) and (not self.statuses or status in self.statuses)


@cache
def systems() -> Mapping[str, ExternalSystem]:
    """By code. Raises msgspec.ValidationError for a table with a gap."""
    table = msgspec.toml.decode(SHIPPED.read_bytes(), type=dict[str, dict[str, ExternalSystem]])
    return table["system"]
