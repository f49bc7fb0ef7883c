"""A school as decisions see it, and its registration."""

from dataclasses import dataclass, replace
from datetime import date
from typing import ClassVar, TypeVar, assert_never

from services.registry.children.ids import SchoolCode
from services.registry.schools.events import (
    BoardingPlacesSet,
    PupilsMoved,
    SchoolClosed,
    SchoolEvent,
    SchoolMerged,
    SchoolRegistered,
    SchoolRestored,
)
from services.registry.schools.kinds import GRADES_TAUGHT, DemonstrationLevel, SchoolKind, SchoolStatus
from services.registry.schools.refusals import (
    GradeNotTaught,
    LevelOfKindergartensOnly,
    SchoolNoLongerOpen,
    SchoolNotRegistered,
)
from shared.kernel.aggregates import Aggregate
from shared.kernel.caller import Place
from shared.kernel.commands import Context

Closing = SchoolMerged | SchoolClosed
T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterSchool:
    """Where the command is silent (None), what is known of the school stays."""

    NAME: ClassVar[str] = "registry.register-school"
    school_code: SchoolCode
    name: str
    kind: str
    division: str
    district: str = ""
    private: bool | None = None
    demonstration_level: DemonstrationLevel | None = None
    address: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class School:
    """`closing` holds from its recording until a restoration; `steps` counts how often its pupils were moved."""

    code: SchoolCode
    known: SchoolRegistered | None = None
    closing: Closing | None = None
    steps: int = 0
    boarding_places: int = 0

    def is_closed_on(self, day: date) -> bool:
        return self.closing is not None and self.closing.closed_on <= day

    @property
    def division(self) -> str:
        return self.known.division if self.known else ""

    @property
    def grades(self) -> range:
        return GRADES_TAUGHT[self.known.kind] if self.known else range(0)


def register_school(school: School, command: RegisterSchool, _: Context) -> list[SchoolRegistered]:
    known = school.known
    event = SchoolRegistered(
        school_code=school.code,
        name=command.name,
        kind=command.kind,
        division=command.division,
        district=command.district,
        private=_said(command.private, known.private if known else False),
        demonstration_level=_said(
            command.demonstration_level, known.demonstration_level if known else DemonstrationLevel.NONE
        ),
        address=_said(command.address, known.address if known else ""),
    )
    if event.demonstration_level and event.kind != SchoolKind.KINDERGARTEN:
        raise LevelOfKindergartensOnly()
    return [] if event == known else [event]


def name_of(school: School, field: str = "school_code") -> str:
    """Raises SchoolNotRegistered."""
    if school.known is None:
        raise SchoolNotRegistered(field)
    return school.known.name


def name_for_pupils(school: School, today: date) -> str:
    """The name under which pupils are entered. Raises SchoolNotRegistered or SchoolNoLongerOpen."""
    if school.closing is not None and school.closing.closed_on <= today:
        raise SchoolNoLongerOpen(school.closing.closed_on, school.closing.receiving_school_name)
    return name_of(school)


def name_for_grade(school: School, grade: int, today: date) -> str:
    """The name under which pupils are entered into a grade. Raises as `name_for_pupils`, and GradeNotTaught."""
    name = name_for_pupils(school, today)
    if grade not in school.grades:
        raise GradeNotTaught(name, grade)
    return name


def status_of(closing: Closing) -> SchoolStatus:
    return SchoolStatus.MERGED if isinstance(closing, SchoolMerged) else SchoolStatus.CLOSED


def _said(value: T | None, otherwise: T) -> T:
    return otherwise if value is None else value


def evolve(school: School, event: SchoolEvent) -> School:
    match event:
        case SchoolRegistered():
            return replace(school, known=event)
        case SchoolMerged() | SchoolClosed():
            return replace(school, closing=event, steps=0)
        case SchoolRestored():
            return replace(school, closing=None, steps=0)
        case PupilsMoved(step=step):
            return replace(school, steps=step)
        case BoardingPlacesSet(places=places):
            return replace(school, boarding_places=places)
        case _:
            assert_never(event)


def _place(school: School) -> Place:
    return Place(school.division, school.code) if school.known else Place()


SCHOOLS: Aggregate[School] = Aggregate(
    category="school",
    initial=lambda id_: School(code=SchoolCode(id_)),
    evolve=evolve,
    place=_place,
)
