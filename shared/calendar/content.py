"""What a county loads beside the calendar that is shipped: whole years and terms, each of which replaces its like."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TypeVar

from shared.calendar.arrangements import HolidayArrangement
from shared.calendar.school_days import SchoolCalendar, SchoolHoliday
from shared.calendar.terms import TermCalendar, TermDates, parse_term_id, read_terms
from shared.calendar.working_days import WorkingCalendar, read_working_calendar

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class SchoolHolidays:
    """A year's school holidays; none: whatever the county had set for that year is withdrawn."""

    year: int
    holidays: tuple[SchoolHoliday, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarContent:
    """Arrangements of the State Council and school holidays by year, and terms with dates of their own."""

    arrangements: tuple[HolidayArrangement, ...] = ()
    school_holidays: tuple[SchoolHolidays, ...] = ()
    terms: tuple[TermDates, ...] = ()

    def replaced_by(self, later: "CalendarContent") -> "CalendarContent":
        """This content after `later` has been loaded: the same year or term is the later one's."""
        return CalendarContent(
            arrangements=_merged(self.arrangements, later.arrangements, lambda each: each.year),
            school_holidays=_merged(self.school_holidays, later.school_holidays, lambda each: each.year),
            terms=_merged(self.terms, later.terms, lambda each: each.id),
        )

    def years(self) -> set[int]:
        """The years of which something is said; of a term, the one in which it begins."""
        told = {each.year for each in self.arrangements} | {each.year for each in self.school_holidays}
        return told | {parse_term_id(each.id)[0] for each in self.terms}

    def over(self, shipped: SchoolCalendar) -> SchoolCalendar:
        """The calendar in force: what is shipped, with this content over it."""
        years = {**shipped.working.arrangements, **{each.year: each for each in self.arrangements}}
        own_dates = {**shipped.terms.own_dates, **{each.id: each.span for each in self.terms}}
        return SchoolCalendar(
            terms=TermCalendar(shipped.terms.default, own_dates),
            working=WorkingCalendar(years),
            holidays=tuple(holiday for each in self.school_holidays for holiday in each.holidays),
        )


def shipped_calendar() -> SchoolCalendar:
    """The calendar of the years and terms that come with the suite."""
    return SchoolCalendar(read_terms(), read_working_calendar())


def _merged(before: Iterable[T], later: Iterable[T], name: Callable[[T], str | int]) -> tuple[T, ...]:
    named = {str(name(each)): each for each in (*before, *later)}
    return tuple(named[key] for key in sorted(named))
