"""Calendars as tests load them."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

import msgspec

from shared.calendar import CalendarContent, shipped_calendar
from shared.calendar.arrangements import LONGEST_HOLIDAY
from shared.calendar.files import parse_calendar_file

NOTICE_2027 = """year = 2027
[[holiday]]
name = "元旦"
first = 2027-01-01
last = 2027-01-03
[[holiday]]
name = "春节"
first = 2027-02-05
last = 2027-02-11
workdays = [2027-01-31, 2027-02-20]
[[holiday]]
name = "清明节"
first = 2027-04-03
last = 2027-04-05
[[holiday]]
name = "劳动节"
first = 2027-05-01
last = 2027-05-05
workdays = [2027-05-08]
[[holiday]]
name = "端午节"
first = 2027-06-09
last = 2027-06-09
[[holiday]]
name = "中秋节"
first = 2027-09-15
last = 2027-09-15
[[holiday]]
name = "国庆节"
first = 2027-10-01
last = 2027-10-07
"""
"""An invented arrangement."""


def farming(first: date, last: date) -> str:
    """The county's own holiday in the year of its first day."""
    return f'year = {first.year}\n[[school_holiday]]\nname = "农忙假"\nfirst = {first}\nlast = {last}\n'


def nothing(year: int) -> str:
    """No school holiday in that year (any more)."""
    return f"year = {year}\nschool_holiday = []\n"


def festival(first: date, last: date, name: str = "秋假") -> str:
    """A year's arrangement that consists of one holiday: nobody could load it, but its days are easily told."""
    parts = []
    while (last - first).days >= LONGEST_HOLIDAY:
        parts.append(_holiday(name, first, first + timedelta(days=LONGEST_HOLIDAY - 1)))
        first += timedelta(days=LONGEST_HOLIDAY)
    return f"year = {first.year}\n" + "".join((*parts, _holiday(name, first, last)))


def year_with(first: date, last: date, name: str = "秋假") -> str:
    """The shipped arrangement of a year, with one holiday more."""
    year = shipped_calendar().working.arrangements[first.year]
    own = (_holiday(each.name, each.first_day, each.last_day, each.workdays) for each in year.holidays)
    return f"year = {year.year}\n" + "".join((*own, _holiday(name, first, last)))


def _holiday(name: str, first: date, last: date, worked: Iterable[date] = ()) -> str:
    workdays = ", ".join(map(str, worked))
    return f'[[holiday]]\nname = "{name}"\nfirst = {first}\nlast = {last}\nworkdays = [{workdays}]\n'


def content(text: str) -> CalendarContent:
    return parse_calendar_file(text)


def told(text: str) -> dict[str, Any]:
    """The fields of `registry.calendar-loaded.v1`, as JSON builtins."""
    return {
        "county_code": "349921",
        "document": "青石县教〔2026〕1号",
        "content": msgspec.to_builtins(content(text)),
        "changes": {},
        "loaded_on": "2026-09-01",
        "loaded_by": "officer-1",
    }
