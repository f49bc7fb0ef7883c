"""Transfers: asked for by the receiving school, confirmed by four parties, watched until the child sits in class."""

from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any

import pytest

from services.registry.attendance.returning import RecordReturn
from services.registry.children.ids import SchoolCode
from services.registry.children.state import CHILDREN
from services.registry.schools.events import SchoolRegistered
from services.registry.schools.kinds import DemonstrationLevel
from services.registry.schools.refusals import GradeNotTaught
from services.registry.schools.schools import RegisterSchool, School, SchoolNotRegistered
from services.registry.transfers.arriving import CheckTransferGap, RecordArrival, check_gap
from services.registry.transfers.confirming import ConfirmTransfer
from services.registry.transfers.ending import EndTransfer
from services.registry.transfers.refusals import (
    AlreadyThere,
    ArrivalNeedsReturn,
    BureauConfirms,
    LastDayMissing,
    NothingToArriveAt,
    NoTransferUnderWay,
    ReceiptMissing,
    SchoolDriven,
    SuspendedNow,
    TransferUnderWay,
)
from services.registry.transfers.requesting import (
    ReportPushOut,
    RequestTransfer,
    RequestTransferOut,
    request_transfer,
)
from services.registry.transfers.transfer import Destination, Ending, Initiator
from services.registry.transfers.waiting import CheckTransferParty, check_party
from services.registry.transitions.refusals import PapersMissing
from shared.kernel.caller import Caller, Scope
from shared.kernel.refusals import DateBefore, DateInFuture, NotFound, Refused, SameHandNotAllowed
from tests.given import given, on
from tests.registry.conftest import COUNTY, Registry
from tests.registry.facts import CHILD, POLICY, SCHOOL, day, enrol, enrolled, missed, register, registered
from tests.registry.papers import papers_for
from tests.registry.respites.given import CALENDAR, applied, suspended

TODAY = date(2026, 11, 20)
SECOND = SchoolCode("2134000002")
RECEIVING = Caller("u2", "school_admin", Scope(school=SECOND))
SENDING = Caller("u3", "school_admin", Scope(school=SCHOOL))
BUREAU = Caller("u4", "bureau_officer", Scope("349921"))

REQUEST = RequestTransfer(
    child_id=CHILD,
    transfer_id="t1",
    receiving_school_code=SECOND,
    grade=6,
    reason="随父母迁居",
    initiated_by=Initiator.GUARDIAN,
    requested_on=TODAY,
    papers=papers_for("TRANSFER"),
)
SCHOOL_REGISTERED = SchoolRegistered(
    school_code=SECOND,
    name="白沙镇中心小学",
    kind="PRIMARY",
    division="349921101",
    district="",
    private=False,
    demonstration_level=DemonstrationLevel.NONE,
    address="",
)
ELSEWHERE = Destination(
    province="云川省", city="南浦市", county="河口县", school_name="河口小学", grade=6, out_of_province=True
)
OUT = RequestTransferOut(
    child_id=CHILD,
    transfer_id="t1",
    destination=ELSEWHERE,
    reason="随父母务工",
    initiated_by=Initiator.GUARDIAN,
    requested_on=TODAY,
    papers=papers_for("TRANSFER"),
)
CONFIRM = ConfirmTransfer(child_id=CHILD, confirmed_on=TODAY, receipt="XJ-1")
RELEASE = ConfirmTransfer(child_id=CHILD, confirmed_on=TODAY, left_on=TODAY)
ARRIVE = RecordArrival(child_id=CHILD, arrived_on=TODAY)


@pytest.fixture
def school(nol: Registry) -> Registry:
    """Lin Xiaoyu in the sixth grade of a primary school, and a second one."""
    for code in (SCHOOL, SECOND):
        nol.do(RegisterSchool(school_code=code, name=f"学校{code}", kind="PRIMARY", division="349921101"))
    nol.do(replace(register(), guardian_name="林大山"))
    nol.do(enrol())
    return nol


def transfer(nol: Registry) -> dict[str, Any]:
    row = nol.store.ledger_collection("transfers").find_one({"_id": f"{CHILD}:t1"})
    assert row is not None
    return dict(row)


def all_agree(nol: Registry) -> None:
    nol.do(CONFIRM, id="receiving bureau", caller=BUREAU)
    nol.do(RELEASE, id="sending school", caller=SENDING)
    nol.do(CONFIRM, id="sending bureau", caller=BUREAU)


def where(nol: Registry) -> tuple[str, str, str]:
    row = nol.child(CHILD)
    return row["school"], row["status"], row["registration"]


def test_four_parties_agree_and_the_child_is_at_the_receiving_school(school: Registry) -> None:
    school.do(REQUEST, caller=RECEIVING)
    assert where(school) == (SCHOOL, "IN_SCHOOL", "TRANSFER_PENDING")
    all_agree(school)
    row = school.child(CHILD)
    assert where(school) == (SECOND, "IN_SCHOOL", "ACTIVE")
    assert (row["class_no"], row["former_school_code"], row["transferred_in_on"]) == (0, SCHOOL, TODAY.isoformat())
    assert transfer(school)["status"] == "AWAITED"
    school.do(ARRIVE, caller=RECEIVING)
    assert (transfer(school)["status"], transfer(school)["arrived_on"]) == ("COMPLETED", TODAY.isoformat())
    school.wait_until(date(2026, 12, 31))
    assert where(school) == (SECOND, "IN_SCHOOL", "ACTIVE")


def test_a_school_asks_for_a_child_of_another_school_but_never_in_a_third_ones_name(school: Registry) -> None:
    with pytest.raises(NotFound):
        school.do(REQUEST, caller=SENDING)
    assert school.do(REQUEST, id="the receiving school", caller=RECEIVING).events


def test_each_party_has_ten_working_days_and_then_stands_as_overdue(school: Registry) -> None:
    school.do(REQUEST, caller=RECEIVING)
    assert transfer(school)["respond_by"] == "2026-12-04"
    school.wait_until(date(2026, 12, 4))
    assert transfer(school)["overdue"] is False
    school.wait_until(date(2026, 12, 5))
    assert (transfer(school)["overdue"], transfer(school)["turn"]) == (True, "RECEIVING_BUREAU")
    school.do(replace(CONFIRM, confirmed_on=date(2026, 12, 5)), caller=BUREAU)
    row = transfer(school)
    assert (row["overdue"], row["turn"], row["respond_by"]) == (False, "SENDING_SCHOOL", "2026-12-18")


def test_who_left_and_does_not_arrive_is_absent_and_suspected(school: Registry) -> None:
    school.do(REQUEST, caller=RECEIVING)
    all_agree(school)
    school.wait_until(date(2026, 11, 30))
    assert where(school) == (SECOND, "IN_SCHOOL", "ACTIVE")
    school.wait_until(date(2026, 12, 2))
    row = school.child(CHILD)
    assert (row["status"], row["absent_since"]) == ("SUSPECTED_DROPOUT", "2026-11-21")
    assert transfer(school)["gap_found_on"] == "2026-12-01"
    with pytest.raises(ArrivalNeedsReturn):
        school.do(replace(ARRIVE, arrived_on=date(2026, 12, 2)))
    back = RecordReturn(child_id=CHILD, school_code=SECOND, returned_on=date(2026, 12, 2), evidence=("报到单1号",))
    school.do(back)
    assert where(school) == (SECOND, "RETURNED_PROBATION", "ACTIVE")


def test_the_gap_is_found_also_while_the_papers_are_under_way(school: Registry) -> None:
    school.do(REQUEST, caller=RECEIVING)
    school.do(CONFIRM, caller=BUREAU)
    school.do(RELEASE, caller=SENDING)
    school.wait_until(date(2026, 12, 2))
    assert where(school) == (SCHOOL, "SUSPECTED_DROPOUT", "TRANSFER_PENDING")
    school.do(replace(CONFIRM, confirmed_on=date(2026, 12, 2)), id="at last", caller=BUREAU)
    assert where(school) == (SECOND, "SUSPECTED_DROPOUT", "ACTIVE")


def test_a_child_that_sits_in_class_there_already_leaves_no_gap(school: Registry) -> None:
    school.do(replace(REQUEST, attending_since=TODAY), caller=RECEIVING)
    all_agree(school)
    assert transfer(school)["status"] == "COMPLETED"
    school.wait_until(date(2026, 12, 31))
    assert where(school) == (SECOND, "IN_SCHOOL", "ACTIVE")


def test_a_child_that_is_away_moves_its_file_and_stays_away_until_it_checks_in(school: Registry) -> None:
    school.do(missed())
    school.wait_until(date(2026, 11, 21))
    assert school.child(CHILD)["status"] == "SUSPECTED_DROPOUT"
    school.do(replace(REQUEST, attending_since=TODAY), caller=RECEIVING)
    all_agree(school)
    assert where(school)[:2] == (SECOND, "SUSPECTED_DROPOUT")


def test_a_child_from_outside_the_county_is_at_school_when_all_have_agreed(nol: Registry) -> None:
    nol.do(RegisterSchool(school_code=SECOND, name="学校二", kind="PRIMARY", division="349921101"))
    nol.do(register())
    assert nol.child(CHILD)["status"] == "NEVER_ENROLLED"
    nol.do(REQUEST, caller=RECEIVING)
    for step in range(3):
        nol.do(CONFIRM, id=f"step {step}", caller=BUREAU)
    assert where(nol) == (SECOND, "IN_SCHOOL", "NONE")
    assert transfer(nol)["direction"] == "IN"
    nol.wait_until(date(2026, 12, 2))
    assert nol.child(CHILD)["status"] == "SUSPECTED_DROPOUT"


def test_who_leaves_the_county_is_confirmed_elsewhere_and_on_no_roster(school: Registry) -> None:
    school.do(OUT, caller=SENDING)
    school.do(CONFIRM, id="receiving bureau", caller=BUREAU)
    school.do(RELEASE, id="sending school", caller=SENDING)
    school.do(CONFIRM, id="sending bureau", caller=BUREAU)
    row = school.child(CHILD)
    assert where(school) == ("", "ELSEWHERE_CONFIRMED", "NONE")
    assert (row["elsewhere_school"], row["out_of_province"], row["former_school_code"]) == ("河口小学", True, SCHOOL)
    assert transfer(school)["status"] == "COMPLETED"


def test_who_left_the_county_may_come_back_to_another_school(school: Registry) -> None:
    school.do(OUT, caller=SENDING)
    all_agree(school)
    school.do(replace(REQUEST, transfer_id="t2", attending_since=TODAY), caller=RECEIVING)
    for step in range(3):
        school.do(CONFIRM, id=f"step {step}", caller=BUREAU)
    assert where(school) == (SECOND, "IN_SCHOOL", "NONE")


@pytest.mark.parametrize("ending", Ending)
def test_a_transfer_that_does_not_come_about_leaves_the_child_where_it_is(school: Registry, ending: Ending) -> None:
    school.do(REQUEST, caller=RECEIVING)
    school.do(EndTransfer(child_id=CHILD, ending=ending, reason="材料不符", ended_on=TODAY), caller=SENDING)
    assert where(school) == (SCHOOL, "IN_SCHOOL", "ACTIVE")
    assert transfer(school)["status"] == ending.value
    school.wait_until(date(2026, 12, 31))
    assert transfer(school)["overdue"] is False
    again = replace(REQUEST, transfer_id="t2", requested_on=date(2026, 12, 31))
    assert school.do(again, caller=RECEIVING).events


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ({"initiated_by": Initiator.SCHOOL}, SchoolDriven),
        ({"reason": "原学校动员转走"}, SchoolDriven),
        ({"papers": ()}, PapersMissing),
        ({"requested_on": date(2026, 11, 21)}, DateInFuture),
        ({"requested_on": date(2026, 8, 1)}, DateBefore),
        ({"attending_since": date(2026, 11, 21)}, DateInFuture),
        ({"grade": 7}, GradeNotTaught),
        ({"receiving_school_code": SCHOOL}, AlreadyThere),
        ({"receiving_school_code": SchoolCode("2134000009")}, SchoolNotRegistered),
    ],
)
def test_what_stands_against_a_request(school: Registry, change: dict[str, Any], refusal: type[Refused]) -> None:
    before = school.events()
    with pytest.raises(refusal):
        school.do(replace(REQUEST, **change))
    assert school.events() == before


def test_one_transfer_at_a_time_and_none_that_nobody_asked_for(school: Registry) -> None:
    for command in (CONFIRM, EndTransfer(child_id=CHILD, ending=Ending.REFUSED, reason="无", ended_on=TODAY)):
        with pytest.raises(NoTransferUnderWay):
            school.do(command)
    with pytest.raises(NothingToArriveAt):
        school.do(ARRIVE)
    school.do(REQUEST, caller=RECEIVING)
    for again in (replace(REQUEST, transfer_id="t2"), replace(OUT, transfer_id="t3")):
        with pytest.raises(TransferUnderWay):
            school.do(again)


def test_each_party_answers_for_itself(school: Registry) -> None:
    school.do(REQUEST, caller=RECEIVING)
    with pytest.raises(BureauConfirms):
        school.do(CONFIRM, id="a school", caller=SENDING)
    with pytest.raises(ReceiptMissing):
        school.do(replace(CONFIRM, receipt=""), caller=BUREAU)
    with pytest.raises(DateInFuture):
        school.do(replace(CONFIRM, confirmed_on=date(2026, 11, 21)), caller=BUREAU)
    with pytest.raises(DateBefore):
        school.do(replace(CONFIRM, confirmed_on=date(2026, 11, 19)), caller=BUREAU)
    school.do(CONFIRM, id="receiving bureau", caller=BUREAU)
    with pytest.raises(LastDayMissing):
        school.do(replace(RELEASE, left_on=None), caller=SENDING)
    with pytest.raises(DateBefore):
        school.do(replace(RELEASE, left_on=date(2026, 8, 31)), caller=SENDING)
    school.do(RELEASE, caller=COUNTY)
    with pytest.raises(SameHandNotAllowed):
        school.do(CONFIRM, id="the same hand", caller=COUNTY)


def test_no_transfer_during_a_suspension() -> None:
    first = School(code=SECOND, known=SCHOOL_REGISTERED)
    decide = partial(request_transfer, POLICY.transfer, first, CALENDAR)
    asked = replace(REQUEST, requested_on=day(2))
    given(CHILDREN, registered(), enrolled(), applied(), suspended()).when(decide, asked, on(day(2))).then_refused(
        SuspendedNow.code
    )


def test_a_transfer_is_over_once(school: Registry) -> None:
    school.do(OUT, caller=SENDING)
    all_agree(school)
    with pytest.raises(NoTransferUnderWay):
        school.do(CONFIRM, id="once more", caller=BUREAU)
    with pytest.raises(NothingToArriveAt):
        school.do(ARRIVE, caller=COUNTY)


def test_a_clock_that_comes_late_or_twice_changes_nothing() -> None:
    for check, command in ((check_party, CheckTransferParty), (check_gap, CheckTransferGap)):
        given(CHILDREN, registered(), enrolled()).when(check, command(child_id=CHILD), on(TODAY)).then_nothing()


def test_a_push_out_that_somebody_reports_stands_on_the_countys_list(school: Registry) -> None:
    report = ReportPushOut(child_id=CHILD, what="班主任劝其转学", reported_by="家长", reported_on=TODAY)
    with pytest.raises(DateInFuture):
        school.do(replace(report, reported_on=date(2026, 11, 21)))
    school.do(report)
    row = school.child(CHILD)
    assert (row["push_out_on"], row["push_out"]) == (TODAY.isoformat(), "班主任劝其转学")
