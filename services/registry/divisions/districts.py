"""Inspection districts (督学责任区) of a county, each with its inspector: events, commands, decisions, aggregate.

A school says in which district it is by the district's name; so the name is what tells districts apart.
"""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any, ClassVar, assert_never

from services.registry.ledgers.schools import SCHOOLS_LEDGER
from services.registry.schools.kinds import IN_OPERATION
from shared.identifiers.division import DivisionLevel
from shared.kernel.aggregates import Aggregate, Ref
from shared.kernel.caller import Place, Scope
from shared.kernel.commands import Context, Handler
from shared.kernel.criteria import conjunction
from shared.kernel.refusals import DateBefore, DateInFuture, Kind, NotFound, Refused
from shared.kernel.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class InspectionDistrictSet:
    """The county has this district, and `inspector` (责任督学) answers for it, from `set_on` on."""

    TYPE: ClassVar[str] = "registry.inspection-district-set.v1"
    OCCURRED_ON: ClassVar[str] = "set_on"
    county_code: str
    name: str
    inspector: str
    set_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class InspectionDistrictDissolved:
    """There is no such district any more from `dissolved_on` on."""

    TYPE: ClassVar[str] = "registry.inspection-district-dissolved.v1"
    OCCURRED_ON: ClassVar[str] = "dissolved_on"
    county_code: str
    name: str
    dissolved_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class SetInspectionDistrict:
    NAME: ClassVar[str] = "registry.set-inspection-district"
    county_code: str
    name: str
    inspector: str
    set_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class DissolveInspectionDistrict:
    NAME: ClassVar[str] = "registry.dissolve-inspection-district"
    county_code: str
    name: str
    dissolved_on: date


DistrictEvent = InspectionDistrictSet | InspectionDistrictDissolved
DistrictOrder = SetInspectionDistrict | DissolveInspectionDistrict


class NotACounty(Refused):
    code = "not-a-county"
    kind = Kind.NOT_FOUND

    def __init__(self) -> None:
        super().__init__("县（区）代码应为6位区划代码，请核对。", "a county's code has 6 digits")


class DistrictUnknown(Refused):
    code = "inspection-district-unknown"
    kind = Kind.NOT_FOUND

    def __init__(self) -> None:
        super().__init__("没有这个督学责任区，请核对名称。", "the county has no such inspection district")


class DistrictHasSchools(Refused):
    code = "inspection-district-has-schools"

    def __init__(self, school: str) -> None:
        super().__init__(
            f"{school}等在办学校仍属该督学责任区，请先将这些学校划入其他责任区。",
            f"schools in operation are still in the district, {school} among them",
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class District:
    """`since`: the day of what was last said of it. `standing` is None before and after its time."""

    id: str
    standing: InspectionDistrictSet | None = None
    since: date = date.min

    @property
    def county(self) -> str:
        return self.id.partition(":")[0]


def set_district(district: District, command: SetInspectionDistrict, context: Context) -> list[InspectionDistrictSet]:
    if district.standing is not None and district.standing.inspector == command.inspector:
        return []
    _check_day(district, "set_on", command.set_on, context)
    return [
        InspectionDistrictSet(
            county_code=command.county_code, name=command.name, inspector=command.inspector, set_on=command.set_on
        )
    ]


def dissolve_district(
    district: District, command: DissolveInspectionDistrict, context: Context, school: str
) -> list[InspectionDistrictDissolved]:
    """`school`: the name of a school in operation that is in the district, if there is one."""
    if district.standing is None:
        raise DistrictUnknown()
    if school:
        raise DistrictHasSchools(school)
    _check_day(district, "dissolved_on", command.dissolved_on, context)
    return [
        InspectionDistrictDissolved(
            county_code=command.county_code, name=command.name, dissolved_on=command.dissolved_on
        )
    ]


def _check_day(district: District, field: str, day: date, context: Context) -> None:
    if day > context.today:
        raise DateInFuture(field)
    if day < district.since:
        raise DateBefore(field, "上次登记日期", "what is recorded", district.since)


def _evolve(district: District, event: DistrictEvent) -> District:
    match event:
        case InspectionDistrictSet():
            return replace(district, standing=event, since=event.set_on)
        case InspectionDistrictDissolved():
            return replace(district, standing=None, since=event.dissolved_on)
        case _:
            assert_never(event)


DISTRICTS: Aggregate[District] = Aggregate(
    category="inspection-district",
    initial=lambda id_: District(id=id_),
    evolve=_evolve,
    place=lambda district: Place(district.county),
)


def district_handlers(roles: frozenset[str]) -> list[Handler]:
    return [
        Handler(SetInspectionDistrict, _touches, _set, roles),
        Handler(DissolveInspectionDistrict, _touches, _dissolve, roles),
    ]


def _touches(order: DistrictOrder) -> tuple[Ref, ...]:
    return (DISTRICTS.ref(f"{order.county_code}:{order.name}"),)


def _found(work: UnitOfWork, order: DistrictOrder, context: Context) -> tuple[Ref, District]:
    if len(order.county_code) != DivisionLevel.COUNTY or not order.county_code.isdigit():
        raise NotACounty()
    if not context.caller.scope.covers(Place(order.county_code)):
        raise NotFound("inspection district")
    (ref,) = _touches(order)
    return ref, work.load(ref)


def _set(work: UnitOfWork, order: SetInspectionDistrict, context: Context) -> None:
    ref, district = _found(work, order, context)
    work.append(ref, set_district(district, order, context))


def _dissolve(work: UnitOfWork, order: DissolveInspectionDistrict, context: Context) -> None:
    ref, district = _found(work, order, context)
    left = work.rows_after(SCHOOLS_LEDGER, _teaching_in(order, context.today), "", 1)
    work.append(ref, dissolve_district(district, order, context, left[0]["name"] if left else ""))


def _teaching_in(order: DissolveInspectionDistrict, today: date) -> dict[str, Any]:
    """The district's schools in operation; a closing may lie ahead."""
    open_still = [{"status": {"$in": list(IN_OPERATION)}}, {"closed_on": {"$gt": today.isoformat()}}]
    return conjunction([{"district": order.name, "$or": open_still}, Scope(division=order.county_code).criteria()])
