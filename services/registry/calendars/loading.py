"""Loading a part of the county's calendar: command, refusals, decision, aggregate, handler."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import pairwise
from typing import ClassVar

from services.registry.calendars.events import CalendarLoaded
from services.registry.calendars.refusals import (
    CalendarYearOutOfRange,
    FestivalsMissing,
    SchoolHolidayOutsideTerms,
    TermsOverlap,
)
from shared.calendar import (
    CalendarChanges,
    CalendarContent,
    SchoolCalendar,
    SchoolYear,
    changes_between,
    shipped_calendar,
)
from shared.calendar.statutory import statutory_festivals
from shared.calendar.terms import school_year_of
from shared.identifiers.division import DivisionLevel
from shared.kernel.aggregates import Aggregate, Ref
from shared.kernel.calendar_ledger import KEY
from shared.kernel.caller import Place, Scope
from shared.kernel.commands import Context, Handler
from shared.kernel.recomputing import first_step
from shared.kernel.refusals import OutOfScope
from shared.kernel.unit_of_work import UnitOfWork

YEARS_BACK, YEARS_AHEAD = 1, 2


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadCalendar:
    """`document` is the source: the notice's or the bureau's own number (文号)."""

    NAME: ClassVar[str] = "registry.load-calendar"
    document: str
    content: CalendarContent


@dataclass(frozen=True, slots=True, kw_only=True)
class CountyCalendar:
    """What has been loaded so far, and by which county."""

    county: str = ""
    content: CalendarContent = field(default_factory=CalendarContent)


def load_calendar(
    shipped: SchoolCalendar, calendar: CountyCalendar, command: LoadCalendar, context: Context
) -> list[CalendarLoaded]:
    """Nothing comes of what is in force already. Raises as `compared` does."""
    changes = compared(shipped, calendar.content, command.content, context.today)
    if changes is None:
        return []
    return [
        CalendarLoaded(
            county_code=context.caller.scope.division,
            document=command.document,
            content=command.content,
            changes=changes,
            loaded_on=context.today,
            loaded_by=context.actor,
        )
    ]


def compared(
    shipped: SchoolCalendar, known: CalendarContent, loaded: CalendarContent, today: date
) -> CalendarChanges | None:
    """What `loaded` would change; None when all of it is in force already.

    Raises CalendarYearOutOfRange, FestivalsMissing, TermsOverlap, SchoolHolidayOutsideTerms.
    """
    content = known.replaced_by(loaded)
    if content == known:
        return None
    after = content.over(shipped)
    _check_years(loaded, today.year)
    _check_festivals(loaded)
    _check_terms(after, loaded)
    _check_school_holidays(after)
    return changes_between(known.over(shipped), after, loaded)


def _check_years(loaded: CalendarContent, this_year: int) -> None:
    """A mistyped year would replace nothing that anybody sees, and be missed where it was meant."""
    first, last = this_year - YEARS_BACK, this_year + YEARS_AHEAD
    if strange := [year for year in sorted(loaded.years()) if not first <= year <= last]:
        raise CalendarYearOutOfRange(strange[0], first, last)


def _check_festivals(loaded: CalendarContent) -> None:
    """A year's arrangement replaces the whole year: what it leaves out would be a day of school."""
    for each in loaded.arrangements:
        festivals = statutory_festivals(each.year)
        if missing := {name: days for name, days in festivals.items() if not each.days_off.issuperset(days)}:
            raise FestivalsMissing(each.year, missing)


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


def check_whole_county(scope: Scope) -> None:
    """The whole county's bureau alone: a calendar holds for every school. Raises OutOfScope."""
    if scope.school or len(scope.division) != DivisionLevel.COUNTY:
        raise OutOfScope()


def loads_calendar(roles: frozenset[str]) -> Handler:
    return Handler(LoadCalendar, _touches, _load, roles)


def _touches(_: LoadCalendar) -> Sequence[Ref]:
    return (CALENDARS.ref(KEY),)


def _load(work: UnitOfWork, command: LoadCalendar, context: Context) -> None:
    """Raises OutOfScope."""
    check_whole_county(context.caller.scope)
    (ref,) = _touches(command)
    loaded = load_calendar(shipped_calendar(), work.load(ref), command, context)
    work.append(ref, loaded)
    if loaded:
        work.schedule(first_step(work.version(ref), context.now))
