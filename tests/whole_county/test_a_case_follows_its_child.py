"""What the registry says of a child moves the child's case, its duties and its notice in the same breath."""

from datetime import date, timedelta

import pytest

from tests.whole_county.county import WholeCounty
from tests.whole_county.people import BEGINS, SCHOOL, Staff

RECEIVING, ITS_TOWNSHIP = "2134000002", "349921102"


@pytest.fixture
def staff(county: WholeCounty) -> Staff:
    staff = Staff(county)
    staff.open_school()
    staff.name_township()
    return staff


def test_nothing_is_issued_for_a_child_who_died_and_the_case_closes_as_that_and_nothing_else(
    county: WholeCounty, staff: Staff
) -> None:
    child = staff.register("田小满")
    staff.miss(child, date(2026, 9, 8))
    staff.persuade(child)
    principal, bureau = staff.principal("supervision"), staff.bureau("supervision")
    ask = {"facts": "多次劝返未果。", "unreported_because": "当日补报"}
    staff.does(principal, f"/cases/{child}/notice-requests", **ask)
    (notice,) = county.rows("supervision", "return-notices", child_id=child)
    today = county.today.isoformat()

    paper = {"kind": "DEATH_CERTIFICATE", "reference": "医证1号"}
    staff.does(staff.bureau("registry"), f"/children/{child}/deaths", died_on=today, papers=[paper])

    clerk = staff.township("supervision")
    assert staff.tries(clerk, f"/return-notices/{notice['_id']}/issues", issued_on=today) == "child-not-sought"
    assert staff.tries(principal, f"/cases/{child}/notice-requests", **ask) == "child-not-sought"
    (case,) = county.rows("supervision", "return-cases")
    assert (case["status"], case["search_ended_because"], case["overdue"]) == ("SEARCH_ENDED", "DECEASED", 0)
    request = {"cycle": 1, "evidence": [paper | {"dated_on": today}]}
    path = f"/cases/{child}/closure-requests"
    assert staff.tries(principal, path, reason="AGED_OUT", **request) == "reason-not-on-record"
    staff.does(principal, path, reason="DECEASED", **request)
    staff.does(bureau, f"/cases/{child}/closures", cycle=1)
    (died,) = county.events("registry", "registry.death-recorded.v1")
    (closed,) = county.events("supervision", "supervision.case-closed.v1")
    assert closed.data["fact"] == {"type": died.type, "event": died.id}


def test_the_case_of_a_pupil_whose_school_closes_goes_on_at_the_receiving_school(
    county: WholeCounty, staff: Staff
) -> None:
    staff.open_school(RECEIVING, "白水乡中心小学", ITS_TOWNSHIP)
    child = staff.register("田小满")
    staff.miss(child, date(2026, 9, 8))
    report = {"duty": "REPORT_SUSPECTED", "reported_on": county.today.isoformat(), "document": "1号"}

    staff.does(
        staff.bureau("registry"), f"/schools/{SCHOOL}/closures",
        receiving_school_code=RECEIVING, closed_on=county.today.isoformat(),
        hand_over={"assets": "校舍封存", "records": "档案移交", "taken_over_by": "白水乡中心小学"},
    )  # fmt: skip
    county.wait_until(county.today + timedelta(days=1))

    assert county.today > BEGINS
    assert staff.tries(staff.principal("supervision"), f"/cases/{child}/reports", **report) == "not-found"
    staff.does(staff.principal("supervision", RECEIVING), f"/cases/{child}/reports", **report)
    schools = {row["duty"]: row["school"] for row in county.rows("supervision", "obligations")}
    assert set(schools.values()) == {RECEIVING}
