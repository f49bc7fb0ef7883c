"""Recording a village's profile and its export: commands, refusals, decisions, aggregate. Rules 3-01, 3-07, 3-15."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import ClassVar, assert_never

from services.registry.villages.events import VillageEvent, VillageExported, VillageProfileRecorded
from services.registry.villages.three_ones import three_ones
from shared.identifiers.division import DivisionLevel
from shared.kernel.aggregates import Aggregate
from shared.kernel.caller import Place
from shared.kernel.commands import Context
from shared.kernel.refusals import DateBefore, DateInFuture, Kind, Refused


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordVillageProfile:
    """`three_ones`: who helps, by the codes of `three_ones.toml`; what is not named is not known."""

    NAME: ClassVar[str] = "registry.record-village-profile"
    village_code: str
    name: str
    poor: bool
    households: int
    people: int
    three_ones: Mapping[str, str]
    recorded_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportVillage:
    NAME: ClassVar[str] = "registry.export-village"
    village_code: str
    receipt: str
    exported_on: date


class NotAVillage(Refused):
    code = "not-a-village"
    kind = Kind.NOT_FOUND

    def __init__(self) -> None:
        super().__init__("村（居）代码应为12位区划代码，请核对。", "a village's code has 12 digits")


class VillageUnknown(Refused):
    code = "village-unknown"
    kind = Kind.NOT_FOUND

    def __init__(self) -> None:
        super().__init__("还没有登记这个村的基本信息，请先采集录入。", "nothing is known of this village")


class NothingToExport(Refused):
    code = "nothing-to-export"

    def __init__(self) -> None:
        label = three_ones().platform.label
        super().__init__(
            f"该村信息自上次录入{label}后没有变化，无需再次登记。", "the platform has the profile as it stands"
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Village:
    """`exported`: the profile that the platform has."""

    code: str
    profile: VillageProfileRecorded | None = None
    exported: VillageProfileRecorded | None = None


def record_profile(village: Village, command: RecordVillageProfile, context: Context) -> list[VillageProfileRecorded]:
    """The same profile again changes nothing, whatever its day."""
    if len(village.code) != DivisionLevel.VILLAGE or not village.code.isdigit():
        raise NotAVillage()
    if command.recorded_on > context.today:
        raise DateInFuture("recorded_on")
    if village.profile and command.recorded_on < village.profile.recorded_on:
        raise DateBefore("recorded_on", "上次采集日期", "what is recorded", village.profile.recorded_on)
    event = VillageProfileRecorded(
        village_code=village.code,
        name=command.name,
        poor=command.poor,
        households=command.households,
        people=command.people,
        three_ones=dict(command.three_ones),
        recorded_on=command.recorded_on,
    )
    known = village.profile and replace(village.profile, recorded_on=command.recorded_on)
    return [] if event == known else [event]


def export_village(village: Village, command: ExportVillage, context: Context) -> list[VillageExported]:
    if village.profile is None:
        raise VillageUnknown()
    if command.exported_on > context.today:
        raise DateInFuture("exported_on")
    if command.exported_on < village.profile.recorded_on:
        raise DateBefore("exported_on", "采集日期", "the profile", village.profile.recorded_on)
    if village.exported == village.profile:
        raise NothingToExport()
    return [VillageExported(village_code=village.code, receipt=command.receipt, exported_on=command.exported_on)]


def _evolve(village: Village, event: VillageEvent) -> Village:
    match event:
        case VillageProfileRecorded():
            return replace(village, profile=event)
        case VillageExported():
            return replace(village, exported=village.profile)
        case _:
            assert_never(event)


VILLAGES: Aggregate[Village] = Aggregate(
    category="village",
    initial=lambda id_: Village(code=id_),
    evolve=_evolve,
    place=lambda village: Place(village.code),
)
