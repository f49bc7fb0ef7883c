"""Last term's rosters beside the pupils of today. Rule 9-03."""

from collections import Counter
from datetime import date
from typing import Any

import pytest

from services.registry.reconciliation.reasons import reasons
from services.registry.reconciliation.rosters import compare_rosters
from services.registry.snapshots.lines import Line
from tests.registry.reconciliation.people import ON, OTHER, SCHOOL, line, pupil, unknown

pytestmark = pytest.mark.rule("9-03")
SPRING, AUTUMN = date(2026, 3, 1), date(2026, 9, 1)


def compared(last: list[tuple[date, Line]], *pupils: Any) -> tuple[list[str], dict[str, int]]:
    totals: Counter[str] = Counter()
    found = [each.identity for each in compare_rosters(last, pupils, ON, reasons(), totals)]
    return found, {name.removeprefix("roster_"): count for name, count in totals.items() if count}


def on_roster(number: str = "ID1", grade: int = 5, on: date = SPRING, **more: Any) -> tuple[date, Line]:
    return on, line(number, **{"school": SCHOOL, "grade": grade, **more})


def test_who_was_on_the_roster_and_is_nowhere_now_is_missing() -> None:
    assert compared([on_roster()]) == ([unknown("ID1")], {"missing": 1})
    assert compared([on_roster()], pupil(status="DROPPED_OUT")) == (["cID1"], {"missing": 1})


def test_who_is_at_another_school_has_moved_and_who_was_on_none_is_new() -> None:
    assert compared([on_roster()], pupil(school=OTHER), pupil("ID2")) == ([], {"moved": 1, "new": 1})


def test_who_is_there_still_is_no_news() -> None:
    assert compared([on_roster()], pupil()) == ([], {})


@pytest.mark.parametrize("status", sorted(reasons().explained))
def test_of_whom_it_is_known_where_it_is_is_not_missing(status: str) -> None:
    assert compared([on_roster()], pupil(status=status)) == ([], {})


@pytest.mark.parametrize(("grade", "on", "missing"), [(9, SPRING, False), (8, SPRING, True), (9, AUTUMN, True)])
def test_the_last_grade_of_last_school_year_has_left(grade: int, on: date, missing: bool) -> None:
    found, _ = compared([on_roster(grade=grade, on=on)])
    assert bool(found) is missing


def test_of_two_rosters_the_later_one_is_believed() -> None:
    older, newer = on_roster(school=SCHOOL), on_roster(on=AUTUMN, school=OTHER)
    assert compared([newer, older], pupil(school=OTHER)) == ([], {})


def test_without_a_roster_nobody_is_new() -> None:
    assert compared([], pupil()) == ([], {})
