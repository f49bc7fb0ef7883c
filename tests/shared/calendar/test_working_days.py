from datetime import date, timedelta
from pathlib import Path

import pytest
from holidays import country_holidays
from hypothesis import given
from hypothesis import strategies as st

from shared.calendar.arrangements import ArrangementMalformed, parse_arrangement, read_arrangement
from shared.calendar.entries import CalendarMalformed
from shared.calendar.working_days import WorkingCalendar, read_working_calendar

CALENDAR = read_working_calendar()
DAYS = st.dates(date(2023, 1, 1), date(2030, 12, 31))


@pytest.mark.parametrize("year", [2023, 2024, 2025, 2026])
def test_the_shipped_years_agree_with_the_holidays_library_on_every_day(year: int) -> None:
    library = country_holidays("CN", years=year)
    days = [date(year, 1, 1) + timedelta(days=n) for n in range(365)]
    assert [d for d in days if CALENDAR.is_working_day(d) != library.is_working_day(d)] == []
    assert not CALENDAR.is_provisional(days[0])


def test_a_festival_is_a_day_off_and_a_make_up_saturday_is_worked() -> None:
    assert not CALENDAR.is_working_day(date(2026, 10, 1))
    assert CALENDAR.is_working_day(date(2026, 10, 10))
    assert date(2026, 10, 10).weekday() == 5


def test_a_year_without_a_notice_is_provisional_and_keeps_the_statutory_festivals() -> None:
    spring_festival = [date(2027, 2, day) for day in range(5, 9)]  # eve to the third day; two on a weekend
    in_lieu = [date(2027, 2, 9), date(2027, 2, 10)]
    assert CALENDAR.is_provisional(spring_festival[0])
    assert not any(CALENDAR.is_working_day(day) for day in spring_festival + in_lieu)
    assert CALENDAR.is_working_day(date(2027, 2, 11))


@pytest.mark.parametrize("year", range(2027, 2034))
def test_the_statutory_festivals_agree_with_the_holidays_library(year: int) -> None:
    library = country_holidays("CN", years=year)
    days = [date(year, 1, 1) + timedelta(days=n) for n in range(365)]
    assert [d for d in days if CALENDAR.is_working_day(d) != library.is_working_day(d)] == []


def test_a_notice_served_before_the_national_day_ends_on_the_first_working_day_after_it() -> None:
    assert CALENDAR.period_end(date(2026, 9, 25), 7) == date(2026, 10, 8)


def test_the_day_of_the_event_is_not_counted() -> None:
    assert CALENDAR.period_end(date(2026, 11, 2), 7) == date(2026, 11, 9)


def test_a_period_that_ends_on_a_worked_sunday_does_not_roll() -> None:
    assert CALENDAR.period_end(date(2026, 9, 13), 7) == date(2026, 9, 20)


def test_a_period_of_months_ends_on_the_day_of_the_same_number_or_the_last_of_the_month() -> None:
    assert CALENDAR.period_end_in_months(date(2025, 12, 10), 6) == date(2026, 6, 10)
    assert CALENDAR.period_end_in_months(date(2024, 12, 31), 6) == date(2025, 6, 30)


@pytest.mark.parametrize("period", [CALENDAR.period_end, CALENDAR.period_end_in_months])
def test_a_period_of_nothing_is_refused(period) -> None:
    with pytest.raises(ValueError, match="at least one"):
        period(date(2026, 1, 5), 0)


def test_five_working_days_over_the_spring_festival_count_the_worked_weekend_days() -> None:
    assert CALENDAR.add_working_days(date(2026, 2, 12), 5) == date(2026, 2, 26)


def test_working_days_are_counted_backwards_for_a_step_that_must_come_before() -> None:
    assert CALENDAR.add_working_days(date(2026, 10, 8), -1) == date(2026, 9, 30)


@given(DAYS, st.integers(1, 40))
def test_adding_working_days_lands_on_the_working_day_of_that_number(day: date, n: int) -> None:
    end = CALENDAR.add_working_days(day, n)
    assert CALENDAR.is_working_day(end)
    assert CALENDAR.working_days_between(day, end) == n


@given(DAYS, st.integers(1, 200))
def test_a_period_never_ends_early_nor_on_a_day_off(day: date, days: int) -> None:
    end = CALENDAR.period_end(day, days)
    assert CALENDAR.is_working_day(end)
    assert end >= day + timedelta(days=days)
    assert not any(CALENDAR.is_working_day(day + timedelta(days=n)) for n in range(days, (end - day).days))


def test_a_county_loads_the_notice_of_a_new_year_from_its_own_directory(tmp_path: Path) -> None:
    notice = 'year = 2027\n[[holiday]]\nname = "元旦"\nfirst = 2027-01-01\nlast = 2027-01-04\n'
    (tmp_path / "2027.toml").write_text(notice, "utf-8")
    loaded = read_working_calendar(tmp_path)
    assert not loaded.is_provisional(date(2027, 1, 4))
    assert not loaded.is_working_day(date(2027, 1, 4))
    assert CALENDAR.is_working_day(date(2027, 1, 4))
    assert not loaded.is_working_day(date(2026, 10, 1))


@pytest.mark.parametrize(
    "holiday",
    [
        {},
        {"name": "元旦", "first": "2027-01-01", "last": date(2027, 1, 1)},
        {"name": "元旦", "first": date(2027, 1, 3), "last": date(2027, 1, 1)},
        {"name": "元旦", "first": date(2072, 1, 1), "last": date(2072, 1, 1)},
        {"name": "元旦", "first": date(2027, 1, 1), "last": date(2027, 1, 1), "workday": []},
        {"name": "元旦", "first": date(2027, 1, 1), "last": date(2027, 1, 1), "workdays": [date(2027, 1, 1)]},
    ],
)
def test_a_malformed_notice_is_refused(holiday: dict[str, object]) -> None:
    with pytest.raises(CalendarMalformed):
        parse_arrangement({"year": 2027, "holiday": [holiday]})


def test_a_malformed_file_is_refused_by_its_name(tmp_path: Path) -> None:
    (tmp_path / "2027.toml").write_text("year = ", "utf-8")
    with pytest.raises(ArrangementMalformed, match=r"2027\.toml"):
        read_arrangement(tmp_path / "2027.toml")


def test_a_calendar_without_any_notice_works() -> None:
    bare = WorkingCalendar({})
    assert bare.next_working_day(date(2026, 1, 1)) == date(2026, 1, 2)
