from datetime import date

import pytest

from shared.calendar import SchoolCalendar, SchoolHoliday, read_terms, read_working_calendar

FARMING = SchoolHoliday(name="农忙假", first_day=date(2026, 10, 19), last_day=date(2026, 10, 25))
CALENDAR = SchoolCalendar(read_terms(), read_working_calendar())
WITH_FARMING = SchoolCalendar(read_terms(), read_working_calendar(), (FARMING,))


@pytest.mark.parametrize(
    ("day", "school", "counts"),
    [
        (date(2026, 11, 25), True, True),  # a Wednesday of the term
        (date(2026, 11, 28), False, True),  # an ordinary Saturday
        (date(2026, 10, 10), True, True),  # a Saturday that is worked
        (date(2026, 10, 3), False, False),  # a Saturday of the National Day holiday
        (date(2026, 10, 6), False, False),  # a Tuesday of it
        (date(2026, 7, 13), False, False),  # a Monday of the summer holidays
        (date(2026, 2, 25), True, True),  # a Wednesday of the spring term
    ],
)
def test_school_is_held_on_the_working_days_of_a_term_and_its_weekends_count(day, school, counts):
    assert (CALENDAR.has_school(day), CALENDAR.counts(day)) == (school, counts)


def test_a_school_holiday_has_no_school_and_does_not_count():
    weekend_and_weekdays = [date(2026, 10, day) for day in range(19, 26)]
    assert not any(WITH_FARMING.has_school(day) or WITH_FARMING.counts(day) for day in weekend_and_weekdays)
    assert CALENDAR.has_school(date(2026, 10, 19))


def test_a_week_from_a_monday_is_over_on_the_next_monday():
    assert CALENDAR.counting_day_after(date(2026, 11, 2), 7) == date(2026, 11, 9)


def test_a_week_that_a_holiday_interrupts_goes_on_after_it():
    # 2026-09-30 is the last day before the holiday; 10-08 to 10-13 are the other six
    assert CALENDAR.counting_day_after(date(2026, 9, 30), 7) == date(2026, 10, 14)


def test_a_week_that_begins_on_a_terms_last_day_goes_on_in_the_next_term():
    last = CALENDAR.terms.term_of(date(2026, 7, 1)).last_day
    assert CALENDAR.counting_day_after(last, 7) == date(2026, 9, 7)


def test_the_counting_days_of_a_span_are_those_in_between():
    days = list(CALENDAR.counting_days(date(2026, 9, 29), date(2026, 10, 9)))
    assert days == [date(2026, 9, 29), date(2026, 9, 30), date(2026, 10, 8), date(2026, 10, 9)]


def test_the_nearest_school_day_skips_holidays_both_ways():
    assert CALENDAR.school_day_from(date(2026, 10, 1)) == date(2026, 10, 8)
    assert CALENDAR.school_day_before(date(2026, 10, 8)) == date(2026, 9, 30)


def test_a_period_has_at_least_a_day():
    with pytest.raises(ValueError, match="at least one day"):
        CALENDAR.counting_day_after(date(2026, 9, 1), 0)
