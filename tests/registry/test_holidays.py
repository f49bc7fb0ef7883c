"""The clocks of attendance stand still while there is no school. The autumn term ends on 20 January 2027."""

from datetime import date, timedelta

from services.registry.attendance.events import ReturnStabilised, StudentRelapsed, SuspectedDropoutFlagged
from services.registry.attendance.returning import RecordReturn
from services.registry.attendance.runs import RecordAbsences
from services.registry.children.ids import ChildId, SchoolCode
from tests.registry.conftest import Registry
from tests.registry.imports.test_concluding import book
from tests.registry.imports.test_importing import SCHOOL, WANG, school
from tests.registry.test_api import SignIn, code, officer
from tests.shared.http.client import Client

__all__ = ["officer", "school"]  # fixtures, used by name

LAST_DAY, FIRST_DAY = date(2027, 1, 20), date(2027, 2, 20)


def wang(nol: Registry) -> ChildId:
    row = nol.store.ledger_collection("children").find_one({"id_index": nol.personal.index("id_number", WANG)})
    assert row is not None
    return ChildId(row["_id"])


def suspicions(nol: Registry) -> list[date]:
    """The days of all suspicions that the other services have heard of."""
    types = {"$in": [SuspectedDropoutFlagged.TYPE, StudentRelapsed.TYPE]}
    found = nol.store.events.find({"type": types}, {"data": 1})
    return [date.fromisoformat(each["data"].get("flagged_on") or each["data"]["relapsed_on"]) for each in found]


def test_who_misses_the_last_day_of_a_term_is_not_suspected_in_the_holidays(school: Registry) -> None:
    school.wait_until(LAST_DAY)
    school.do(RecordAbsences(child_id=wang(school), day=LAST_DAY))
    school.wait_until(FIRST_DAY + timedelta(days=40))
    assert suspicions(school) == []


def test_a_spell_that_is_long_enough_as_the_term_ends_is_a_suspicion_as_the_next_begins(school: Registry) -> None:
    school.wait_until(LAST_DAY)
    school.do(RecordAbsences(child_id=wang(school), day=date(2027, 1, 14), until=LAST_DAY))
    school.wait_until(FIRST_DAY - timedelta(days=1))
    assert suspicions(school) == []
    school.wait_until(FIRST_DAY)
    assert suspicions(school) == [FIRST_DAY]


def test_a_sheet_that_is_entered_in_the_holidays_waits_for_the_term_too(school: Registry) -> None:
    school.wait_until(LAST_DAY + timedelta(days=3))
    school.do(RecordAbsences(child_id=wang(school), day=date(2027, 1, 11), until=LAST_DAY))
    school.wait_until(FIRST_DAY)
    assert suspicions(school) == [FIRST_DAY]


def test_nobody_flags_a_suspicion_in_the_holidays(school: Registry, officer: Client, sign_in: SignIn) -> None:
    school.wait_until(LAST_DAY)
    school.do(RecordAbsences(child_id=wang(school), day=date(2027, 1, 18), until=LAST_DAY))
    school.wait_until(date(2027, 2, 1))
    flag = officer.post(f"/children/{wang(school)}/suspicions", {"reason": "外出务工"})
    assert code(flag) == (409, "school-is-closed")


def test_a_probation_that_ends_in_the_holidays_is_decided_by_the_first_sheet_after_them(school: Registry) -> None:
    child = wang(school)
    school.wait_until(date(2027, 1, 4))
    school.do(RecordAbsences(child_id=child, day=date(2026, 12, 21), until=date(2026, 12, 31)))
    school.wait_until(date(2027, 1, 5))
    back = date(2027, 1, 5)
    school.do(RecordReturn(child_id=child, school_code=SchoolCode(SCHOOL), returned_on=back, evidence=("报到单1号",)))
    school.wait_until(date(2027, 2, 22))
    assert school.child(child)["status"] == "RETURNED_PROBATION"
    school.load("attendance", book(counts=[["2027-02-22", "六年级", "2班", 2, 2]]))
    assert school.child(child)["status"] == "IN_SCHOOL"
    assert school.history(child)[-1].type == ReturnStabilised.TYPE
