"""A county's own holidays (农忙假): each service's clocks go by them, and what was served keeps its day.

National Day 2026 ends on 7 October; the 10th is worked for it. All days are reckoned by hand.
"""

from datetime import date
from typing import Any

import pytest

from tests import calendars
from tests.whole_county.county import WholeCounty
from tests.whole_county.people import Staff

HARVEST = calendars.farming(date(2026, 10, 12), date(2026, 10, 18))
AND_A_SECOND = HARVEST + '[[school_holiday]]\nname = "秋种假"\nfirst = 2026-11-11\nlast = 2026-11-13\n'


@pytest.fixture
def staff(county: WholeCounty) -> Staff:
    staff = Staff(county)
    staff.open_school()
    return staff


def one(county: WholeCounty, service: str, ledger: str, **fields: Any) -> dict[str, Any]:
    (row,) = county.rows(service, ledger, **fields)
    return row


def test_a_week_of_absence_goes_around_a_farm_holiday_in_all_services(county: WholeCounty, staff: Staff) -> None:
    child = staff.register("田小满")
    staff.load_calendar(HARVEST)
    county.wait_until(date(2026, 10, 8))
    staff.miss(child, date(2026, 10, 12))  # the 8th to the 11th: four days
    county.wait_until(date(2026, 10, 19))
    assert one(county, "registry", "children")["status"] == "ABSENT_UNEXCUSED"

    staff.miss(child, date(2026, 10, 22))  # the 19th to the 21st: seven

    assert one(county, "registry", "children")["suspected_on"] == "2026-10-22"
    visit = one(county, "visits", "household-visits")
    assert (visit["opened_on"], visit["due_on"]) == ("2026-10-22", "2026-10-23")
    assert one(county, "assistance", "children")["suspected_on"] == "2026-10-22"
    duties = {each["duty"]: each["due_on"] for each in county.rows("supervision", "obligations")}
    assert duties == {"HOUSEHOLD_VISIT": "2026-10-23", "REPORT_SUSPECTED": "2026-10-23"}


def test_a_holiday_that_is_loaded_late_moves_the_checks_of_those_who_are_back(
    county: WholeCounty, staff: Staff
) -> None:
    child = staff.register("田小满")
    county.wait_until(date(2026, 10, 22))
    staff.miss(child, date(2026, 10, 29))
    county.wait_until(date(2026, 11, 2))
    staff.take_back(child)
    checks = one(county, "visits", "stability-checks")["checks"]
    assert [each["due_on"] for each in checks] == ["2026-11-05", "2026-11-12", "2026-12-02"]

    staff.load_calendar(AND_A_SECOND)

    checks = one(county, "visits", "stability-checks")["checks"]
    assert [each["due_on"] for each in checks] == ["2026-11-05", "2026-11-16", "2026-12-02"]
    county.wait_until(date(2026, 12, 1))
    assert one(county, "registry", "children")["status"] == "RETURNED_PROBATION"
    county.wait_until(date(2026, 12, 2))
    assert one(county, "registry", "children")["status"] == "IN_SCHOOL"


def test_a_notice_that_was_served_keeps_its_last_day_and_runs_through_the_holiday(
    county: WholeCounty, staff: Staff
) -> None:
    child = staff.register("田小满")
    staff.miss(child, date(2026, 9, 8))
    staff.persuade(child)
    county.wait_until(date(2026, 10, 9))  # 28 days but for the Mid-Autumn Festival and National Day
    staff.confirm_dropout(child)
    notice = staff.ask_for_a_notice(child)
    staff.name_township()
    staff.issue(notice)
    staff.serve(notice)
    served = one(county, "supervision", "return-notices")
    assert (served["status"], served["last_day"]) == ("RUNNING", "2026-10-16")
    attempts = one(county, "visits", "persuasion-plans")["attempts_due"]

    staff.load_calendar(HARVEST)

    assert one(county, "visits", "persuasion-plans")["attempts_due"] == attempts  # who persuades works in them
    assert one(county, "supervision", "return-notices")["last_day"] == "2026-10-16"
    county.wait_until(date(2026, 10, 17))
    assert one(county, "supervision", "return-notices")["status"] == "EXPIRED"
