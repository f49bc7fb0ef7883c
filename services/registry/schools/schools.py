"""A school: one event with all that is known of it, told again when something of it changes."""

from dataclasses import dataclass
from typing import Any, ClassVar

from services.registry.children.ids import SchoolCode
from shared.kernel.aggregates import Aggregate
from shared.kernel.caller import Place
from shared.kernel.commands import Context
from shared.kernel.refusals import Kind, Refused


@dataclass(frozen=True, slots=True, kw_only=True)
class SchoolRegistered:
    """The school as it is from now on. `division` is the township it lies in, `district` its inspection district."""

    TYPE: ClassVar[str] = "registry.school-registered.v1"
    school_code: SchoolCode
    name: str
    kind: str
    division: str
    district: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterSchool:
    NAME: ClassVar[str] = "registry.register-school"
    school_code: SchoolCode
    name: str
    kind: str
    division: str
    district: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class School:
    code: SchoolCode
    known: SchoolRegistered | None = None


class SchoolNotRegistered(Refused):
    code = "school-not-registered"
    kind = Kind.INVALID

    def __init__(self) -> None:
        super().__init__(
            "学校不在学校名单中，请先登记学校或核对学校标识码。", "no such school is registered", field="school_code"
        )


def register_school(school: School, command: RegisterSchool, _: Context) -> list[SchoolRegistered]:
    event = SchoolRegistered(
        school_code=school.code,
        name=command.name,
        kind=command.kind,
        division=command.division,
        district=command.district,
    )
    return [] if event == school.known else [event]


def name_of(school: School) -> str:
    """Raises SchoolNotRegistered."""
    if school.known is None:
        raise SchoolNotRegistered()
    return school.known.name


def _evolve(school: School, event: Any) -> School:
    return School(code=school.code, known=event)


def _place(school: School) -> Place:
    return Place(school.known.division, school.code) if school.known else Place()


SCHOOLS: Aggregate[School] = Aggregate(
    category="school",
    initial=lambda id_: School(code=SchoolCode(id_)),
    evolve=_evolve,
    place=_place,
)
