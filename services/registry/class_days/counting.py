"""Counting a class day by day. Rule 8-05."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import ClassVar

from services.registry.children.ids import SchoolCode
from services.registry.class_days.events import ClassDayCounted, ClassDayHandedIn
from services.registry.class_days.known import HandedIn
from services.registry.class_days.naming import known_away, who_may_be_away
from services.registry.class_days.refusals import CountsDoNotAddUp, DayOutsideSchoolYear
from services.registry.schools.schools import SCHOOLS, School, name_of
from shared.calendar.terms import school_year_of
from shared.kernel.aggregates import Aggregate, Ref
from shared.kernel.caller import Place
from shared.kernel.commands import Context, Handler
from shared.kernel.ledgers import Row
from shared.kernel.refusals import DateInFuture
from shared.kernel.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class DayCount:
    day: date
    expected: int
    present: int
    absent: int = 0
    on_leave: int = 0

    @property
    def told(self) -> int:
        return self.present + self.absent + self.on_leave


@dataclass(frozen=True, slots=True, kw_only=True)
class CountClassDays:
    """Days of one school year, of one class. A sheet that is read again (`by_sheet`) tells no news of names."""

    NAME: ClassVar[str] = "registry.count-class-days"
    school_code: SchoolCode
    grade: int
    class_no: int
    days: tuple[DayCount, ...]
    by_sheet: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassDays:
    """What is known of one class's days of a school year."""

    id: str
    place: Place = field(default_factory=Place)
    counted: Mapping[date, ClassDayCounted] = field(default_factory=dict)
    handed_in: Mapping[date, HandedIn] = field(default_factory=dict)


def evolve(known: ClassDays, event: ClassDayCounted | ClassDayHandedIn) -> ClassDays:
    known = replace(known, place=Place(event.division, event.school_code))
    if isinstance(event, ClassDayCounted):
        return replace(known, counted={**known.counted, event.day: event})
    told = HandedIn(frozenset(event.named), frozenset(event.present), event.concluded, event.doubt)
    return replace(known, handed_in={**known.handed_in, event.day: told})


CLASS_DAYS: Aggregate[ClassDays] = Aggregate(
    category="class-days",
    initial=lambda id_: ClassDays(id=id_),
    evolve=evolve,
    place=lambda known: known.place,
)


def count_days(
    division: str, away: Sequence[Row], known: ClassDays, command: CountClassDays, context: Context
) -> Sequence[ClassDayCounted]:
    """What is known already is not told again; `away`: the rows of those of the class who may be known to be away.
    Raises DateInFuture, DayOutsideSchoolYear, CountsDoNotAddUp."""
    year = school_year_of(command.days[0].day)
    for each in command.days:
        if each.day > context.today:
            raise DateInFuture("day")
        if school_year_of(each.day) != year:
            raise DayOutsideSchoolYear(each.day)
        if each.told > each.expected:
            raise CountsDoNotAddUp(each.day, each.expected, each.told)
    told = [
        ClassDayCounted(
            school_code=command.school_code,
            division=division,
            grade=command.grade,
            class_no=command.class_no,
            day=each.day,
            expected=each.expected,
            present=each.present,
            absent=each.absent,
            on_leave=each.on_leave,
            known=known_away(away, each.day),
        )
        for each in command.days
    ]
    return [event for event in told if _is_news(known.counted.get(event.day), event, by_sheet=command.by_sheet)]


def _is_news(before: ClassDayCounted | None, told: ClassDayCounted, *, by_sheet: bool) -> bool:
    return before is None or before != (replace(told, known=before.known) if by_sheet else told)


def counts_class_days(roles: frozenset[str]) -> Handler:
    """Raises SchoolNotRegistered, and NotFound for a school outside the caller's scope."""

    def handle(work: UnitOfWork, order: CountClassDays, context: Context) -> None:
        class_, school_ref = _touches(order)
        school: School = work.load(school_ref)
        name_of(school)
        division = school.known.division if school.known else ""
        away = who_may_be_away(work, order.school_code, order.grade, order.class_no)
        work.append(class_, count_days(division, away, work.load(class_), order, context))

    return Handler(CountClassDays, _touches, handle, roles)


def _touches(order: CountClassDays) -> Sequence[Ref]:
    class_ = class_days_id(order.school_code, order.grade, order.class_no, order.days[0].day)
    return CLASS_DAYS.ref(class_), SCHOOLS.ref(order.school_code)


def class_days_id(school: SchoolCode, grade: int, class_no: int, day: date) -> str:
    """The stream of a class in the school year of a day."""
    return f"{school}:{grade}-{class_no}:{school_year_of(day).start}"
