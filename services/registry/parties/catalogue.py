"""Groups, causes and needs as data. Rules 1-04 and 1-06. Read from `parties.toml`."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

import msgspec

SHIPPED = Path(__file__).with_name("parties.toml")
HARDSHIP = "HARDSHIP"


class PartyCatalogue(msgspec.Struct, frozen=True, kw_only=True):
    group: Mapping[str, str]
    cause: Mapping[str, str]
    need: Mapping[str, str]


@cache
def party_catalogue() -> PartyCatalogue:
    """Raises msgspec.ValidationError for a table with a gap."""
    return msgspec.toml.decode(SHIPPED.read_bytes(), type=PartyCatalogue)
