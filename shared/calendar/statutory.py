"""The statutory festivals: they hold for years without a loaded notice, and no notice leaves them out.

Source: 全国年节及纪念日放假办法 (as amended from 2025-01-01), articles 2 and 7.
"""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from shared.calendar.lunar import Festival, festival_date

SATURDAY = 5


def statutory_festivals(year: int) -> Mapping[str, Sequence[date]]:
    """The days of each festival of ``year``, in order, by its Chinese name."""
    spring = festival_date(Festival.SPRING_FESTIVAL, year)
    return {
        "元旦": [date(year, 1, 1)],
        Festival.SPRING_FESTIVAL.value: [spring + timedelta(days=offset) for offset in range(-1, 3)],
        Festival.TOMB_SWEEPING.value: [festival_date(Festival.TOMB_SWEEPING, year)],
        "劳动节": [date(year, 5, 1), date(year, 5, 2)],
        Festival.DRAGON_BOAT.value: [festival_date(Festival.DRAGON_BOAT, year)],
        "国庆节": [date(year, 10, 1), date(year, 10, 2), date(year, 10, 3)],
        Festival.MID_AUTUMN.value: [festival_date(Festival.MID_AUTUMN, year)],
    }


def statutory_days_off(year: int) -> frozenset[date]:
    """Festival days of ``year``, with a day off in lieu for each that falls on a weekend.

    The yearly notice also moves weekends about; that cannot be foretold and is left out.
    """
    days_off: set[date] = set()
    for run in statutory_festivals(year).values():
        days_off.update(run)
        in_lieu = run[-1]
        for _ in (day for day in run if day.weekday() >= SATURDAY):
            in_lieu = _next_ordinary_weekday(in_lieu, days_off)
            days_off.add(in_lieu)
    return frozenset(days_off)


def _next_ordinary_weekday(after: date, taken: set[date]) -> date:
    day = after + timedelta(days=1)
    while day.weekday() >= SATURDAY or day in taken:
        day += timedelta(days=1)
    return day
