"""Dates of the festivals that follow the lunar calendar or the solar terms, and birthdays that are told by it."""

from datetime import date
from enum import StrEnum
from functools import cache

from lunar_python import Lunar, LunarYear, Solar


class Festival(StrEnum):
    """A festival without a fixed date; the value is its Chinese name."""

    SPRING_FESTIVAL = "春节"
    LANTERN = "元宵节"
    TOMB_SWEEPING = "清明节"
    DRAGON_BOAT = "端午节"
    MID_AUTUMN = "中秋节"


_LUNAR_MONTH_AND_DAY = {
    Festival.SPRING_FESTIVAL: (1, 1),
    Festival.LANTERN: (1, 15),
    Festival.DRAGON_BOAT: (5, 5),
    Festival.MID_AUTUMN: (8, 15),
}


def festival_date(festival: Festival, year: int) -> date:
    """The day of ``festival`` in the Gregorian ``year``."""
    if festival is Festival.TOMB_SWEEPING:
        return _as_date(Lunar.fromYmd(year, 6, 1).getJieQiTable()["清明"])
    month, day = _LUNAR_MONTH_AND_DAY[festival]
    return _as_date(Lunar.fromYmd(year, month, day).getSolar())


def as_lunar(day: date) -> date | None:
    """Year, month and day of the lunar calendar as a clerk writes them into a field for solar dates; of a leap month,
    the month's number. None where no such solar date exists (30 February).
    """
    year = day.year if day >= _months_of(day.year)[0][0] else day.year - 1
    first, month = max(begun for begun in _months_of(year) if begun[0] <= day)
    try:
        return date(year, month, (day - first).days + 1)
    except ValueError:
        return None


@cache
def _months_of(year: int) -> tuple[tuple[date, int], ...]:
    """The first day and the number of each month of a lunar year, kept, for one takes milliseconds to compute."""
    months = [month for month in LunarYear.fromYear(year).getMonths() if month.getYear() == year]
    begin = ((_as_date(Solar.fromJulianDay(month.getFirstJulianDay())), abs(month.getMonth())) for month in months)
    return tuple(sorted(begin))


def _as_date(solar: Solar) -> date:
    return date(solar.getYear(), solar.getMonth(), solar.getDay())
