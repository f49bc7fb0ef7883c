"""The way of a 《限期复学通知书》: asked for, issued, served, run out or stopped."""

from dataclasses import replace
from datetime import date
from functools import partial

import pytest

from services.supervision.facts import Fact
from services.supervision.obligations.duties import Duty
from services.supervision.return_cases.closing import report_up
from services.supervision.return_cases.commands import EndSearch, NoteReturn, ReportUp
from services.supervision.return_cases.cycle import CaseStatus
from services.supervision.return_cases.ending import end_search
from services.supervision.return_cases.events import Trigger
from services.supervision.return_cases.noting import note_return
from services.supervision.return_cases.state import CASES, Case
from services.supervision.return_notices import decisions
from services.supervision.return_notices.commands import (
    ExpireNotice,
    IssueNotice,
    RecordService,
    RequestNotice,
    WithdrawNotice,
)
from services.supervision.return_notices.document import document_of
from services.supervision.return_notices.events import (
    Addressee,
    NoticeExpired,
    NoticeIssued,
    NoticeWithdrawn,
    ServiceMethod,
    ServiceReceipt,
    StopReason,
)
from services.supervision.return_notices.register import NumberTaken, Register, evolve_register
from services.supervision.return_notices.state import NoticeStatus
from shared.kernel.commands import Context
from shared.kernel.refusals import Refused
from tests.given import given
from tests.supervision import facts as f

requesting = partial(decisions.request_notice, terms=f.TERMS)
serving = partial(decisions.record_service, terms=f.TERMS)
expiring = partial(decisions.expire_notice, terms=f.TERMS)

ASKED_ON, ISSUED_ON = date(2026, 9, 15), date(2026, 9, 16)
REQUEST = RequestNotice(child_id=f.CHILD, notice_id=f.NOTICE, facts="自2026年9月1日起未到校，三次劝返未果。")
ISSUE = IssueNotice(child_id=f.CHILD, notice_id=f.NOTICE, township=f.TOWNSHIP, issued_on=ISSUED_ON)
EXPIRE = ExpireNotice(child_id=f.CHILD, notice_id=f.NOTICE)
WITHDRAW = WithdrawNotice(child_id=f.CHILD, notice_id=f.NOTICE, ground="姓名写错")


def service(receipt: ServiceReceipt) -> RecordService:
    return RecordService(child_id=f.CHILD, notice_id=f.NOTICE, receipt=receipt)


def issue(
    case: Case,
    context: Context,
    command: IssueNotice = ISSUE,
    addressee: Addressee | None = f.CHENG,
    township_name: str = "青石镇",
) -> tuple[NoticeIssued, NumberTaken]:
    register = Register(township=command.township, last={2026: 4})
    (issued,), (number,) = decisions.issue_notice(
        case, register, addressee, command, context, township_name=township_name, terms=f.TERMS
    )
    assert isinstance(issued, NoticeIssued)
    return issued, number


# -- asking


@pytest.mark.rule("9-26")
@pytest.mark.rule("11-11")
def test_after_three_recorded_attempts_and_a_report_the_school_may_ask_for_a_notice() -> None:
    given(CASES, *f.PERSUADED).when(requesting, REQUEST, f.school(ASKED_ON)).then(f.notice_requested())


@pytest.mark.rule("9-26")
def test_two_attempts_are_too_few() -> None:
    past = (*f.REPORTED, *f.attempts(2))
    refusal = given(CASES, *past).when(requesting, REQUEST, f.school(ASKED_ON)).then_refused("too-few-attempts")
    assert "2次" in refusal.zh
    assert "3次" in refusal.zh


@pytest.mark.rule("9-26")
def test_attempts_of_an_earlier_cycle_do_not_count() -> None:
    past = (*f.PERSUADED, f.verifying(), f.case_reopened(), *f.attempts(1, cycle=2))
    given(CASES, *past).when(requesting, REQUEST, f.school(date(2026, 10, 14))).then_refused("too-few-attempts")


@pytest.mark.rule("8-03")
def test_gate_six_is_not_reached_without_gate_five_unless_the_reason_is_recorded() -> None:
    case = given(CASES, *f.OPEN, *f.attempts())
    case.when(requesting, REQUEST, f.school(ASKED_ON)).then_refused("not-reported-up")
    case.when(requesting, replace(REQUEST, unreported_because="  "), f.school(ASKED_ON)).then_refused(
        "not-reported-up"
    )
    explained = replace(REQUEST, unreported_because="山洪断路，电话报告")
    case.when(requesting, explained, f.school(ASKED_ON)).then(
        replace(f.notice_requested(), unreported_because="山洪断路，电话报告")
    )


def test_one_notice_at_a_time() -> None:
    second = replace(REQUEST, notice_id="n2")
    for past in (f.REQUESTED, f.ISSUED, f.SERVED):
        given(CASES, *past).when(requesting, second, f.school(ASKED_ON)).then_refused("notice-still-live")


def test_no_notice_is_asked_for_a_child_who_is_back() -> None:
    given(CASES, *f.BACK).when(requesting, REQUEST, f.school(f.RETURNED_ON)).then_refused("child-already-back")


# -- issuing


@pytest.mark.rule("11-11")
def test_the_childs_own_township_issues_under_its_next_number() -> None:
    issued, number = issue(given(CASES, *f.REQUESTED).state, f.township(ISSUED_ON))
    assert issued == f.notice_issued(sequence=5)
    assert (number.township, number.year, number.sequence) == (f.TOWNSHIP, 2026, 5)


@pytest.mark.rule("11-11")
@pytest.mark.parametrize(
    ("scope", "township"),
    [("349921", "349921101"), ("349921102", "349921102"), ("349921102", "349921101"), ("349921", "349921")],
    ids=["county scope", "another township", "a borrowed code", "the county itself"],
)
def test_nobody_else_is_competent(scope: str, township: str) -> None:
    command = replace(ISSUE, township=township)
    with pytest.raises(Refused) as refused:
        issue(given(CASES, *f.REQUESTED).state, f.township(ISSUED_ON, scope), command)
    assert refused.value.code == "issuer-not-competent"


def test_numbers_run_without_gap_and_begin_anew_each_year() -> None:
    register, texts = Register(township=f.TOWNSHIP), []
    for day in (date(2026, 12, 30), date(2026, 12, 31), date(2027, 1, 4)):
        number = register.take("青石镇", f.NOTICE, day)
        register = evolve_register(register, number)
        texts.append((number.year, number.sequence))
    assert texts == [(2026, 1), (2026, 2), (2027, 1)]


@pytest.mark.parametrize(
    ("addressee", "code"),
    [(None, "addressee-unknown"), (replace(f.CHENG, guardian_name=" "), "guardian-unknown")],
)
def test_a_notice_needs_a_known_child_and_guardian(addressee: Addressee | None, code: str) -> None:
    with pytest.raises(Refused) as refused:
        issue(given(CASES, *f.REQUESTED).state, f.township(ISSUED_ON), addressee=addressee)
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("day", "code"), [(date(2026, 9, 17), "date-in-future"), (date(2026, 9, 14), "date-too-early")]
)
def test_a_notice_is_dated_between_the_request_and_today(day: date, code: str) -> None:
    with pytest.raises(Refused) as refused:
        issue(given(CASES, *f.REQUESTED).state, f.township(ISSUED_ON), replace(ISSUE, issued_on=day))
    assert refused.value.code == code


def test_a_notice_is_issued_once() -> None:
    with pytest.raises(Refused) as refused:
        issue(given(CASES, *f.ISSUED).state, f.township(ISSUED_ON))
    assert refused.value.code == "notice-out-of-order"


# -- serving


@pytest.mark.rule("9-27")
@pytest.mark.parametrize(
    ("served_on", "last_day", "why"),
    [
        (date(2026, 9, 16), date(2026, 9, 23), "an ordinary week: the day of service is not counted"),
        (date(2026, 9, 18), date(2026, 9, 28), "day 7 is 中秋节; the holiday ends on Sunday"),
        (date(2026, 9, 24), date(2026, 10, 8), "day 7 is 国庆节; the holiday ends on the 7th"),
        (date(2026, 9, 30), date(2026, 10, 8), "day 7 is the last of 国庆节"),
        (date(2026, 10, 3), date(2026, 10, 10), "day 7 is a Saturday that is worked"),
    ],
)
def test_the_clock_runs_seven_days_from_service_and_rolls_over_holidays(
    served_on: date, last_day: date, why: str
) -> None:
    decided = given(CASES, *f.ISSUED).when(serving, service(f.receipt(served_on)), f.township(served_on))
    decided.then(f.notice_served(served_on, last_day))
    assert decided.state.cycle(1).status is CaseStatus.LEGAL_ESCALATED, why


@pytest.mark.rule("9-27")
def test_a_published_notice_counts_as_served_thirty_days_later() -> None:
    day = date(2026, 9, 16)
    receipt = f.receipt(day, ServiceMethod.PUBLICATION, proof="公告2026-3")
    decided = given(CASES, *f.ISSUED).when(serving, service(receipt), f.township(day))
    served = decided.events[0]
    assert (served.counts_from, served.last_day) == (date(2026, 10, 16), date(2026, 10, 23))


def test_a_notice_is_not_served_before_it_is_issued() -> None:
    early = service(f.receipt(ISSUED_ON))
    given(CASES, *f.REQUESTED).when(serving, early, f.township(ISSUED_ON)).then_refused("notice-out-of-order")
    before = service(f.receipt(ASKED_ON))
    given(CASES, *f.ISSUED).when(serving, before, f.township(ISSUED_ON)).then_refused("date-too-early")


def test_a_service_is_not_dated_in_the_future() -> None:
    tomorrow = service(f.receipt(date(2026, 9, 17)))
    given(CASES, *f.ISSUED).when(serving, tomorrow, f.township(ISSUED_ON)).then_refused("date-in-future")


def test_a_notice_is_served_once() -> None:
    again = service(f.receipt(date(2026, 9, 18)))
    given(CASES, *f.SERVED).when(serving, again, f.township(date(2026, 9, 18))).then_refused("notice-out-of-order")


def test_an_unknown_notice_is_not_found() -> None:
    unknown = replace(service(f.receipt(ISSUED_ON)), notice_id="n9")
    given(CASES, *f.ISSUED).when(serving, unknown, f.township(ISSUED_ON)).then_refused("not-found")


@pytest.mark.parametrize("method", list(ServiceMethod))
def test_each_method_of_service_needs_its_own_proof(method: ServiceMethod) -> None:
    bare = ServiceReceipt(method=method, served_on=ISSUED_ON, servers=("周远",), signer=" ")
    refusal = (
        given(CASES, *f.ISSUED)
        .when(serving, service(bare), f.township(ISSUED_ON))
        .then_refused("proof-of-service-incomplete")
    )
    complete = replace(bare, **{refusal.field or "": "已附"})
    assert given(CASES, *f.ISSUED).when(serving, service(complete), f.township(ISSUED_ON)).refusal is None


@pytest.mark.parametrize("proof", [{"witness": "村委会 吴庄"}, {"proof": "录像-0916"}])
def test_a_document_left_behind_is_proved_by_a_witness_or_a_recording(proof: dict[str, str]) -> None:
    left = f.receipt(ISSUED_ON, ServiceMethod.LEAVE_BEHIND, **proof)
    assert given(CASES, *f.ISSUED).when(serving, service(left), f.township(ISSUED_ON)).refusal is None


def test_somebody_must_have_served_it() -> None:
    nobody = replace(f.receipt(ISSUED_ON), servers=("",))
    given(CASES, *f.ISSUED).when(serving, service(nobody), f.township(ISSUED_ON)).then_refused(
        "proof-of-service-incomplete"
    )


# -- the end


@pytest.mark.rule("9-27")
def test_when_the_last_day_has_ended_the_notice_expires_and_the_school_must_report() -> None:
    case = given(CASES, *f.SERVED)
    case.when(expiring, EXPIRE, f.system(date(2026, 9, 28))).then_nothing()
    day = date(2026, 9, 29)
    after = case.when(expiring, EXPIRE, f.system(day)).then(
        NoticeExpired(child_id=f.CHILD, cycle=1, notice_id=f.NOTICE, last_day=date(2026, 9, 28)),
        f.raised(Duty.REPORT_EXPIRY, day, date(2026, 9, 30)),
    )
    after.when(expiring, EXPIRE, f.system(day)).then_nothing()
    report = ReportUp(child_id=f.CHILD, duty=Duty.REPORT_EXPIRY, reported_on=day, document="到期报告1号")
    told = after.when(report_up, report, f.school(day))
    assert told.events[0].recipients == ("乡镇人民政府",)


def test_an_expiry_found_late_is_dated_as_if_found_in_time() -> None:
    decided = given(CASES, *f.SERVED).when(expiring, EXPIRE, f.system(date(2026, 11, 2)))
    assert decided.events[1] == f.raised(Duty.REPORT_EXPIRY, date(2026, 9, 29), date(2026, 9, 30))


@pytest.mark.rule("9-27")
def test_a_notice_whose_child_came_back_never_expires() -> None:
    back = NoteReturn(child_id=f.CHILD, cycle=1, returned_on=f.RETURNED_ON, return_event=f.RETURN_EVENT)
    decided = given(CASES, *f.SERVED).when(note_return, back, f.system(f.RETURNED_ON))
    given(CASES, *f.SERVED, *decided.events).when(expiring, EXPIRE, f.system(date(2026, 9, 29))).then_nothing()


def test_a_suspension_by_right_stops_the_notice_and_leaves_the_case_to_be_closed() -> None:
    fact = Fact(type="registry.suspension-approved.v1", event="registry/3/1050")
    stop = EndSearch(child_id=f.CHILD, cycle=1, because=StopReason.ON_SUSPENSION, fact=fact, ended_on=f.RETURNED_ON)
    decided = given(CASES, *f.SERVED).when(end_search, stop, f.system(f.RETURNED_ON))
    assert [notice.status for notice in decided.state.cycle(1).notices] == [NoticeStatus.WITHDRAWN]
    after = given(CASES, *f.SERVED, *decided.events)
    after.when(expiring, EXPIRE, f.system(date(2026, 9, 29))).then_nothing()
    after.when(end_search, stop, f.system(f.RETURNED_ON)).then_nothing()
    given(CASES).when(end_search, stop, f.system(f.RETURNED_ON)).then_nothing()


def test_a_child_may_come_back_after_the_notice_expired() -> None:
    past = (*f.SERVED, NoticeExpired(child_id=f.CHILD, cycle=1, notice_id=f.NOTICE, last_day=date(2026, 9, 28)))
    day = date(2026, 10, 9)
    back = NoteReturn(child_id=f.CHILD, cycle=1, returned_on=day, return_event=f.RETURN_EVENT)
    decided = given(CASES, *past).when(note_return, back, f.system(day))
    assert [notice.status for notice in decided.state.cycle(1).notices] == [NoticeStatus.COMPLIED]
    assert decided.state.cycle(1).status is CaseStatus.VERIFYING


def test_a_wrong_notice_is_withdrawn_and_another_asked_for() -> None:
    day = date(2026, 9, 18)
    after = (
        given(CASES, *f.SERVED)
        .when(decisions.withdraw_notice, WITHDRAW, f.township(day))
        .then(
            NoticeWithdrawn(
                child_id=f.CHILD,
                cycle=1,
                notice_id=f.NOTICE,
                ground="姓名写错",
                withdrawn_on=day,
                withdrawn_by="clerk",
            )
        )
    )
    after.when(expiring, EXPIRE, f.system(date(2026, 9, 29))).then_nothing()
    again = replace(REQUEST, notice_id="n2")
    decided = after.when(requesting, again, f.school(day))
    assert [each.status for each in decided.state.cycle(1).notices] == [
        NoticeStatus.WITHDRAWN,
        NoticeStatus.REQUESTED,
    ]


def test_withdrawing_an_expired_notice_lifts_the_report_that_it_caused() -> None:
    day = date(2026, 9, 29)
    expired = given(CASES, *f.SERVED).when(expiring, EXPIRE, f.system(day))
    decided = given(CASES, *f.SERVED, *expired.events).when(decisions.withdraw_notice, WITHDRAW, f.township(day))
    obligation = decided.state.cycle(1).obligation(Duty.REPORT_EXPIRY)
    assert obligation is not None
    assert not obligation.open


def test_a_notice_that_has_ended_is_not_withdrawn() -> None:
    back = NoteReturn(child_id=f.CHILD, cycle=1, returned_on=f.RETURNED_ON, return_event=f.RETURN_EVENT)
    ended = given(CASES, *f.SERVED).when(note_return, back, f.system(f.RETURNED_ON))
    given(CASES, *f.SERVED, *ended.events).when(
        decisions.withdraw_notice, WITHDRAW, f.township(f.RETURNED_ON)
    ).then_refused("notice-out-of-order")


@pytest.mark.rule("9-07")
def test_for_a_child_at_no_school_nobody_had_to_report_and_the_notice_speaks_of_entering_school() -> None:
    opened = replace(f.case_opened(), trigger=Trigger.OUT_OF_SCHOOL, school_code="")
    tried = given(CASES, opened, *f.attempts(3))
    (requested,) = tried.when(requesting, REQUEST, f.bureau(ASKED_ON)).events
    assert requested.unreported_because == ""
    nowhere = replace(f.CHENG, school_name="", grade=0, class_no=0)
    asked = given(CASES, opened, *f.attempts(3), requested).state
    issued, _ = issue(asked, f.township(ISSUED_ON), addressee=nowhere)
    document = document_of(CASES.evolve(asked, issued).cycle(1).notices[0])
    assert document is not None
    assert document.paragraphs[0].endswith("至今未入学。")
    assert "程小禾自2026年9月1日起未入学" in document.paragraphs[0]
    assert "送程小禾入学。" in document.paragraphs[2]
