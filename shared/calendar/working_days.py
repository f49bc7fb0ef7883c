"""Working days and the ends of legal periods."""

import calendar
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path

from shared.calendar.arrangements import SHIPPED, HolidayArrangement, read_arrangements
from shared.calendar.statutory import SATURDAY, statutory_days_off

_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class WorkingCalendar:
    """Which days are worked: weekends, festivals and make-up workdays, from the yearly notices.

    A year without a notice is *provisional*: its days may change when the notice is loaded.
    """

    arrangements: Mapping[int, HolidayArrangement]
    _days_off: frozenset[date] = field(init=False, repr=False, compare=False)
    _workdays: frozenset[date] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        known = self.arrangements.values()
        object.__setattr__(self, "_days_off", frozenset().union(*(year.days_off for year in known)))
        object.__setattr__(self, "_workdays", frozenset().union(*(year.workdays for year in known)))

    def is_provisional(self, day: date) -> bool:
        """Whether the notice for the year of ``day`` has not been loaded."""
        return day.year not in self.arrangements

    def is_working_day(self, day: date) -> bool:
        """Whether offices work on ``day``."""
        return day in self._workdays or not (day.weekday() >= SATURDAY or self.is_festival(day))

    def is_festival(self, day: date) -> bool:
        """Whether ``day`` is off for a festival, by its year's notice or by statute, and not just a weekend."""
        return day in self._days_off or (self.is_provisional(day) and day in _statutory_days_off(day.year))

    def next_working_day(self, day: date) -> date:
        """The first working day after ``day``."""
        return self.roll_forward(day + _ONE_DAY)

    def roll_forward(self, day: date) -> date:
        """``day`` itself when it is worked, else the next working day (民法典 203)."""
        while not self.is_working_day(day):
            day += _ONE_DAY
        return day

    def add_working_days(self, day: date, n: int) -> date:
        """The ``n``-th working day after ``day``, which is not counted; before it when ``n`` is negative.

        This is how a period in working days ends (行政处罚法 85, 行政强制法 69). Zero gives ``day`` back.
        """
        step = _ONE_DAY if n > 0 else -_ONE_DAY
        left = abs(n)
        while left:
            day += step
            left -= self.is_working_day(day)
        return day

    def working_days_between(self, start: date, end: date) -> int:
        """How many working days come after ``start`` up to and with ``end``."""
        return sum(self.is_working_day(start + timedelta(days=n)) for n in range(1, (end - start).days + 1))

    def period_end(self, first_day_event: date, days: int) -> date:
        """The last day of a period of ``days`` calendar days that an event on a day starts.

        The day of the event is not counted; a last day that is not worked rolls to the next
        working day (民法典 201, 203). Raises ``ValueError`` below one day.
        """
        _require_positive(days)
        return self.roll_forward(first_day_event + timedelta(days=days))

    def period_end_in_months(self, first_day_event: date, months: int) -> date:
        """As ``period_end`` for a period of months: the day of the same number in the last month,
        or that month's last day where it has none (民法典 202)."""
        _require_positive(months)
        years, month = divmod(first_day_event.month - 1 + months, 12)
        year, month = first_day_event.year + years, month + 1
        last_of_month = calendar.monthrange(year, month)[1]
        return self.roll_forward(date(year, month, min(first_day_event.day, last_of_month)))


def read_working_calendar(*directories: Path) -> WorkingCalendar:
    """The calendar of the shipped years, with the years found in ``directories`` added or replacing them."""
    return WorkingCalendar(read_arrangements(SHIPPED, *directories))


@lru_cache(maxsize=64)
def _statutory_days_off(year: int) -> frozenset[date]:
    return statutory_days_off(year)


def _require_positive(count: int) -> None:
    if count < 1:
        raise ValueError("a period has at least one day or month")
