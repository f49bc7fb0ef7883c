"""Which three help a village, and where it is entered once more. Read from `three_ones.toml`."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

import msgspec

SHIPPED = Path(__file__).with_name("three_ones.toml")
FIRST_SECRETARY = "FIRST_SECRETARY"


class Platform(msgspec.Struct, frozen=True, kw_only=True):
    label: str


class ThreeOnes(msgspec.Struct, frozen=True, kw_only=True):
    item: Mapping[str, str]
    platform: Platform


@cache
def three_ones() -> ThreeOnes:
    """Raises msgspec.ValidationError for a table with a gap."""
    return msgspec.toml.decode(SHIPPED.read_bytes(), type=ThreeOnes)
