"""The yearly holiday arrangement, read from TOML. ``data/README.md`` states the format."""

import tomllib
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

SHIPPED = Path(__file__).parent / "data"


class ArrangementMalformed(ValueError):
    """A holiday file does not have the documented shape; the text names the file and the fault."""

    code = "calendar-arrangement-malformed"


@dataclass(frozen=True, slots=True)
class HolidayArrangement:
    """What one year's notice says: days off and weekend days that are worked instead."""

    year: int
    days_off: frozenset[date]
    workdays: frozenset[date]


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
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, ArrangementMalformed) as fault:
        raise ArrangementMalformed(f"放假安排文件 {path.name} 有误：{fault}") from fault


def parse_arrangement(document: dict[str, Any]) -> HolidayArrangement:
    """The arrangement that a parsed TOML document states."""
    unknown = document.keys() - {"year", "holiday"}
    year = document.get("year")
    holidays = document.get("holiday")
    if unknown or not isinstance(year, int) or not isinstance(holidays, list) or not holidays:
        raise ArrangementMalformed("应只有 year(年份)和至少一个 [[holiday]]")
    days_off: set[date] = set()
    workdays: set[date] = set()
    for holiday in holidays:
        days_off.update(_days_off(holiday, year))
        workdays.update(_day(holiday, day, year) for day in holiday.get("workdays", []))
    if contradictory := days_off & workdays:
        raise ArrangementMalformed(f"{min(contradictory)} 既放假又上班")
    return HolidayArrangement(year, frozenset(days_off), frozenset(workdays))


def _days_off(holiday: dict[str, Any], year: int) -> list[date]:
    if not {"name", "first", "last"} <= holiday.keys() <= {"name", "first", "last", "workdays"}:
        raise ArrangementMalformed("每个 [[holiday]] 应有 name、first、last，可有 workdays")
    first, last = _day(holiday, holiday["first"], year), _day(holiday, holiday["last"], year)
    if last < first:
        raise ArrangementMalformed(f"{holiday['name']}的 last 早于 first")
    return [first + timedelta(days=offset) for offset in range((last - first).days + 1)]


def _day(holiday: dict[str, Any], value: object, year: int) -> date:
    """A bare TOML date near its year: a mistyped year would otherwise lie unnoticed."""
    # type() and not isinstance(): a TOML date-time is a ``date`` too, and not meant
    if type(value) is not date or abs(value.year - year) > 1:
        raise ArrangementMalformed(f"{holiday['name']}的日期应写成 {year}-01-31 的样子，不加引号")
    return value
