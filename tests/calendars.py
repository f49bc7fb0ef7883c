"""Calendars as tests load them."""

from datetime import date
from typing import Any

import msgspec

from shared.calendar import CalendarContent
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
"""
"""An invented arrangement."""


def farming(first: date, last: date) -> str:
    """The county's own holiday in the year of its first day."""
    return f'year = {first.year}\n[[school_holiday]]\nname = "农忙假"\nfirst = {first}\nlast = {last}\n'


def nothing(year: int) -> str:
    """No school holiday in that year (any more)."""
    return f"year = {year}\nschool_holiday = []\n"


def festival(first: date, last: date, name: str = "秋假") -> str:
    """A year's arrangement that consists of one holiday."""
    return f'year = {first.year}\n[[holiday]]\nname = "{name}"\nfirst = {first}\nlast = {last}\n'


def content(text: str) -> CalendarContent:
    return parse_calendar_file(text)


def told(text: str) -> dict[str, Any]:
    """The fields of `registry.calendar-loaded.v1`, as JSON builtins."""
    return {
        "county_code": "349921",
        "document": "青石县教〔2026〕1号",
        "content": msgspec.to_builtins(content(text)),
        "loaded_on": "2026-09-01",
        "loaded_by": "officer-1",
    }
