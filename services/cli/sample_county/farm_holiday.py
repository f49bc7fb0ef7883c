"""A farm holiday (农忙假) in the weeks of attendance, and who is missing on both sides of it."""

from datetime import date, timedelta
from pathlib import Path

from services.cli.sample_county import names
from services.cli.sample_county.planted import Planted, PlantedCalendar
from services.cli.sample_county.stories import LAST, Plot, Run, last_weekday
from shared.calendar import SchoolHoliday, shipped_calendar

FILE = "校历-农忙假.toml"
_FRIDAY, _WEEK_AND_WEEKEND, _MOST_DAYS_AFTER = 4, 9, 3
_DAYS_MISSED = 6
"""Less than the seven days that make a suspicion; with the weekend that the holiday takes out, more."""


def farm_holiday(today: date) -> SchoolHoliday | None:
    """More than a week, from a Saturday until a few days before the last day of attendance. None where one term of
    one calendar year does not go on all the while.
    """
    last, terms = last_weekday(today), shipped_calendar().terms
    first = last - timedelta(days=last.weekday() + _WEEK_AND_WEEKEND)
    until = last - timedelta(days=min(_MOST_DAYS_AFTER, last.weekday() + 1))
    term = terms.term_of(first)
    if term is None or term != terms.term_of(until) or first.year != until.year:
        return None
    return SchoolHoliday(name="农忙假", first_day=first, last_day=until)


def missing_around(today: date, compared_on: date) -> Plot:
    """Missing before and after the holiday, and not suspected. The days of a weekend that are over count, too, when
    `compared_on` lies behind it.
    """
    last = last_weekday(today)
    over = (compared_on - last).days - 1 if last.weekday() == _FRIDAY else 0
    days = _DAYS_MISSED - min(2, max(0, over))
    return Plot("missing_around_holiday", (Run(LAST - days + 1, LAST),), suspected=False)


def write_calendar(target: Path, holiday: SchoolHoliday | None, planted: Planted) -> None:
    if holiday is None:
        return
    year, days = holiday.first_day.year, f"first = {holiday.first_day}\nlast = {holiday.last_day}\n"
    text = f'year = {year}\n\n[[school_holiday]]\nname = "{holiday.name}"\n{days}'
    target.mkdir(parents=True, exist_ok=True)
    (target / FILE).write_text(text, encoding="utf-8")
    planted.calendars.append(PlantedCalendar(file=FILE, document=f"{names.COUNTY_NAME}教〔{year}〕15号"))
