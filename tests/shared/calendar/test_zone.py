from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.calendar.zone import local_date, start_of_local_day


def test_the_local_day_begins_at_four_in_the_afternoon_utc() -> None:
    assert start_of_local_day(date(2026, 11, 2)) == datetime(2026, 11, 1, 16, tzinfo=UTC)
    assert local_date(datetime(2026, 11, 1, 15, 59, 59, tzinfo=UTC)) == date(2026, 11, 1)
    assert local_date(datetime(2026, 11, 1, 16, tzinfo=UTC)) == date(2026, 11, 2)


@given(st.dates(date(1992, 1, 1), date(2100, 1, 1)))
def test_a_day_holds_its_own_start_and_not_the_moment_before(day: date) -> None:
    start = start_of_local_day(day)
    assert local_date(start) == day
    assert local_date(start - timedelta(microseconds=1)) == day - timedelta(days=1)


def test_an_instant_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="zone"):
        local_date(datetime(2026, 11, 1))  # noqa: DTZ001 - the very mistake under test
