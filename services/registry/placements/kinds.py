"""The kinds of placement, as data. Read from `placements.toml`."""

from collections.abc import Mapping
from enum import StrEnum
from functools import cache
from pathlib import Path

import msgspec

from services.registry.children.statuses import Attendance

SHIPPED = Path(__file__).with_name("placements.toml")


class PlacementKind(StrEnum):
    INCLUSIVE = "INCLUSIVE"
    SPECIAL_SCHOOL = "SPECIAL_SCHOOL"
    HOME_TEACHING = "HOME_TEACHING"
    REMOTE = "REMOTE"


class Placing(msgspec.Struct, frozen=True, kw_only=True):
    """`transition` names what must be shown; `status` is the child's while the placement lasts."""

    label: str
    transition: str
    status: Attendance

    @property
    def is_at_home(self) -> bool:
        return self.status is Attendance.HOME_TEACHING


@cache
def placings() -> Mapping[PlacementKind, Placing]:
    """Raises msgspec.ValidationError for a table with a gap."""
    table = msgspec.toml.decode(SHIPPED.read_bytes(), type=dict[str, dict[PlacementKind, Placing]])
    return table["placement"]


def placement_labels() -> dict[str, str]:
    return {kind.value: placing.label for kind, placing in placings().items()}
