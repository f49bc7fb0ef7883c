"""When something is due: on a day that is worked."""

from collections.abc import Sequence
from datetime import date, timedelta

from shared.calendar import SchoolCalendar


def due_day(calendar: SchoolCalendar, start: date, after_days: int) -> date:
    """So many calendar days after `start`; a day off moves to the next working day."""
    return calendar.working.roll_forward(start + timedelta(days=after_days))


def due_days(calendar: SchoolCalendar, start: date, after_days: Sequence[int]) -> tuple[date, ...]:
    """One day for each number, in order; holidays never push two of them onto the same day."""
    days: list[date] = []
    for number in after_days:
        day = due_day(calendar, start, number)
        days.append(calendar.working.next_working_day(days[-1]) if days and day <= days[-1] else day)
    return tuple(days)
