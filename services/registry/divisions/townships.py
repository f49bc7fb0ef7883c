"""The central school (中心学校) of a township: event, command, refusals, decision, aggregate."""

from dataclasses import dataclass, replace
from datetime import date
from typing import ClassVar

from services.registry.children.ids import SchoolCode
from services.registry.schools.schools import SCHOOLS, School, name_of
from shared.identifiers.division import DivisionLevel
from shared.kernel.aggregates import Aggregate
from shared.kernel.caller import Place
from shared.kernel.commands import Context, Handler
from shared.kernel.refusals import DateBefore, DateInFuture, Kind, NotFound, Refused
from shared.kernel.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class CentralSchoolNamed:
    """The school is the township's central school from `named_on` on, in the place of any other."""

    TYPE: ClassVar[str] = "registry.central-school-named.v1"
    OCCURRED_ON: ClassVar[str] = "named_on"
    township_code: str
    school_code: SchoolCode
    school_name: str
    named_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class NameCentralSchool:
    NAME: ClassVar[str] = "registry.name-central-school"
    township_code: str
    school_code: SchoolCode
    named_on: date


class NotATownship(Refused):
    code = "not-a-township"
    kind = Kind.NOT_FOUND

    def __init__(self) -> None:
        super().__init__("乡镇（街道）代码应为9位区划代码，请核对。", "a township's code has 9 digits")


class CentralSchoolElsewhere(Refused):
    code = "central-school-elsewhere"
    kind = Kind.INVALID

    def __init__(self, name: str) -> None:
        super().__init__(
            f"{name}不在这个乡镇，不能作为其中心学校，请核对学校标识码或学校所在乡镇。",
            f"{name} does not lie in the township",
            field="school_code",
        )


class CentralSchoolClosing(Refused):
    code = "central-school-closing"

    def __init__(self, name: str) -> None:
        super().__init__(
            f"{name}已经或即将撤并，不能作为中心学校，请另选一所在办学校。",
            f"{name} has closed or is about to",
            field="school_code",
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Township:
    code: str
    central: CentralSchoolNamed | None = None


def name_central_school(
    township: Township, command: NameCentralSchool, context: Context, school: School
) -> list[CentralSchoolNamed]:
    """The same school again changes nothing, whatever the day."""
    name = name_of(school)
    if school.known is None or not school.known.division.startswith(township.code):
        raise CentralSchoolElsewhere(name)
    if school.closing is not None:
        raise CentralSchoolClosing(name)
    if command.named_on > context.today:
        raise DateInFuture("named_on")
    if township.central is not None:
        if township.central.school_code == school.code:
            return []
        if command.named_on < township.central.named_on:
            raise DateBefore(
                "named_on", "现中心学校的确定日期", "the present one's first day", township.central.named_on
            )
    return [
        CentralSchoolNamed(
            township_code=township.code, school_code=school.code, school_name=name, named_on=command.named_on
        )
    ]


TOWNSHIPS: Aggregate[Township] = Aggregate(
    category="township",
    initial=lambda id_: Township(code=id_),
    evolve=lambda township, event: replace(township, central=event),
    place=lambda township: Place(township.code),
)


def names_central_school(roles: frozenset[str]) -> Handler:
    return Handler(NameCentralSchool, lambda command: (TOWNSHIPS.ref(command.township_code),), _name, roles)


def _name(work: UnitOfWork, command: NameCentralSchool, context: Context) -> None:
    """The township is looked for before the school, so that nobody learns of schools elsewhere."""
    if len(command.township_code) != DivisionLevel.TOWNSHIP or not command.township_code.isdigit():
        raise NotATownship()
    if not context.caller.scope.covers(Place(command.township_code)):
        raise NotFound("township")
    ref = TOWNSHIPS.ref(command.township_code)
    school: School = work.load(SCHOOLS.ref(command.school_code))
    work.append(ref, name_central_school(work.load(ref), command, context, school))
