"""A school merges, closes, opens again; and none of its pupils is left without a school."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from services.registry.attendance.daily import RecordAttendance
from services.registry.attendance.marks import Mark, MarkKind
from services.registry.attendance.returning import RecordReturn
from services.registry.attendance.suspicion import FlagSuspectedDropout
from services.registry.children.ids import SchoolCode
from services.registry.policy import read_policy
from services.registry.schools.kinds import SchoolStatus
from services.registry.schools.refusals import (
    ReceivingSchoolDoesNotTeach,
    ReceivingSchoolNotOpen,
    SchoolNoLongerOpen,
    SchoolNotClosed,
    SchoolNotRegistered,
)
from services.registry.schools.schools import RegisterSchool
from services.registry.service import registry
from shared.calendar import shipped_calendar
from shared.kernel.application import Application
from shared.kernel.firing import fire_due
from shared.kernel.refusals import DateBefore, DateInFuture, Refused
from shared.kernel.store import Store
from tests.registry.conftest import Registry
from tests.registry.schools.county import (
    CENTRAL,
    MIDDLE,
    OTHER,
    POINT,
    TODAY,
    close,
    enrol,
    found_schools,
    pupil,
    restore,
)

NOWHERE = SchoolCode("2134000099")
NEXT_TERM = date(2027, 2, 20)
pytestmark = pytest.mark.rule("11-20")


@pytest.fixture
def county(nol: Registry) -> Registry:
    found_schools(nol)
    return nol


def school_of(nol: Registry, child: str) -> str:
    return str(nol.child(child)["school"])


def row(nol: Registry, school: str = POINT) -> dict[str, object]:
    found = nol.store.ledger_collection("schools").find_one({"_id": school})
    assert found is not None
    return found


def let_it_happen(nol: Registry) -> int:
    fired = 0
    while count := fire_due(nol.application):
        fired += count
    return fired


def test_the_pupils_of_a_closed_school_are_at_the_receiving_school_and_the_old_one_is_remembered(
    county: Registry,
) -> None:
    children = [pupil(county, number) for number in range(3)]
    stays = pupil(county, 9, OTHER)
    county.do(close())
    let_it_happen(county)
    for child in children:
        moved = county.child(child)
        assert (moved["school"], moved["school_name"]) == (CENTRAL, "青石镇中心小学")
        assert (moved["former_school_code"], moved["former_school_name"]) == (POINT, "石坪教学点")
        assert (moved["moved_on"], moved["moved_because"]) == ("2026-11-20", "CLOSED")
        assert (moved["grade"], moved["class_no"], moved["class_teacher"]) == (3, 0, "")
        assert moved["status"] == "IN_SCHOOL"
    assert school_of(county, stays) == OTHER
    assert (row(county)["status"], row(county)["pupils_moved"]) == ("CLOSED", 3)
    assert row(county)["assets"] == "校舍由石坪村看护"


def test_a_closing_announced_beforehand_moves_nobody_before_its_day(county: Registry) -> None:
    child = pupil(county, 1)
    county.do(close(on=NEXT_TERM, how=SchoolStatus.MERGED))
    assert (row(county)["status"], row(county)["closed_on"]) == ("CLOSING", "2027-02-20")
    county.wait_until(NEXT_TERM - timedelta(days=1))
    assert (school_of(county, child), row(county)["status"]) == (POINT, "CLOSING")
    entered_late = pupil(county, 2)
    county.wait_until(NEXT_TERM)
    assert [school_of(county, each) for each in (child, entered_late)] == [CENTRAL, CENTRAL]
    assert county.child(child)["moved_on"] == "2027-02-20"
    assert row(county)["status"] == "MERGED"


def test_more_pupils_than_one_transaction_moves_are_moved_in_steps(county: Registry) -> None:
    policy = read_policy()
    small = replace(policy, school=replace(policy.school, pupils_moved_at_once=2))
    store = Store(
        county.store.client,
        county.store.database.name,
        registry(small, shipped_calendar()),
        county.store.partitions,
    )
    county = replace(county, application=Application(store, county.clock))
    children = [pupil(county, number) for number in range(5)]
    county.do(close())
    assert let_it_happen(county) == 4, "two and two and one pupil, and a last look"
    assert {school_of(county, child) for child in children} == {CENTRAL}
    assert row(county)["pupils_moved"] == 5


def test_a_child_who_dropped_out_of_a_closed_school_has_a_school_to_come_back_to(county: Registry) -> None:
    child = pupil(county, 1)
    absent = tuple(Mark(day=date(2026, 11, day), kind=MarkKind.UNEXCUSED) for day in (17, 18))
    county.do(RecordAttendance(child_id=child, marks=absent))
    county.do(FlagSuspectedDropout(child_id=child, reason="随父母外出"))
    county.do(close())
    let_it_happen(county)
    assert (school_of(county, child), county.child(child)["status"]) == (CENTRAL, "SUSPECTED_DROPOUT")
    county.do(RecordReturn(child_id=child, school_code=CENTRAL, returned_on=TODAY, evidence=("报到单1号",)))
    assert county.child(child)["status"] == "RETURNED_PROBATION"


def test_a_closed_school_enters_nobody_and_says_where_to_go(county: Registry) -> None:
    newcomer = pupil(county, 1, OTHER)
    county.do(close())
    with pytest.raises(SchoolNoLongerOpen) as refused:
        pupil(county, 2)
    assert "青石镇中心小学" in refused.value.zh
    with pytest.raises(SchoolNoLongerOpen):
        county.do(enrol(newcomer, POINT))


def test_the_receiving_school_puts_a_moved_pupil_into_a_class(county: Registry) -> None:
    child = pupil(county, 1)
    county.do(close())
    let_it_happen(county)
    county.do(replace(enrol(child, CENTRAL), class_no=2, class_teacher="何老师"))
    assert (county.child(child)["class_no"], county.child(child)["class_teacher"]) == (2, "何老师")


@pytest.mark.parametrize(
    ("before", "command", "refusal"),
    [
        ((), close(into=POINT), ReceivingSchoolNotOpen),
        ((close(CENTRAL, OTHER),), close(), ReceivingSchoolNotOpen),
        ((close(CENTRAL, OTHER, on=NEXT_TERM),), close(), ReceivingSchoolNotOpen),
        ((close(),), close(into=OTHER), SchoolNoLongerOpen),
        ((), close(into=NOWHERE), SchoolNotRegistered),
        ((), close(NOWHERE), SchoolNotRegistered),
        ((), restore(), SchoolNotClosed),
        ((close(),), restore(on=TODAY + timedelta(days=1)), DateInFuture),
        ((close(),), restore(on=TODAY - timedelta(days=1)), DateBefore),
    ],
)
def test_no_closing_without_an_open_school_and_no_restoration_without_a_closing(
    county: Registry, before: tuple[object, ...], command: object, refusal: type[Refused]
) -> None:
    for earlier in before:
        county.do(earlier)
    events = county.events()
    with pytest.raises(refusal):
        county.do(command)
    assert county.events() == events


def test_the_receiving_school_must_teach_the_grades_of_the_pupils_there_are(county: Registry) -> None:
    pupil(county, 1, grade=4)
    with pytest.raises(ReceivingSchoolDoesNotTeach, match="4"):
        county.do(close(into=MIDDLE))


def test_a_school_without_pupils_may_close_into_any_other(county: Registry) -> None:
    county.do(close(into=MIDDLE))
    assert row(county)["receiving_school_code"] == MIDDLE


def test_the_same_closing_told_twice_is_one(county: Registry) -> None:
    county.do(close())
    assert county.do(close(), id="again").events == ()


def test_a_restored_school_enters_pupils_again_and_those_who_were_moved_stay(county: Registry) -> None:
    moved = pupil(county, 1)
    county.do(close())
    let_it_happen(county)
    county.do(restore())
    newcomer = pupil(county, 2)
    let_it_happen(county)
    assert (school_of(county, moved), school_of(county, newcomer)) == (CENTRAL, POINT)
    assert (row(county)["status"], row(county)["restored_on"]) == ("RESTORED", "2026-11-20")


def test_a_closing_taken_back_before_its_day_moves_nobody(county: Registry) -> None:
    child = pupil(county, 1)
    county.do(close(on=NEXT_TERM))
    county.do(restore())
    county.wait_until(NEXT_TERM)
    assert school_of(county, child) == POINT


def test_where_the_receiving_school_has_closed_too_the_pupils_go_on_to_its_successor(county: Registry) -> None:
    child = pupil(county, 1)
    county.do(close(on=NEXT_TERM))
    county.do(close(CENTRAL, OTHER))
    county.wait_until(NEXT_TERM)
    assert school_of(county, child) == OTHER


def test_a_school_told_again_after_its_closing_stays_closed(county: Registry) -> None:
    county.do(close())
    renamed = RegisterSchool(school_code=POINT, name="石坪小学教学点", kind="TEACHING_POINT", division="349921101")
    county.do(renamed)
    assert (row(county)["status"], row(county)["name"]) == ("CLOSED", "石坪小学教学点")
