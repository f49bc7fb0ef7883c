"""The yearly holiday arrangement, read from TOML. ``data/README.md`` states the format."""

import tomllib
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from shared.calendar.entries import CalendarMalformed, Entry, entries
from shared.calendar.statutory import SATURDAY

SHIPPED = Path(__file__).parent / "data"
LONGEST_HOLIDAY = 15
"""In days. The longest of any notice had ten: what is longer is a mistyped month."""


class ArrangementMalformed(CalendarMalformed):
    """A shipped holiday file does not have the documented shape; the text names the file and the fault."""

    code = "calendar-arrangement-malformed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Holiday:
    """One sentence of a notice: days off, first and last included, and the weekend days that are worked instead."""

    name: str
    first_day: date
    last_day: date
    workdays: tuple[date, ...] = ()

    @property
    def days_off(self) -> list[date]:
        return [self.first_day + timedelta(days=number) for number in range((self.last_day - self.first_day).days + 1)]


@dataclass(frozen=True, slots=True, kw_only=True)
class HolidayArrangement:
    """What one year's notice says."""

    year: int
    holidays: tuple[Holiday, ...]

    @property
    def days_off(self) -> frozenset[date]:
        return frozenset(day for holiday in self.holidays for day in holiday.days_off)

    @property
    def workdays(self) -> frozenset[date]:
        return frozenset(day for holiday in self.holidays for day in holiday.workdays)


def read_arrangements(*directories: Path) -> dict[int, HolidayArrangement]:
    """Every ``*.toml`` of ``directories`` by year; a later directory replaces an earlier one's year.

    Raises ``ArrangementMalformed`` for a file of another shape, ``OSError`` for a missing directory.
    """
    arrangements: dict[int, HolidayArrangement] = {}
    for directory in directories:
        for path in sorted(entry for entry in directory.iterdir() if entry.suffix == ".toml"):
            arrangement = read_arrangement(path)
            arrangements[arrangement.year] = arrangement
    return arrangements


def read_arrangement(path: Path) -> HolidayArrangement:
    """One year's file. Raises ``ArrangementMalformed``."""
    try:
        with path.open("rb") as file:
            return parse_arrangement(tomllib.load(file))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, CalendarMalformed) as fault:
        raise ArrangementMalformed(f"放假安排文件 {path.name} 有误：{fault}") from fault


def parse_arrangement(document: dict[str, Any]) -> HolidayArrangement:
    """The arrangement that a parsed TOML document states. Raises ``CalendarMalformed``."""
    if document.keys() - {"year", "holiday"}:
        raise ArrangementMalformed("应只有 year（年份）和至少一个 [[holiday]]")
    return arrangement_of(year_of(document), document.get("holiday"))


def year_of(document: dict[str, Any]) -> int:
    """The year that a file speaks of. Raises ``CalendarMalformed``."""
    year = document.get("year")
    if type(year) is not int or not 2000 <= year <= 2099:
        raise CalendarMalformed("请在文件开头写明年份，如 year = 2027", key="year")
    return year


def arrangement_of(year: int, holidays: object) -> HolidayArrangement:
    """A year's holidays. Raises ``CalendarMalformed``."""
    found = entries("holiday", holidays)
    if not found:
        raise CalendarMalformed("放假安排至少要有一个 [[holiday]]", "holiday", 1)
    return HolidayArrangement(year=year, holidays=_consistent([(entry, _holiday(entry, year)) for entry in found]))


def _holiday(entry: Entry, year: int) -> Holiday:
    entry.check_keys({"name", "first", "last"}, {"workdays"})
    first, last = entry.span()
    workdays = entry.days("workdays")
    for key, day in (("first", first), ("last", last), *(("workdays", day) for day in workdays)):
        if abs(day.year - year) > 1:  # a mistyped year would otherwise lie unnoticed
            raise entry.fault(f"{day} 不在{year}年前后，请核对年份", key)
    if year not in (first.year, last.year):
        raise entry.fault(f"{first} 至 {last} 没有一天在{year}年，请核对年份", "first")
    if (last - first).days >= LONGEST_HOLIDAY:
        raise entry.fault(
            f"{first} 至 {last} 超过{LONGEST_HOLIDAY}天，请核对起止日期；确有这样长的，请分成两段写", "last"
        )
    if weekdays := [day for day in workdays if day.weekday() < SATURDAY]:
        raise entry.fault(f"{weekdays[0]} 不是周六、周日，本来就上班，请核对调休上班的日期", "workdays")
    return Holiday(name=entry.text("name"), first_day=first, last_day=last, workdays=workdays)


def _consistent(found: list[tuple[Entry, Holiday]]) -> tuple[Holiday, ...]:
    """No day is off twice, and none both off and worked."""
    off: set[date] = set()
    for entry, holiday in found:
        if twice := off.intersection(holiday.days_off):
            raise entry.fault(f"{min(twice)} 重复放假，请核对各个 [[holiday]] 的起止日期", "first")
        off.update(holiday.days_off)
    for entry, holiday in found:
        if both := off.intersection(holiday.workdays):
            raise entry.fault(f"{min(both)} 既放假又上班，请核对", "workdays")
    return tuple(holiday for _, holiday in found)
