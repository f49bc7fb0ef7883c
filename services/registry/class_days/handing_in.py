"""What a sheet tells of a class's days: that it was handed in, whom it names, and whether the others were there.

Rule 8-05.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from services.registry.children.ids import SchoolCode
from services.registry.class_days.counting import CLASS_DAYS, ClassDays, class_days_id
from services.registry.class_days.events import ClassDayHandedIn
from services.registry.class_days.known import HandedIn
from services.registry.schools.schools import SCHOOLS, School, name_of
from shared.calendar import SchoolCalendar
from shared.calendar.school_days import CalendarInForce
from shared.kernel.aggregates import Ref
from shared.kernel.commands import Context, Handler
from shared.kernel.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class HandInClassDays:
    """Days of one school year, of one class."""

    NAME: ClassVar[str] = "registry.hand-in-class-days"
    school_code: SchoolCode
    grade: int
    class_no: int
    days: Mapping[date, HandedIn]


def hand_in(
    division: str, known: ClassDays, command: HandInClassDays, calendar: SchoolCalendar
) -> Sequence[ClassDayHandedIn]:
    """What is known already is not told again; nothing is concluded of a day without school."""
    events = []
    for day, told in sorted(command.days.items()):
        before = known.handed_in.get(day)
        after = (before or HandedIn()).with_more(told)
        if not calendar.has_school(day):
            after = HandedIn(after.named, after.present)
        if after != before:
            events.append(_event(division, command, day, after))
    return events


def _event(division: str, command: HandInClassDays, day: date, told: HandedIn) -> ClassDayHandedIn:
    return ClassDayHandedIn(
        school_code=command.school_code,
        division=division,
        grade=command.grade,
        class_no=command.class_no,
        day=day,
        named=sorted(told.named),
        present=sorted(told.present),
        concluded=told.concluded,
        doubt=told.doubt,
    )


def hands_in_class_days(calendar: CalendarInForce, roles: frozenset[str]) -> Handler:
    """Raises SchoolNotRegistered, and NotFound for a school outside the caller's scope."""

    def handle(work: UnitOfWork, order: HandInClassDays, _: Context) -> None:
        class_, school_ref = _touches(order)
        school: School = work.load(school_ref)
        name_of(school)
        division = school.known.division if school.known else ""
        work.append(class_, hand_in(division, work.load(class_), order, calendar()))

    return Handler(HandInClassDays, _touches, handle, roles)


def _touches(order: HandInClassDays) -> Sequence[Ref]:
    class_ = class_days_id(order.school_code, order.grade, order.class_no, next(iter(order.days)))
    return CLASS_DAYS.ref(class_), SCHOOLS.ref(order.school_code)
