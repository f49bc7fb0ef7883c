"""The net flow of a year: the movements of one child, and the official worked check through real events."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook

from services.registry.attendance.returning import NotePersuasion
from services.registry.attendance.runs import RecordAbsences
from services.registry.attendance.suspicion import ConfirmDropout
from services.registry.children.files import EnrolChild, RegisterChild, RegisterPupil
from services.registry.children.ids import ChildId
from services.registry.children.statuses import StudentNumberKind
from services.registry.leaving.decisions import RecordDeath
from services.registry.rates.flow import Start, flows_of, net_loss
from services.registry.respites.applying import ApplyForRespite, ApproveRespite
from services.registry.respites.kinds import RespiteKind
from services.registry.rosters.decisions import TakeRosterSnapshot
from services.registry.schools.schools import RegisterSchool
from services.registry.transfers.confirming import ConfirmTransfer
from services.registry.transfers.requesting import RequestTransfer, RequestTransferOut
from services.registry.transfers.transfer import Initiator
from shared.calendar.terms import SchoolYear
from shared.kernel.caller import Caller, Scope, system_caller
from shared.kernel.commands import Order, Outcome
from tests.registry.conftest import COUNTY, Registry
from tests.registry.facts import OTHER_SCHOOL, SCHOOL
from tests.registry.papers import papers_for
from tests.registry.rates.given import move, pupil
from tests.registry.respites.given import APPLICATION, APPROVAL, ILLNESS
from tests.registry.test_api import SignIn
from tests.registry.test_transfers import ELSEWHERE

TODAY = date(2026, 11, 20)
YEAR = SchoolYear(2026)
TAKEN = {SCHOOL: date(2026, 9, 11), OTHER_SCHOOL: date(2026, 9, 11)}
ON_THE_ROSTER = Start(school_of={"c1": SCHOOL}, taken_on=TAKEN)
ON_NONE = Start(school_of={}, taken_on=TAKEN)
SCHOOL_HAND = Caller("u2", "school_admin", Scope(school=SCHOOL))
BUREAU = Caller("u4", "bureau_officer", Scope("349921"))

LEAVES = move("TRANSFERRED_OUT", "2026-10-08", left=SCHOOL)
SUSPENDED = move("SUSPENDED", "2026-10-08", left=SCHOOL)
DROPS_OUT = move("DROPPED_OUT", "2026-10-08", left=SCHOOL)
DIES = move("DIED", "2026-11-01", left=SCHOOL)
RETURNS = move("RETURNED", "2026-11-01", to=SCHOOL)
CORRECTED = move("DROPOUT_CORRECTED", "2026-11-01", to=SCHOOL)
MOVES_ON = move("TRANSFERRED", "2026-11-08", left=SCHOOL, to=OTHER_SCHOOL)
COMES = move("TRANSFERRED_IN", "2026-10-08", to=SCHOOL)
ENTERS = move("ENROLLED", "2026-10-08", to=SCHOOL)


@pytest.mark.parametrize(
    ("moves", "start", "counted"),
    [
        ([LEAVES], ON_THE_ROSTER, [(SCHOOL, -1, "TRANSFERRED_OUT")]),
        ([SUSPENDED, DIES], ON_THE_ROSTER, [(SCHOOL, -1, "SUSPENDED")]),
        ([DROPS_OUT, RETURNS], ON_THE_ROSTER, [(SCHOOL, -1, "DROPPED_OUT"), (SCHOOL, 1, "OTHER_IN")]),
        ([DROPS_OUT, CORRECTED], ON_THE_ROSTER, []),
        ([CORRECTED], ON_THE_ROSTER, []),
        ([MOVES_ON], ON_THE_ROSTER, [(SCHOOL, -1, "TRANSFERRED_OUT"), (OTHER_SCHOOL, 1, "TRANSFERRED_IN")]),
        ([DROPS_OUT, MOVES_ON], ON_THE_ROSTER, [(SCHOOL, -1, "DROPPED_OUT")]),
        ([COMES], ON_NONE, [(SCHOOL, 1, "TRANSFERRED_IN")]),
        ([COMES], ON_THE_ROSTER, []),
        ([LEAVES | {"on": "2026-08-31"}], ON_THE_ROSTER, []),
        ([LEAVES | {"on": "2027-09-01"}], ON_THE_ROSTER, []),
        ([ENTERS], ON_NONE, [(SCHOOL, 1, "OTHER_IN")]),
        ([ENTERS | {"grade": 1}], ON_NONE, []),
        ([ENTERS | {"on": "2026-09-01"}], ON_NONE, []),
        ([DROPS_OUT], ON_NONE, []),
        ([move("GRADUATED", "2027-07-01", left=SCHOOL)], ON_THE_ROSTER, []),
        ([move("HOME_TEACHING", "2026-10-08", left=SCHOOL, to=SCHOOL)], ON_THE_ROSTER, []),
        ([move("TRANSFERRED", "2026-11-08", left=SCHOOL, to="9")], ON_THE_ROSTER, [(SCHOOL, -1, "TRANSFERRED_OUT")]),
    ],
)
def test_a_movement_counts_once_and_only_at_a_school_whose_start_is_known(
    moves: Sequence[dict[str, Any]], start: Start, counted: list[tuple[str, int, str]]
) -> None:
    flows = flows_of(pupil(moves), YEAR, start)
    assert [(flow.school, flow.change, flow.bucket) for flow in flows] == counted
    assert net_loss(flows) == -sum(change for _, change, _ in counted)


@pytest.fixture
def five_hundred(nol: Registry) -> Registry:
    """A school with 500 pupils on its frozen roster; eight children more live in the county."""
    nol.do(RegisterSchool(school_code=SCHOOL, name="青石镇中心小学", kind="PRIMARY", division="349921101"))
    pupils = [RegisterPupil(child=known(n), enrolment=enrolled(n)) for n in range(500)]
    do_all(nol, [*pupils, *(known(n) for n in range(500, 508))])
    nol.do(TakeRosterSnapshot(school_code=SCHOOL, term="2026-autumn"))
    return nol


def child_id(number: int) -> ChildId:
    return ChildId(f"c{number}")


def known(number: int) -> RegisterChild:
    return RegisterChild(
        child_id=child_id(number),
        name=f"田{number}",
        sex="F",
        birth_date=date(2014, 9, 3),
        division="349921101201",
        guardian_name="田大山",
    )


def enrolled(number: int) -> EnrolChild:
    return EnrolChild(
        child_id=child_id(number),
        school_code=SCHOOL,
        grade=6,
        class_no=1,
        enrolled_on=date(2026, 9, 1),
        student_number_kind=StudentNumberKind.FORMAL,
    )


def do_all(nol: Registry, commands: Sequence[Any], caller: Caller = COUNTY, step: str = "") -> None:
    orders = [Order(command=each, command_id=f"{step}{each!r}", caller=caller) for each in commands]
    outcomes = nol.application.execute_many(orders)
    assert all(isinstance(outcome, Outcome) and outcome.events for outcome in outcomes), outcomes


def transfer_in(nol: Registry, numbers: Sequence[int]) -> None:
    requests = [
        RequestTransfer(
            child_id=child_id(number),
            transfer_id="t1",
            receiving_school_code=SCHOOL,
            grade=6,
            reason="随父母迁居",
            initiated_by=Initiator.GUARDIAN,
            requested_on=TODAY,
            papers=papers_for("TRANSFER"),
        )
        for number in numbers
    ]
    do_all(nol, requests, SCHOOL_HAND)
    for step in range(3):
        do_all(nol, [confirm(number) for number in numbers], BUREAU, f"step {step}")


def transfer_out(nol: Registry, numbers: Sequence[int]) -> None:
    requests = [
        RequestTransferOut(
            child_id=child_id(number),
            transfer_id="t1",
            destination=ELSEWHERE,
            reason="随父母务工",
            initiated_by=Initiator.GUARDIAN,
            requested_on=TODAY,
            papers=papers_for("TRANSFER"),
        )
        for number in numbers
    ]
    do_all(nol, requests, SCHOOL_HAND)
    do_all(nol, [confirm(number) for number in numbers], BUREAU, "receiving bureau")
    do_all(nol, [replace(confirm(number), left_on=TODAY) for number in numbers], SCHOOL_HAND)
    do_all(nol, [confirm(number) for number in numbers], BUREAU, "sending bureau")


def confirm(number: int) -> ConfirmTransfer:
    return ConfirmTransfer(child_id=child_id(number), confirmed_on=TODAY, receipt="XJ-1")


def suspend(nol: Registry, number: int) -> None:
    asked = ApplyForRespite(
        child_id=child_id(number),
        application_id="a1",
        kind=RespiteKind.SUSPENSION,
        from_on=TODAY,
        until=date(2027, 3, 1),
        applied_on=TODAY,
        papers=(APPLICATION, ILLNESS),
    )
    nol.do(asked, caller=SCHOOL_HAND)
    approved = ApproveRespite(child_id=child_id(number), application_id="a1", approved_on=TODAY, papers=(APPROVAL,))
    nol.do(approved, caller=BUREAU)


def test_the_official_worked_check(five_hundred: Registry, sign_in: SignIn) -> None:
    """Given 500 at the start, 8 in, 11 out, 2 suspended, 1 dead and nobody dropped out; then 6 of 500, 1.20 %."""
    nol = five_hundred
    transfer_in(nol, range(500, 508))
    transfer_out(nol, range(11))
    for number in (11, 12):
        suspend(nol, number)
    nol.do(RecordDeath(child_id=child_id(13), died_on=TODAY, papers=papers_for("DEATH")))

    officer = sign_in("bureau_officer", division="349921")
    for basis, by, group in (
        ("REGISTRATION", "school", SCHOOL),
        ("REGISTRATION", "township", "349921101"),
        ("HOUSEHOLD", "county", "349921"),
    ):
        told = officer.get(f"/rates?rate=NET_FLOW&basis={basis}&by={by}").json
        assert told["label"] == "净流失率"
        [found] = [each for each in told["groups"] if each["group"] == group]
        assert found["share"] == "6/500（1.20%）"
        assert (found["share_able"], found["no_figure"]) == ("4/498（0.80%）", None)
        counts = {each["label"]: each["count"] for each in found["headings"] if each["count"]}
        assert counts == {"休学": 2, "死亡": 1, "转出": 11, "转入": 8}
        assert found["confirmed_dropout"]["numerator"] == 0

    kept = officer.get("/rates?rate=CONSOLIDATION&basis=HOUSEHOLD").json
    assert (kept["label"], kept["groups"][0]["share"]) == ("年巩固率", "496/496（100.00%）")

    query = "rate=NET_FLOW&basis=REGISTRATION"
    sheets = {
        part: list(
            load_workbook(BytesIO(officer.get(f"/rates/list.xlsx?{query}&part={part}").data))
            .worksheets[0]
            .iter_rows(min_row=2, values_only=True)
        )
        for part in ("numerator", "denominator")
    }
    headings, *lines = sheets["numerator"]
    assert headings[:5] == ("计入学校", "计入净流失", "统计项目", "变动日期", "变动类别")
    assert len(lines) == 22
    assert sum(line[1] for line in lines) == 6
    assert len(sheets["denominator"]) == 1 + 500

    nol.wait_until(TODAY + timedelta(days=1))
    nol.do(RecordDeath(child_id=child_id(14), died_on=TODAY, papers=papers_for("DEATH")))
    told = [officer.get(f"/rates?{query}{day}").json["groups"][0]["share"] for day in ("&as_of=2026-11-20", "")]
    assert told == ["6/500（1.20%）", "7/500（1.40%）"]


def test_a_school_counts_whom_it_lost_and_sees_no_other_schools_figures(nol: Registry, sign_in: SignIn) -> None:
    """Given a pupil who moves from one school to another; then each of the two counts its own side of it."""
    for code in (SCHOOL, OTHER_SCHOOL):
        nol.do(RegisterSchool(school_code=code, name=f"学校{code}", kind="PRIMARY", division="349921101"))
    do_all(nol, [RegisterPupil(child=known(n), enrolment=enrolled(n)) for n in range(2)])
    for code in (SCHOOL, OTHER_SCHOOL):
        nol.do(TakeRosterSnapshot(school_code=code, term="2026-autumn"))
    other_hand = Caller("u3", "school_admin", Scope(school=OTHER_SCHOOL))
    asked = RequestTransfer(
        child_id=child_id(0),
        transfer_id="t1",
        receiving_school_code=OTHER_SCHOOL,
        grade=6,
        reason="随父母迁居",
        initiated_by=Initiator.GUARDIAN,
        requested_on=TODAY,
        papers=papers_for("TRANSFER"),
    )
    nol.do(asked, caller=other_hand)
    nol.do(confirm(0), id="receiving bureau", caller=BUREAU)
    nol.do(replace(confirm(0), left_on=TODAY), caller=SCHOOL_HAND)
    nol.do(confirm(0), id="sending bureau", caller=BUREAU)

    query = "/rates?rate=NET_FLOW&basis=REGISTRATION&by=school"
    for school, share in ((SCHOOL, "1/2（50.00%）"), (OTHER_SCHOOL, "-1/0")):
        told = sign_in("school_admin", school=school).get(query).json
        assert [(each["group"], each["share"]) for each in told["groups"]] == [(school, share)]
    county = sign_in("bureau_officer", division="349921").get(query.replace("by=school", "by=county")).json
    assert [each["share"] for each in county["groups"]] == ["0/2（0.00%）"]


def test_a_confirmed_dropout_stands_in_both_rates(nol: Registry, sign_in: SignIn) -> None:
    nol.do(RegisterSchool(school_code=SCHOOL, name="青石镇中心小学", kind="PRIMARY", division="349921101"))
    do_all(nol, [RegisterPupil(child=known(n), enrolment=enrolled(n)) for n in range(4)])
    nol.do(TakeRosterSnapshot(school_code=SCHOOL, term="2026-autumn"))
    drop_out(nol, 0)
    told = sign_in("bureau_officer", division="349921").get("/rates?rate=NET_FLOW&basis=REGISTRATION").json
    [county] = told["groups"]
    assert (county["share"], county["confirmed_dropout"]["share"]) == ("1/4（25.00%）", "1/4（25.00%）")


def drop_out(nol: Registry, number: int) -> None:
    child, today = child_id(number), date(2026, 11, 21)
    nol.do(RecordAbsences(child_id=child, day=date(2026, 10, 12), until=today - timedelta(days=1)))
    nol.wait_until(today)
    in_vain = NotePersuasion(child_id=child, attempted_on=today, result="REFUSED", cycle=1)
    nol.do(in_vain, caller=system_caller("registry"))
    nol.do(ConfirmDropout(child_id=child, confirmed_on=today, cause="厌学"))
