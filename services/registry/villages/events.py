"""What is known of a village. Stream `village-<division code>`."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar


@dataclass(frozen=True, slots=True, kw_only=True)
class VillageProfileRecorded:
    """The village as its first secretary or a clerk knows it. `three_ones`: who helps, by `three_ones.toml`."""

    TYPE: ClassVar[str] = "registry.village-profile-recorded.v1"
    OCCURRED_ON: ClassVar[str] = "recorded_on"
    village_code: str
    name: str
    poor: bool
    households: int
    people: int
    three_ones: dict[str, str]
    recorded_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class VillageExported:
    """The profile as it stands was entered in the county's data platform too. `receipt`: the number that it gave."""

    TYPE: ClassVar[str] = "registry.village-exported.v1"
    OCCURRED_ON: ClassVar[str] = "exported_on"
    village_code: str
    receipt: str
    exported_on: date


VillageEvent = VillageProfileRecorded | VillageExported
