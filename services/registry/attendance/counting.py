"""How long a spell has lasted: the days that somebody recorded, and those that the school's calendar makes certain.

A school day of which nobody said anything neither lengthens a spell nor breaks it. The weekend behind a recorded day
belongs to the spell; holidays, and whatever else lies outside the term, do not count.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import islice

from services.registry.attendance.spells import Spell
from shared.calendar import SchoolCalendar

_ONE_DAY = timedelta(days=1)


def days_absent(calendar: SchoolCalendar, spell: Spell, today: date) -> int:
    """The days of the spell that are over and count; today is not over."""
    if spell.missing_since is None:
        return sum(day < today for day in _certain(calendar, spell.days))
    return len(_before(calendar, spell, spell.missing_since)) + sum(
        1 for _ in calendar.counting_days(spell.missing_since, today - _ONE_DAY)
    )


def long_enough(calendar: SchoolCalendar, spell: Spell, count: int, today: date) -> date | None:
    """The first day of a run of absence of which `count` days that count are over; None when there is none.

    A run that leave has ended meanwhile is one all the same: the child was missing that long, and nobody has said
    that they came.
    """
    for run in spell.runs:
        if run != spell.days and sum(day < today for day in _certain(calendar, run)) >= count:
            return run[0]
    return spell.since if days_absent(calendar, spell, today) >= count else None


def over_on(calendar: SchoolCalendar, spell: Spell, count: int) -> date | None:
    """The first day that counts on or after which `count` days of a run are over; None while the days that are
    recorded do not suffice. `count` is at least 1."""
    ended = (next(islice(_certain(calendar, run), count - 1, None), None) for run in spell.runs if run != spell.days)
    over = next(filter(None, ended), None) or _last_counted(calendar, spell, count)
    return None if over is None else _counting_day_from(calendar, over + _ONE_DAY)


def _last_counted(calendar: SchoolCalendar, spell: Spell, count: int) -> date | None:
    if spell.missing_since is None:
        return next(islice(_certain(calendar, spell.days), count - 1, None), None)
    before = _before(calendar, spell, spell.missing_since)
    if len(before) >= count:
        return before[count - 1]
    return calendar.counting_day_after(spell.missing_since, count - len(before)) - _ONE_DAY


def _before(calendar: SchoolCalendar, spell: Spell, missing_since: date) -> list[date]:
    certain = _certain(calendar, tuple(day for day in spell.days if day < missing_since))
    return [day for day in certain if day < missing_since]


def _certain(calendar: SchoolCalendar, recorded: tuple[date, ...]) -> Iterator[date]:
    """The recorded days, and the days without school right behind each, as far as they count; in order."""
    for day in recorded:
        if calendar.counts(day):
            yield day
        behind = day + _ONE_DAY
        while behind not in recorded and not calendar.has_school(behind):
            if calendar.counts(behind):
                yield behind
            behind += _ONE_DAY


def _counting_day_from(calendar: SchoolCalendar, day: date) -> date:
    while not calendar.counts(day):
        day += _ONE_DAY
    return day
