"""Nobody was there for days, and then the workers come to what fell due meanwhile: each thing has its own day."""

from datetime import date, timedelta

import pytest

from tests.whole_county.county import WholeCounty
from tests.whole_county.people import Staff

MONDAY = date(2026, 9, 7)


@pytest.fixture
def staff(county: WholeCounty) -> Staff:
    staff = Staff(county)
    staff.open_school()
    county.wait_until(MONDAY)
    return staff


def test_a_suspicion_and_all_that_follows_from_it_have_the_days_that_they_would_have_had(
    county: WholeCounty, staff: Staff
) -> None:
    child = staff.register("田小满")
    staff.miss(child, MONDAY + timedelta(days=6))
    staff.enter_absence(child, county.today)
    county.pause_until(date(2026, 9, 18))

    county.settle()

    [row] = county.rows("registry", "children")
    assert (row["status"], row["suspected_on"]) == ("SUSPECTED_DROPOUT", "2026-09-14")
    [visit] = county.rows("visits", "household-visits")
    assert (visit["opened_on"], visit["due_on"], visit["status"]) == ("2026-09-14", "2026-09-15", "OVERDUE")
    [case] = county.rows("supervision", "return-cases")
    assert case["opened_on"] == "2026-09-14"
    duties = {each["duty"]: (each["due_on"], each["status"]) for each in county.rows("supervision", "obligations")}
    assert duties == {
        "HOUSEHOLD_VISIT": ("2026-09-15", "OVERDUE"),
        "REPORT_SUSPECTED": ("2026-09-15", "OVERDUE"),
    }


def test_days_that_are_entered_late_make_nobody_late(county: WholeCounty, staff: Staff) -> None:
    child = staff.register("田小满")
    county.wait_until(date(2026, 9, 20))

    staff.enter_absence(child, MONDAY, until=date(2026, 9, 18))
    county.wait_until(date(2026, 9, 21))

    [row] = county.rows("registry", "children")
    assert row["suspected_on"] >= "2026-09-20"
    [visit] = county.rows("visits", "household-visits")
    assert visit["opened_on"] == row["suspected_on"]
    assert visit["status"] == "OPEN"


def test_who_stayed_is_stable_on_the_day_on_which_the_time_was_up(county: WholeCounty, staff: Staff) -> None:
    child = staff.register("田小满")
    staff.miss(child, MONDAY + timedelta(days=7))
    staff.take_back(child)
    county.pause_until(date(2026, 10, 30))

    county.settle()

    stabilised = county.events("registry", "registry.return-stabilised.v1")
    assert [each.data["stabilised_on"] for each in stabilised] == ["2026-10-14"]
    [case] = county.rows("supervision", "return-cases")
    assert case["stabilised_on"] == "2026-10-14"


def test_a_notice_expires_on_its_day(county: WholeCounty, staff: Staff) -> None:
    child = staff.register("田小满")
    staff.miss(child, MONDAY + timedelta(days=7))
    staff.persuade(child)
    county.wait_until(date(2026, 10, 16))
    staff.confirm_dropout(child)
    notice = staff.ask_for_a_notice(child)
    staff.name_township()
    staff.issue(notice)
    staff.serve(notice)
    [row] = county.rows("supervision", "return-notices")
    last_day = date.fromisoformat(row["last_day"])
    county.pause_until(last_day + timedelta(days=9))

    county.settle()

    [expired] = county.events("supervision", "supervision.notice-expired.v1")
    assert expired.occurred_on == last_day + timedelta(days=1)
