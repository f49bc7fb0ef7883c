"""What a county loads lies over the shipped calendar, and a process goes by it some seconds later."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.calendar import CalendarContent, DueDay, moved_to, provisional_note, shipped_calendar
from shared.calendar.live import LiveCalendar, asks
from tests import calendars

FARMING = calendars.content(calendars.farming(date(2026, 10, 12), date(2026, 10, 16)))
NOTICE = calendars.content(calendars.NOTICE_2027)
TERM = calendars.content('[[term]]\nid = "2027-spring"\nfirst = 2027-03-08\nlast = 2027-07-09\n')
NOTHING = calendars.content(calendars.nothing(2026))
SHIPPED = shipped_calendar()


def test_a_loaded_notice_settles_its_year_and_its_worked_weekends_count() -> None:
    calendar = NOTICE.over(SHIPPED)
    assert not calendar.is_provisional(date(2027, 5, 1))
    assert calendar.working.is_working_day(date(2027, 1, 31))
    assert calendar.working.add_working_days(date(2027, 1, 29), 1) == date(2027, 1, 31)
    assert SHIPPED.working.add_working_days(date(2027, 1, 29), 1) == date(2027, 2, 1)


def test_a_school_holiday_closes_schools_and_leaves_offices_open() -> None:
    calendar = FARMING.over(SHIPPED)
    assert not calendar.has_school(date(2026, 10, 13))
    assert calendar.in_school_holidays(date(2026, 10, 13))
    assert calendar.working.is_working_day(date(2026, 10, 13))


def test_a_withdrawn_school_holiday_is_gone_and_a_terms_own_dates_hold() -> None:
    assert FARMING.replaced_by(NOTHING).over(SHIPPED).holidays == ()
    assert TERM.over(SHIPPED).terms.term_of(date(2027, 3, 1)) is None


@given(st.lists(st.sampled_from([FARMING, NOTICE, TERM, NOTHING])), st.integers(0, 5))
def test_loads_add_up_the_same_however_they_are_grouped(loads: list[CalendarContent], cut: int) -> None:
    def added(parts: list[CalendarContent]) -> CalendarContent:
        content = CalendarContent()
        for part in parts:
            content = content.replaced_by(part)
        return content

    assert added(loads[:cut]).replaced_by(added(loads[cut:])) == added(loads)
    assert added([*loads, *loads[-1:]]) == added(loads)


@pytest.mark.parametrize(
    ("since", "day", "provisional"),
    [
        (date(2026, 12, 21), date(2026, 12, 31), False),
        (date(2026, 12, 31), date(2027, 1, 4), True),
        (date(2027, 1, 4), date(2026, 12, 14), True),
    ],
)
def test_a_day_is_provisional_when_any_day_of_its_period_is(since: date, day: date, provisional: bool) -> None:
    assert SHIPPED.due(since, day) == DueDay(day, provisional)
    assert NOTICE.over(SHIPPED).due(since, day) == DueDay(day, provisional=False)


def test_an_open_day_moves_a_past_one_stays_and_none_moves_into_the_past() -> None:
    today, soon, later = date(2026, 9, 15), DueDay(date(2026, 9, 16), provisional=False), date(2026, 9, 20)
    assert moved_to(soon, DueDay(later, provisional=True), today) == DueDay(later, provisional=True)
    assert moved_to(soon, soon, today) is None
    assert moved_to(soon, DueDay(later, provisional=False), date(2026, 9, 17)) is None
    assert moved_to(DueDay(later, provisional=True), DueDay(date(2026, 9, 10), provisional=False), today) == DueDay(
        later, provisional=False
    )


def test_the_note_names_the_year_that_is_waited_for() -> None:
    assert provisional_note(date(2027, 1, 4), provisional=True) == "可能调整（2027年放假安排尚未公布）"
    assert provisional_note(date(2027, 1, 4), provisional=False) == ""
    assert provisional_note(None, provisional=True) == ""


def test_a_process_reads_again_after_some_seconds_or_when_it_is_told_to(monkeypatch: pytest.MonkeyPatch) -> None:
    now, reads = [100.0], []
    monkeypatch.setattr("shared.calendar.live.monotonic", lambda: now[0])
    stored = [CalendarContent()]
    calendar = LiveCalendar()
    assert calendar().is_provisional(date(2027, 1, 1)), "it may be asked before it follows anybody"
    calendar.follow(lambda: reads.append(1) or stored[0])
    decide = asks(calendar, lambda bound, given, day: (bound, given.is_provisional(day)), "policy")
    assert decide(date(2027, 1, 1)) == ("policy", True)
    stored[0] = NOTICE
    assert decide(date(2027, 1, 1)) == ("policy", True)
    assert len(reads) == 1, "one small read, not one a command"
    now[0] += 2.0
    assert decide(date(2027, 1, 1)) == ("policy", False)
    stored[0] = CalendarContent()
    calendar.look_again()
    assert decide(date(2027, 1, 1)) == ("policy", True)


def test_what_cannot_be_read_is_not_passed_over() -> None:
    def fail() -> CalendarContent:
        raise ConnectionError

    calendar = LiveCalendar()
    calendar.follow(fail)
    with pytest.raises(ConnectionError):
        calendar()


def test_a_calendar_that_stands_still_serves_where_one_in_force_is_asked_for() -> None:
    SHIPPED.look_again()
    assert SHIPPED() is SHIPPED
