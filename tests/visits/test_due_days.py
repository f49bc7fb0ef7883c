"""When the county's calendar changes, open visits, attempts and checks get the days that it gives now."""

from collections.abc import Sequence
from datetime import date, timedelta

import pytest
from hypothesis import given as drawn
from hypothesis import strategies as st

from services.visits.due_days.events import DueDayMoved, Matter
from services.visits.due_days.moving import moved_days
from services.visits.due_days.reckoning import checks_due
from services.visits.plans.state import PLANS, Plan
from shared.calendar import DueDay, SchoolCalendar, shipped_calendar
from shared.kernel import recomputing
from shared.kernel.caller import Place
from shared.kernel.firing import fire_due
from shared.kernel.recomputing import RecomputeNext, steps_ahead
from tests import calendars
from tests.visits import examples as ex
from tests.visits.conftest import County, children

FARMING = calendars.farming(date(2026, 10, 14), date(2026, 10, 23))
# its last day is a Friday, so that what falls into it is due on Monday, 21 September
CLOSED = calendars.festival(date(2026, 9, 9), date(2026, 9, 18))


def under(*texts: str) -> SchoolCalendar:
    content = calendars.content(texts[0])
    for text in texts[1:]:
        content = content.replaced_by(calendars.content(text))
    return content.over(shipped_calendar())


def load(county: County, text: str, day: date = ex.FLAGGED) -> None:
    """The registry says so, and a minute passes."""
    county.hear(county.registry.tell("calendar-loaded", "calendar", day, Place("349921"), calendars.told(text)))
    county.clock.advance(timedelta(minutes=1))


def settle(county: County) -> None:
    while fire_due(county.runtime.application):
        pass


# -- reckoning


def test_a_check_that_falls_into_school_holidays_moves_to_the_first_school_day_after() -> None:
    due = checks_due(under(FARMING), ex.RETURNED, (3, 10, 30))
    assert [each.day for each in due] == [date(2026, 10, 26), date(2026, 10, 27), date(2026, 11, 11)]


def test_a_check_never_falls_between_terms() -> None:
    last_days = date(2027, 1, 10)
    due = checks_due(shipped_calendar(), last_days, (3, 10, 30))
    assert all(shipped_calendar().has_school(each.day) for each in due)
    assert due[-1] == DueDay(due[-1].day, provisional=True)


# -- moving


def test_a_day_that_is_done_or_past_stays_as_it_is() -> None:
    plan = Plan(id=ex.CHILD)
    for event in (ex.plan_opened(), ex.stopped(), ex.checks_scheduled()):
        plan = PLANS.evolve(plan, event)
    assert {each.item for each in moved_days(ex.POLICY, under(FARMING), plan, ex.RETURNED)} == {"1", "2"}
    assert moved_days(ex.POLICY, under(FARMING), plan, date(2026, 11, 1)) == []


@drawn(st.permutations([FARMING, CLOSED, calendars.NOTICE_2027, calendars.nothing(2026)]), st.sets(st.integers(1, 3)))
def test_whatever_was_loaded_in_whatever_order_open_days_end_as_if_reckoned_from_scratch(
    texts: Sequence[str], walks_after: set[int]
) -> None:
    plan = Plan(id=ex.CHILD)
    for event in (ex.plan_opened(), ex.stopped(), ex.checks_scheduled()):
        plan = PLANS.evolve(plan, event)
    for number in range(1, len(texts) + 1):
        if number in walks_after or number == len(texts):
            for event in moved_days(ex.POLICY, under(*texts[:number]), plan, ex.RETURNED):
                plan = PLANS.evolve(plan, event)
    assert plan.checks == checks_due(under(*texts), ex.RETURNED, ex.POLICY.stability.check_after_days)


# -- the walk


def test_an_open_visit_moves_with_its_deadline_a_minute_after_the_calendar_is_heard_of(county: County) -> None:
    county.hear(*county.registry.out_of_school("c1", "陈小雨"))
    assert county.row("household-visits")["due_on"] == "2026-09-10"
    load(county, CLOSED)
    assert steps_ahead(county.runtime.store) == 1
    settle(county)
    visit = county.row("household-visits")
    assert (visit["due_on"], visit["due_before"]) == ("2026-09-21", "2026-09-10")
    county.go_to(date(2026, 9, 21))
    assert county.row("household-visits")["status"] == "OPEN"
    county.go_to(date(2026, 9, 22))
    assert county.row("household-visits")["status"] == "OVERDUE"
    assert (steps_ahead(county.runtime.store), county.parked()) == (0, 0)


def test_attempts_and_checks_move_in_their_ledgers(county: County) -> None:
    away, back = children(county, ["陈小雨", "孙浩"])
    for child in (away, back):
        county.hear(county.registry.suspected(child), county.registry.dropped_out(child))
    county.go_to(ex.RETURNED)
    county.hear(county.registry.returned(back))
    load(county, FARMING, ex.RETURNED)
    settle(county)
    (checks,) = county.rows("stability-checks")
    assert checks["next_check_on"] == "2026-10-26"
    assert [each["due_on"] for each in checks["checks"]] == ["2026-10-26", "2026-10-27", "2026-11-11"]
    load(county, calendars.nothing(2026), ex.RETURNED)
    settle(county)
    assert county.row("stability-checks")["next_check_on"] == "2026-10-15"


def test_what_rests_on_an_unannounced_year_says_so_until_its_notice_is_loaded(county: County) -> None:
    county.go_to(date(2026, 12, 30))
    county.hear(*county.registry.out_of_school("c1", "陈小雨", date(2026, 12, 30)))
    visit = county.row("household-visits")
    assert (visit["due_on"], visit["due_note"]) == ("2027-01-04", "可能调整（2027年放假安排尚未公布）")
    load(county, calendars.NOTICE_2027, date(2026, 12, 30))
    settle(county)
    assert county.row("household-visits")["due_note"] == ""
    moved = county.runtime.store.events.find_one({"type": DueDayMoved.TYPE})
    assert moved is not None
    assert (moved["data"]["matter"], moved["data"]["reason"]) == (Matter.VISIT, "CALENDAR")


@pytest.mark.parametrize("rows", [1, 2])
def test_a_second_load_during_a_walk_begins_the_walk_anew(
    county: County, rows: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recomputing, "ROWS_A_STEP", rows)
    for child, name in (("c1", "陈小雨"), ("c2", "孙浩"), ("c3", "何青")):
        county.hear(*county.registry.out_of_school(child, name))
    load(county, calendars.festival(date(2026, 9, 9), date(2026, 9, 30)))
    fire_due(county.runtime.application, limit=1)
    load(county, CLOSED)
    settle(county)
    assert {row["due_on"] for row in county.rows("household-visits")} == {"2026-09-21"}
    assert county.runtime.store.deadlines.count_documents({"command": RecomputeNext.NAME}) == 0


def test_a_walk_that_comes_twice_moves_nothing_twice(county: County) -> None:
    county.hear(*county.registry.out_of_school("c1", "陈小雨"))
    moved = []
    for _ in range(2):
        load(county, CLOSED)
        settle(county)
        moved.append(county.runtime.store.events.count_documents({"type": DueDayMoved.TYPE}))
    assert moved == [4, 4], "the visit and three attempts"
