"""On which days there is school, and which days a period of attendance counts."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol

from shared.calendar.due_days import DueDay
from shared.calendar.terms import TermCalendar
from shared.calendar.working_days import WorkingCalendar

_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class SchoolHoliday:
    """Days within a term on which the county's schools are closed, such as 农忙假. Both days belong to it."""

    name: str
    first_day: date
    last_day: date

    def covers(self, day: date) -> bool:
        return self.first_day <= day <= self.last_day


@dataclass(frozen=True, slots=True)
class SchoolCalendar:
    """The county's terms, working days and school holidays, seen together.

    Called, it gives itself: a calendar that stands still, wherever the one in force is asked for.
    """

    terms: TermCalendar
    working: WorkingCalendar
    holidays: tuple[SchoolHoliday, ...] = ()

    def __call__(self) -> "SchoolCalendar":
        return self

    def look_again(self) -> None:
        return

    def has_school(self, day: date) -> bool:
        """Whether pupils are expected on ``day``: a working day of a term, and no school holiday."""
        return self._in_session(day) and self.working.is_working_day(day)

    def counts(self, day: date) -> bool:
        """Whether ``day`` counts in a period of attendance.

        A school day and an ordinary weekend in the term do, as in "a week" and "four weeks". The holidays between
        terms, school holidays and the State Council's days off do not.
        """
        return self._in_session(day) and not self.working.is_festival(day)

    def counting_days(self, first: date, last: date) -> Iterator[date]:
        """The days from ``first`` to ``last``, both included, that count, in order."""
        span = range((last - first).days + 1)
        return (day for offset in span if self.counts(day := first + timedelta(days=offset)))

    def counting_day_after(self, first: date, count: int) -> date:
        """The day after the ``count``-th counting day from ``first`` on, ``first`` included; ``count`` is at least 1.

        It is the first day on which ``count`` days are over. Raises ``ValueError`` below one.
        """
        if count < 1:
            raise ValueError("a period has at least one day")
        day, left = first, count - self.counts(first)
        while left:
            day += _ONE_DAY
            left -= self.counts(day)
        return day + _ONE_DAY

    def is_over_on(self, first: date, count: int) -> date:
        """The first counting day on which ``count`` counting days from ``first`` on are over."""
        day = self.counting_day_after(first, count)
        while not self.counts(day):
            day += _ONE_DAY
        return day

    def school_day_from(self, day: date) -> date:
        """The first day from ``day`` on, ``day`` included, on which there is school."""
        while not self.has_school(day):
            day += _ONE_DAY
        return day

    def school_day_before(self, day: date) -> date:
        """The last day before ``day`` on which there was school."""
        day -= _ONE_DAY
        while not self.has_school(day):
            day -= _ONE_DAY
        return day

    def due(self, since: date, day: date) -> DueDay:
        """`day`, computed over the days from `since` on, as a due day that knows what it rests on."""
        first, last = min(since, day), max(since, day)
        rests_on = (date(year, 1, 1) for year in range(first.year, last.year + 1))
        return DueDay(day, any(self.working.is_provisional(new_year) for new_year in rests_on))

    def in_school_holidays(self, day: date) -> bool:
        """Whether schools are closed on ``day`` for longer than a weekend or a festival."""
        return not self._in_session(day)

    def is_provisional(self, day: date) -> bool:
        """Whether the notice for the year of ``day`` has not been loaded."""
        return self.working.is_provisional(day)

    def _in_session(self, day: date) -> bool:
        return self.terms.term_of(day) is not None and not any(holiday.covers(day) for holiday in self.holidays)


class CalendarInForce(Protocol):
    """Gives the calendar as it is at each call: what is loaded while the process runs holds from then on."""

    def __call__(self) -> SchoolCalendar: ...

    def look_again(self) -> None:
        """Something was loaded just now: the next call must know of it."""
        ...
