"""When the calendar changes, the registry's open due days and clocks follow; what is answered or missed stays."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from services.registry.calendars.loading import LoadCalendar
from services.registry.children.child import Child
from services.registry.children.state import CHILDREN
from services.registry.children.statuses import Attendance
from services.registry.due_days.events import DueDayMoved, Matter, MoveReason
from services.registry.due_days.moving import moved_days
from services.registry.entering.clocks import seeking_clocks
from services.registry.rosters.clocks import freezing, next_checks
from services.registry.transfers.clocks import gap_clocks
from services.registry.transfers.transfer import Direction, Transfer
from shared.calendar import SchoolCalendar, shipped_calendar, start_of_local_day
from shared.kernel import recomputing
from shared.kernel.firing import fire_due
from shared.kernel.recomputing import steps_ahead
from tests import calendars
from tests.given import given
from tests.registry.conftest import Registry
from tests.registry.facts import CHILD, POLICY, SCHOOL, day, enrolled, registered
from tests.registry.respites.given import applied, suspended
from tests.registry.test_transfers import RECEIVING, REQUEST, SECOND, school, transfer
from tests.registry.test_whereabouts import ELSEWHERE, known

AWAITED_TRANSFER = Transfer(
    id="t1",
    direction=Direction.WITHIN,
    receiving_school_code=SECOND,
    receiving_school_name="白沙镇中心小学",
    grade=6,
    last_on=date(2026, 11, 20),
    completed_on=date(2026, 11, 20),
    over=True,
)
__all__ = ["known", "school"]  # fixtures, used by name
TERM_OF_ITS_OWN = '[[term]]\nid = "2027-spring"\nfirst = 2027-03-08\nlast = 2027-07-09\n'
NEW_YEAR = "可能调整（2027年放假安排尚未公布）"


def under(text: str) -> SchoolCalendar:
    return calendars.content(text).over(shipped_calendar())


def load(nol: Registry, text: str) -> None:
    nol.do(LoadCalendar(document="青石县教〔2026〕1号", content=calendars.content(text)), id=f"load {text}")
    nol.clock.advance(timedelta(minutes=1))
    nol.fire()


# -- decided from state and calendar alone


def test_a_reminder_follows_the_notice_until_it_has_been_said() -> None:
    child = given(CHILDREN, registered(), enrolled(), applied(), suspended()).state
    (moved,) = moved_days(POLICY, under(calendars.NOTICE_2027), child, day(1))
    assert (moved.matter, moved.item, moved.provisional) == (Matter.RESPITE_REMINDER, "a1", False)
    settled = CHILDREN.evolve(child, moved)
    assert moved_days(POLICY, under(calendars.NOTICE_2027), settled, day(1)) == []
    assert moved_days(POLICY, shipped_calendar(), child, day(1)) == []


def test_rosters_of_terms_ahead_are_frozen_by_the_terms_new_dates() -> None:
    today = date(2026, 11, 20)
    (before,) = freezing(POLICY.roster, shipped_calendar(), SCHOOL, today)
    (after,) = freezing(POLICY.roster, under(TERM_OF_ITS_OWN), SCHOOL, today)
    assert before.key == after.key
    assert after.due_at == start_of_local_day(date(2027, 3, 8) + timedelta(days=POLICY.roster.frozen_after_days))


def test_headcounts_are_looked_at_until_the_terms_new_end() -> None:
    longer = under('[[term]]\nid = "2026-autumn"\nfirst = 2026-09-01\nlast = 2027-01-29\n')
    checks = next_checks(longer, SCHOOL, "2026-autumn", date(2027, 1, 20))
    assert checks[-1].due_at == start_of_local_day(date(2027, 1, 29))


# -- the walk


def test_a_partys_day_moves_with_its_clock_and_both_days_stay_on_record(school: Registry) -> None:
    school.do(REQUEST, caller=RECEIVING)
    assert transfer(school)["respond_by"] == "2026-12-04"
    load(school, calendars.year_with(date(2026, 12, 1), date(2026, 12, 4)))
    row = transfer(school)
    assert (row["respond_by"], row["respond_by_before"]) == ("2026-12-10", "2026-12-04")
    (moved,) = [event for event in school.history(CHILD) if event.type == DueDayMoved.TYPE]
    assert (moved.data["due_before"], moved.data["due_on"]) == ("2026-12-04", "2026-12-10")
    assert moved.data["reason"] == MoveReason.CALENDAR
    school.wait_until(date(2026, 12, 10))
    assert not transfer(school)["overdue"]
    school.wait_until(date(2026, 12, 11))
    assert transfer(school)["overdue"]
    assert steps_ahead(school.store) == 0


def test_a_partys_day_in_an_unannounced_year_says_so_until_the_notice_is_loaded(school: Registry) -> None:
    school.wait_until(date(2026, 12, 25))
    school.do(REQUEST, caller=RECEIVING)
    assert transfer(school)["respond_by_note"] == NEW_YEAR
    load(school, calendars.NOTICE_2027)
    assert (transfer(school)["respond_by_note"], transfer(school)["respond_by_before"]) == ("", "2027-01-11")


def test_a_clock_that_runs_by_terms_is_set_anew_though_nothing_happened_to_the_child(known: Registry) -> None:
    nol = known
    nol.do(ELSEWHERE)
    key = f"elsewhere:{CHILD}"
    before = clock(nol, key)
    load(nol, TERM_OF_ITS_OWN)
    assert clock(nol, key) - before == timedelta(days=(date(2027, 3, 8) - date(2027, 2, 20)).days)


def clock(nol: Registry, key: str) -> Any:
    document = nol.store.deadlines.find_one({"_id": key})
    assert document is not None
    return document["due_at"]


@pytest.mark.parametrize("rows", [1, 200])
def test_a_walk_goes_on_where_a_killed_worker_left_it(
    school: Registry, rows: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recomputing, "ROWS_A_STEP", rows)
    school.do(REQUEST, caller=RECEIVING)
    text = calendars.year_with(date(2026, 12, 1), date(2026, 12, 4))
    school.do(LoadCalendar(document="文号", content=calendars.content(text)))
    school.clock.advance(timedelta(minutes=1))
    steps = 0
    while steps_ahead(school.store):
        fire_due(school.application, limit=1)  # every step is a worker's last
        steps += 1
    assert steps >= 7
    assert transfer(school)["respond_by"] == "2026-12-10"


# -- nobody is missed while schools are closed


def test_who_changes_schools_at_a_terms_end_is_not_missed_in_the_holidays() -> None:
    """Left on Friday, 15 January 2027; the term ends on the 20th, and the next one begins on 20 February."""
    child = Child(id=CHILD, transfer=replace(AWAITED_TRANSFER, left_on=date(2027, 1, 15)))
    (clock,) = gap_clocks(POLICY.transfer, shipped_calendar(), child, start_of_local_day(date(2027, 1, 15)))
    assert shipped_calendar().terms.term_of(date(2027, 1, 21)) is None
    assert clock.due_at == start_of_local_day(date(2027, 2, 25))


def test_in_the_midst_of_a_term_the_days_are_those_of_the_almanac() -> None:
    child = Child(id=CHILD, transfer=replace(AWAITED_TRANSFER, left_on=date(2026, 11, 20)))
    (clock,) = gap_clocks(POLICY.transfer, shipped_calendar(), child, start_of_local_day(date(2026, 11, 20)))
    assert clock.due_at == start_of_local_day(date(2026, 12, 1))


def test_who_shall_report_before_the_term_is_not_sought_before_it_has_begun() -> None:
    child = Child(id=CHILD, attendance=Attendance.NEVER_ENROLLED, awaited_since=date(2026, 8, 16))
    (clock,) = seeking_clocks(POLICY.entering, shipped_calendar(), child, start_of_local_day(date(2026, 8, 16)))
    assert clock.due_at == start_of_local_day(date(2026, 9, 11))
