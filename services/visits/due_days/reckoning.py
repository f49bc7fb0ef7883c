"""When something is due."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta

from services.visits.household_visits.vocabulary import Reason
from services.visits.policy import VisitPolicy
from shared.calendar import DueDay, SchoolCalendar

ONE_DAY = timedelta(days=1)


def visit_due(policy: VisitPolicy, calendar: SchoolCalendar, reason: Reason, known_on: date) -> DueDay:
    """At once is the next calendar day, and never rolls (立即); a child at no school may take longer to be found."""
    if reason is not Reason.OUT_OF_SCHOOL:
        return DueDay(known_on + ONE_DAY, provisional=False)
    day = calendar.working.roll_forward(known_on + timedelta(days=policy.out_of_school_days))
    return calendar.due(known_on, day)


def attempts_due(calendar: SchoolCalendar, start: date, after_days: Sequence[int]) -> tuple[DueDay, ...]:
    """So many calendar days after `start`, each; a day off moves to the next working day."""
    return _rolled(calendar, calendar.working.roll_forward, start, after_days)


def checks_due(calendar: SchoolCalendar, start: date, after_days: Sequence[int]) -> tuple[DueDay, ...]:
    """So many calendar days after `start`, each; a day without school moves to the first one with school."""
    return _rolled(calendar, calendar.school_day_from, start, after_days)


def still_moving(days: Sequence[DueDay]) -> tuple[date, ...]:
    """Those of the days that are provisional."""
    return tuple(due.day for due in days if due.provisional)


def known_days(days: Sequence[date], provisional: Sequence[date]) -> tuple[DueDay, ...]:
    """What an event tells of due days, as due days."""
    return tuple(DueDay(day, day in provisional) for day in days)


def _rolled(
    calendar: SchoolCalendar, roll: Callable[[date], date], start: date, after_days: Sequence[int]
) -> tuple[DueDay, ...]:
    """One day for each number, in order; holidays never push two of them onto the same day."""
    days: list[date] = []
    for number in after_days:
        day = roll(start + timedelta(days=number))
        days.append(roll(days[-1] + ONE_DAY) if days and day <= days[-1] else day)
    return tuple(calendar.due(start, day) for day in days)
