"""A case of visits goes where its child goes, ends when it is gone, and meets its days when they are entered."""

from datetime import date, timedelta
from typing import Any

import pytest

from tests.whole_county.county import WholeCounty
from tests.whole_county.people import SCHOOL, Staff

MONDAY = date(2026, 9, 7)
THERE, ITS_TOWNSHIP = "2134000002", "349921102"
ID_NUMBER = "349921201605010016"


@pytest.fixture
def staff(county: WholeCounty) -> Staff:
    staff = Staff(county)
    staff.open_school()
    county.wait_until(MONDAY)
    return staff


def one(county: WholeCounty, service: str, ledger: str, **fields: Any) -> dict[str, Any]:
    (row,) = county.rows(service, ledger, **fields)
    return row


def attempt(county: WholeCounty) -> dict[str, Any]:
    today = county.today.isoformat()
    return {"method": "PHONE", "attempted_on": today, "persons": ["方老师"], "result": "REFUSED"}


def visit(county: WholeCounty) -> dict[str, Any]:
    today = county.today.isoformat()
    return {"visited_on": today, "place": "HOME", "people": ["方老师"], "cause": "WORKING", "result": "UNDECIDED"}


def assign_teacher(staff: Staff, school: str, teacher: str) -> None:
    body = {"grade": 4, "class_no": 1, "teacher": teacher, "assigned_on": staff.county.today.isoformat()}
    staff.does(staff.bureau("visits"), f"/schools/{school}/class-teachers", **body)


def test_after_a_schools_closing_the_receiving_school_has_the_plan_and_the_closed_one_meets_404(
    county: WholeCounty, staff: Staff
) -> None:
    staff.open_school(THERE, "石桥镇中心小学", ITS_TOWNSHIP)
    assign_teacher(staff, SCHOOL, "方老师")
    assign_teacher(staff, THERE, "周老师")
    child = staff.register("田小满")
    staff.miss(child, MONDAY + timedelta(days=7))
    staff.does(staff.teacher("visits"), f"/children/{child}/attempts", **attempt(county))
    assert one(county, "visits", "household-visits")["teacher"] == "方老师"

    hand_over = {"assets": "校舍由村看护", "records": "档案移交", "taken_over_by": "何志强"}
    closing = {"receiving_school_code": THERE, "closed_on": county.today.isoformat()}
    staff.does(staff.bureau("registry"), f"/schools/{SCHOOL}/closures", **closing, hand_over=hand_over)

    open_visit = one(county, "visits", "household-visits")
    assert (open_visit["school"], open_visit["teacher"], open_visit["unassigned"]) == (THERE, "", True)
    assert one(county, "visits", "persuasion-plans")["school"] == THERE
    assert one(county, "visits", "persuasion-attempts")["school"] == SCHOOL, "done there"
    path = f"/children/{child}"
    assert staff.teacher("visits").get(path).status_code == 404
    assert staff.tries(staff.teacher("visits"), f"{path}/attempts", **attempt(county)) == "not-found"
    assert staff.teacher("visits", THERE).get(path).status_code == 200
    where = {"school_code": THERE, "grade": 4, "class_no": 1, "enrolled_on": county.today.isoformat()}
    staff.does(staff.principal("registry", THERE), f"{path}/enrolments", **where)
    assert one(county, "visits", "household-visits")["teacher"] == "周老师"
    staff.does(staff.teacher("visits", THERE), f"{path}/visits/{open_visit['visit_id']}/records", **visit(county))


def test_a_child_that_died_has_nothing_open_and_what_is_refused_says_why(county: WholeCounty, staff: Staff) -> None:
    child = staff.register("田小满")
    staff.miss(child, MONDAY + timedelta(days=7))
    (open_visit,) = county.rows("visits", "household-visits")
    papers = [{"kind": "DEATH_CERTIFICATE", "reference": "死亡证明1号"}]
    died_on = county.today.isoformat()
    staff.does(staff.principal("registry"), f"/children/{child}/deaths", died_on=died_on, papers=papers)
    county.wait_until(county.today + timedelta(days=1))

    row = one(county, "visits", "household-visits")
    assert (row["status"], row["cancel_reason"]) == ("CANCELLED", "DECEASED")
    assert one(county, "visits", "persuasion-plans")["closed_for"] == "DECEASED"
    teacher, path = staff.teacher("visits"), f"/children/{child}"
    assert staff.tries(teacher, f"{path}/attempts", **attempt(county)) == "child-is-not-away"
    recording = f"{path}/visits/{open_visit['visit_id']}/records"
    assert staff.tries(teacher, recording, **visit(county)) == "visit-cancelled"
    three = {"teacher": "方老师", "village_cadre": "温主任", "guardian": "田大山"}
    assert staff.tries(staff.bureau("visits"), f"{path}/teams", **three) == "plan-is-closed"


def test_the_third_check_is_recorded_on_its_due_day_and_makes_the_return_whole(
    county: WholeCounty, staff: Staff
) -> None:
    child = staff.register("田小满")
    staff.miss(child, MONDAY + timedelta(days=7))
    staff.take_back(child)
    days = [date.fromisoformat(each["due_on"]) for each in one(county, "visits", "stability-checks")["checks"]]
    check = {"finding": "ATTENDING"}
    path = f"/children/{child}/stability-checks"
    county.wait_until(days[0])
    staff.does(staff.teacher("visits"), path, check_no=1, checked_on=days[0].isoformat(), **check)
    county.wait_until(days[2])
    assert one(county, "registry", "children")["status"] == "IN_SCHOOL"
    assert one(county, "visits", "stability-checks")["status"] == "STABLE_WITHOUT_CHECKS"

    staff.does(staff.teacher("visits"), path, check_no=3, checked_on=days[2].isoformat(), **check)
    staff.does(staff.teacher("visits"), path, check_no=2, checked_on=days[1].isoformat(), **check)

    row = one(county, "visits", "stability-checks")
    assert [each["lateness"] for each in row["checks"]] == ["IN_TIME", "ENTERED_LATE", "IN_TIME"]
    assert (row["status"], row["checks_late"], row["next_check_on"]) == ("STABLE", 1, None)


def transfer(staff: Staff, child: str, id_number: str) -> None:
    """Asked for by the receiving school, agreed to by the bureau, the sending school and the bureau again."""
    today = staff.county.today.isoformat()
    asked = {
        "name": "田小满",
        "id_number": id_number,
        "receiving_school_code": THERE,
        "grade": 4,
        "reason": "随父母搬家",
    }
    papers = [{"kind": kind, "reference": "1号"} for kind in ("GUARDIAN_APPLICATION", "TRANSFER_FORM")]
    staff.does(staff.principal("registry", THERE), "/transfers", **asked, requested_on=today, papers=papers)
    path = f"/children/{child}/transfer-confirmations"
    staff.does(staff.bureau("registry"), path, confirmed_on=today, receipt="回执1号")
    staff.does(staff.principal("registry"), path, confirmed_on=today, left_on=today)
    staff.does(staff.bureau("registry"), path, confirmed_on=today, receipt="回执2号")


def test_after_a_transfer_the_checks_to_come_are_the_receiving_schools(county: WholeCounty, staff: Staff) -> None:
    staff.open_school(THERE, "石桥镇中心小学", ITS_TOWNSHIP)
    child = staff.register("田小满", id_number=ID_NUMBER)
    staff.miss(child, MONDAY + timedelta(days=7))
    staff.take_back(child)

    transfer(staff, child, ID_NUMBER)

    row = one(county, "visits", "stability-checks")
    assert (row["school"], row["status"]) == (THERE, "FOLLOWING_UP")
    first = date.fromisoformat(row["checks"][0]["due_on"])
    county.wait_until(first)
    check = {"check_no": 1, "checked_on": first.isoformat(), "finding": "ATTENDING"}
    path = f"/children/{child}/stability-checks"
    assert staff.tries(staff.teacher("visits"), path, **check) == "not-found"
    assert staff.tries(staff.teacher("visits", THERE), path, **check) == ""


def test_a_lapse_of_home_teaching_sends_somebody_at_once_and_only_one(county: WholeCounty, staff: Staff) -> None:
    file = {"student_number": f"G{ID_NUMBER}", "enrolled_on": "2026-09-01"}
    enrolment = {"school_code": SCHOOL, "grade": 4, "class_no": 1, **file}
    child = staff.register("田小满", id_number=ID_NUMBER, enrolment=enrolment)
    needed = ("GUARDIAN_APPLICATION", "COMMITTEE_OPINION", "AGREEMENT", "TEACHING_PLAN")
    papers = [{"kind": kind, "reference": "1号"} for kind in needed]
    placed = {"placement": "HOME_TEACHING", "reason": "重度肢体残疾", "teacher": "方老师"}
    today = county.today.isoformat()
    disabled = {"group": "DISABLED", "source": "残疾人证", "from_on": today}
    staff.does(staff.bureau("registry"), f"/children/{child}/group-entries", **disabled)
    staff.does(staff.bureau("registry"), f"/children/{child}/placements", **placed, decided_on=today, papers=papers)
    county.wait_until(date(2026, 10, 9))

    staff.does(staff.principal("registry"), f"/children/{child}/home-teaching-lapses", month=today, valid_sessions=0)

    visit = one(county, "visits", "household-visits")
    assert (visit["reason"], visit["priority"]) == ("HOME_TEACHING_LAPSED", "URGENT")
    assert (visit["opened_on"], visit["due_on"]) == ("2026-10-09", "2026-10-10")
