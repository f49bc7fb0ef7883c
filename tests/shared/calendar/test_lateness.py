"""Late is what was entered late, whatever day it names (domain decision 5)."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.calendar import Lateness, lateness

DUE = date(2026, 9, 15)
days = st.dates(date(2026, 9, 1), date(2026, 9, 30))


@pytest.mark.parametrize(
    ("done_on", "entered_on", "expected"),
    [
        (date(2026, 9, 15), date(2026, 9, 15), Lateness.IN_TIME),
        (date(2026, 9, 14), date(2026, 9, 16), Lateness.ENTERED_LATE),
        (date(2026, 9, 16), date(2026, 9, 16), Lateness.LATE),
        (date(2026, 9, 16), date(2026, 9, 20), Lateness.LATE),
    ],
)
def test_the_day_of_the_entry_decides(done_on: date, entered_on: date, expected: Lateness) -> None:
    assert lateness(DUE, done_on, entered_on) is expected


@given(done_on=days, other_day=days, entered_on=days)
def test_no_day_that_is_named_makes_a_late_entry_timely(done_on: date, other_day: date, entered_on: date) -> None:
    if entered_on > DUE:
        assert lateness(DUE, done_on, entered_on).late
        assert lateness(DUE, other_day, entered_on).late
