from datetime import date

import pytest

from shared.calendar.lunar import Festival, festival_date


@pytest.mark.parametrize(
    ("festival", "day"),
    [
        (Festival.SPRING_FESTIVAL, date(2026, 2, 17)),
        (Festival.LANTERN, date(2026, 3, 3)),
        (Festival.TOMB_SWEEPING, date(2026, 4, 5)),
        (Festival.TOMB_SWEEPING, date(2024, 4, 4)),
        (Festival.DRAGON_BOAT, date(2026, 6, 19)),
        (Festival.MID_AUTUMN, date(2026, 9, 25)),
        (Festival.MID_AUTUMN, date(2025, 10, 6)),  # a leap sixth month comes before it
    ],
)
def test_a_festival_falls_on_the_day_of_the_almanac(festival: Festival, day: date) -> None:
    assert festival_date(festival, day.year) == day
