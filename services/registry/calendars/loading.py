"""Loading a part of the county's calendar: command, refusals, decision, aggregate, handler."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import ClassVar

from services.registry.calendars.events import CalendarLoaded
from shared.calendar import CalendarContent, SchoolCalendar, SchoolHoliday, SchoolYear, shipped_calendar
from shared.calendar.terms import Term, school_year_of
from shared.identifiers.division import DivisionLevel
from shared.kernel.aggregates import Aggregate, Ref
from shared.kernel.calendar_ledger import KEY
from shared.kernel.caller import Place
from shared.kernel.commands import Context, Handler
from shared.kernel.recomputing import first_step
from shared.kernel.refusals import Kind, OutOfScope, Refused
from shared.kernel.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadCalendar:
    """`document` is the source: the notice's or the bureau's own number (文号)."""

    NAME: ClassVar[str] = "registry.load-calendar"
    document: str
    content: CalendarContent


class TermsOverlap(Refused):
    code = "terms-overlap"
    kind = Kind.INVALID

    def __init__(self, first: Term, second: Term) -> None:
        super().__init__(
            f"{first.name}到{first.last_day}才结束，{second.name}在{second.first_day}已经开学，请核对两个学期的起止日期。",
            f"{first.id} ends on {first.last_day}, and {second.id} begins on {second.first_day}",
            field="content",
        )


class SchoolHolidayOutsideTerms(Refused):
    code = "school-holiday-outside-terms"
    kind = Kind.INVALID

    def __init__(self, holiday: SchoolHoliday) -> None:
        super().__init__(
            f"{holiday.name}（{holiday.first_day}至{holiday.last_day}）不在任何学期之内，请核对日期，或先载入该学期的起止日期。",
            f"the school holiday from {holiday.first_day} lies in no term",
            field="content",
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class CountyCalendar:
    """What has been loaded so far, and by which county."""

    county: str = ""
    content: CalendarContent = field(default_factory=CalendarContent)


def load_calendar(
    shipped: SchoolCalendar, calendar: CountyCalendar, command: LoadCalendar, context: Context
) -> list[CalendarLoaded]:
    """Nothing comes of what is in force already. Raises TermsOverlap, SchoolHolidayOutsideTerms."""
    content = calendar.content.replaced_by(command.content)
    if content == calendar.content:
        return []
    after = content.over(shipped)
    _check_terms(after, command.content)
    _check_school_holidays(after)
    return [
        CalendarLoaded(
            county_code=context.caller.scope.division,
            document=command.document,
            content=command.content,
            loaded_on=context.today,
            loaded_by=context.actor,
        )
    ]


def _check_terms(after: SchoolCalendar, loaded: CalendarContent) -> None:
    for year in sorted({after.terms.term(each.id).school_year.start for each in loaded.terms}):
        near = (term for start in (year - 1, year, year + 1) for term in after.terms.terms_of(SchoolYear(start)))
        for first, second in pairwise(near):
            if second.first_day <= first.last_day:
                raise TermsOverlap(first, second)


def _check_school_holidays(after: SchoolCalendar) -> None:
    """A term that moves must not leave a holiday of its own behind."""
    for holiday in after.holidays:
        year = school_year_of(holiday.first_day).start
        terms = (term for near in (year, year + 1) for term in after.terms.terms_of(SchoolYear(near)))
        if not any(term.first_day <= holiday.last_day and holiday.first_day <= term.last_day for term in terms):
            raise SchoolHolidayOutsideTerms(holiday)


def _evolve(calendar: CountyCalendar, event: CalendarLoaded) -> CountyCalendar:
    return replace(calendar, county=event.county_code, content=calendar.content.replaced_by(event.content))


CALENDARS: Aggregate[CountyCalendar] = Aggregate(
    category="calendar",
    initial=lambda _: CountyCalendar(),
    evolve=_evolve,
    place=lambda calendar: Place(calendar.county),
)
"""One stream: a suite serves one county."""


def loads_calendar(roles: frozenset[str]) -> Handler:
    return Handler(LoadCalendar, _touches, _load, roles)


def _touches(_: LoadCalendar) -> Sequence[Ref]:
    return (CALENDARS.ref(KEY),)


def _load(work: UnitOfWork, command: LoadCalendar, context: Context) -> None:
    """The whole county's bureau alone: a calendar holds for every school. Raises OutOfScope."""
    scope = context.caller.scope
    if scope.school or len(scope.division) != DivisionLevel.COUNTY:
        raise OutOfScope()
    (ref,) = _touches(command)
    loaded = load_calendar(shipped_calendar(), work.load(ref), command, context)
    work.append(ref, loaded)
    if loaded:
        work.schedule(first_step(work.version(ref), context.now))
