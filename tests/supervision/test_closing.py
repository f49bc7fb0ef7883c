"""Reporting up, and 销号: one child, one return, two people."""

from dataclasses import replace
from datetime import date, timedelta
from functools import partial

import pytest

from services.supervision.obligations.duties import Duty
from services.supervision.obligations.state import ObligationStatus
from services.supervision.return_cases.closing import close_case, reject_closure, report_up, request_closure
from services.supervision.return_cases.commands import CloseCase, RejectClosure, ReportUp, RequestClosure
from services.supervision.return_cases.cycle import CaseStatus
from services.supervision.return_cases.events import CasePersuading, ClosureRejected
from services.supervision.return_cases.reasons import REQUIRED, ClosureReason, Evidence, EvidenceKind
from services.supervision.return_cases.state import CASES
from tests.given import given
from tests.supervision import facts as f

requesting = partial(request_closure, terms=f.TERMS)
REPORT = ReportUp(child_id=f.CHILD, duty=Duty.REPORT_SUSPECTED, reported_on=f.DUE_ON, document="青石小学〔2026〕7号")
REQUEST = RequestClosure(
    child_id=f.CHILD,
    cycle=1,
    reason=ClosureReason.RETURNED_STABLE,
    evidence=f.EVIDENCE,
    return_event=f.RETURN_EVENT,
)
CLOSE = CloseCase(child_id=f.CHILD, cycle=1)


@pytest.mark.rule("8-03")
def test_the_schools_report_is_stored_with_its_document_and_date_and_meets_the_duty() -> None:
    given(CASES, *f.OPEN).when(report_up, REPORT, f.school(f.DUE_ON)).then(
        f.reported(), f.met(Duty.REPORT_SUSPECTED, f.DUE_ON)
    )


def test_a_late_report_is_taken_and_marked_late() -> None:
    day = date(2026, 9, 14)
    late = replace(REPORT, reported_on=day)
    decided = given(CASES, *f.OPEN, f.missed(Duty.REPORT_SUSPECTED)).when(report_up, late, f.school(day))
    obligation = decided.state.cycle(1).obligation(Duty.REPORT_SUSPECTED)
    assert obligation is not None
    assert obligation.status is ObligationStatus.DONE_LATE


@pytest.mark.parametrize(
    ("day", "code"), [(date(2026, 9, 10), "date-in-future"), (date(2026, 9, 7), "date-too-early")]
)
def test_a_report_has_a_possible_date(day: date, code: str) -> None:
    given(CASES, *f.OPEN).when(report_up, replace(REPORT, reported_on=day), f.school(f.DUE_ON)).then_refused(code)


@pytest.mark.parametrize("past", [f.REPORTED, f.BACK], ids=["reported", "returned"])
def test_a_duty_that_is_not_open_cannot_be_reported_on(past: tuple[object, ...]) -> None:
    given(CASES, *past).when(report_up, REPORT, f.school(f.RETURNED_ON)).then_refused("obligation-not-open")


def test_a_report_needs_a_case() -> None:
    given(CASES).when(report_up, REPORT, f.school(f.DUE_ON)).then_refused("case-not-open")


def test_the_written_report_on_a_dropout_moves_the_case_to_reported_up() -> None:
    day = date(2026, 9, 29)
    persuading = CasePersuading(child_id=f.CHILD, cycle=1, confirmed_on=day, cause="WORK")
    past = (*f.REPORTED, persuading, f.raised(Duty.REPORT_DROPOUT, day, date(2026, 9, 30)))
    written = replace(REPORT, duty=Duty.REPORT_DROPOUT, reported_on=day)
    decided = given(CASES, *past).when(report_up, written, f.school(day))
    assert decided.state.cycle(1).status is CaseStatus.REPORTED_UP


@pytest.mark.rule("9-23")
def test_closing_refers_to_exactly_one_child_and_its_one_return() -> None:
    asked = given(CASES, *f.STABLE).when(requesting, REQUEST, f.school(f.STABLE_ON)).then(f.closure_requested())
    after = asked.when(close_case, CLOSE, f.bureau(f.STABLE_ON)).then(f.case_closed())
    assert after.state.cycle(1).status is CaseStatus.CLOSED


@pytest.mark.rule("9-23")
@pytest.mark.parametrize("return_event", [None, "registry/3/7"])
def test_another_return_event_closes_nothing(return_event: str | None) -> None:
    wrong = replace(REQUEST, return_event=return_event)
    given(CASES, *f.STABLE).when(requesting, wrong, f.school(f.STABLE_ON)).then_refused(
        "return-event-not-of-this-case"
    )


@pytest.mark.rule("9-23")
def test_a_closed_case_cannot_be_closed_again() -> None:
    closed = given(CASES, *f.STABLE, f.closure_requested(), f.case_closed())
    closed.when(close_case, CLOSE, f.bureau(f.STABLE_ON)).then_refused("case-not-open")
    closed.when(requesting, REQUEST, f.school(f.STABLE_ON)).then_refused("case-not-open")


def test_a_child_who_is_away_is_not_closed_as_returned() -> None:
    given(CASES, *f.PERSUADED).when(requesting, REQUEST, f.school(f.STABLE_ON)).then_refused("child-not-back")


def test_a_return_is_not_stable_before_the_registry_says_so() -> None:
    given(CASES, *f.BACK).when(requesting, REQUEST, f.school(f.STABLE_ON)).then_refused("return-not-stable")


def test_a_return_is_not_stable_before_thirty_days_whatever_the_registry_says() -> None:
    early = f.RETURNED_ON + timedelta(days=29)
    past = (*f.BACK, f.stabilised(early))
    given(CASES, *past).when(requesting, REQUEST, f.school(early)).then_refused("return-not-stable")


def test_closing_needs_the_evidence_of_its_reason() -> None:
    lacking = replace(REQUEST, evidence=f.EVIDENCE[:1])
    refusal = given(CASES, *f.STABLE).when(requesting, lacking, f.school(f.STABLE_ON)).then_refused("evidence-missing")
    assert "返校回访记录" in refusal.zh


def test_evidence_is_not_dated_in_the_future() -> None:
    future = tuple(replace(each, dated_on=f.STABLE_ON + timedelta(days=1)) for each in f.EVIDENCE)
    given(CASES, *f.STABLE).when(requesting, replace(REQUEST, evidence=future), f.school(f.STABLE_ON)).then_refused(
        "date-in-future"
    )


@pytest.mark.rule("11-14")
@pytest.mark.parametrize("reason", [each for each in ClosureReason if each is not ClosureReason.RETURNED_STABLE])
def test_every_other_reason_closes_with_its_own_evidence_and_without_a_return(reason: ClosureReason) -> None:
    papers = tuple(Evidence(kind=kind, reference="附件", dated_on=f.DUE_ON) for kind in sorted(REQUIRED[reason]))
    request = replace(REQUEST, reason=reason, evidence=papers, return_event=None)
    case = given(CASES, *f.OPEN)
    case.when(requesting, replace(request, evidence=()), f.school(f.DUE_ON)).then_refused("evidence-missing")
    asked = case.when(requesting, request, f.school(f.DUE_ON))
    closed = given(CASES, *f.OPEN, *asked.events).when(close_case, CLOSE, f.bureau(f.DUE_ON))
    assert closed.state.cycle(1).status is CaseStatus.CLOSED
    assert all(not each.open for each in closed.state.cycle(1).obligations)


@pytest.mark.rule("11-14")
def test_lost_whereabouts_are_no_reason_and_every_reason_needs_evidence() -> None:
    assert "UNTRACEABLE" not in set(ClosureReason)
    assert all(REQUIRED[reason] for reason in ClosureReason)
    assert set().union(*REQUIRED.values()) <= set(EvidenceKind)


@pytest.mark.rule("11-14")
def test_nothing_is_closed_that_nobody_asked_to_close() -> None:
    given(CASES, *f.STABLE).when(close_case, CLOSE, f.bureau(f.STABLE_ON)).then_refused("closure-not-requested")


@pytest.mark.parametrize("hand", ["principal", "class-teacher"], ids=["requester", "opener"])
def test_who_asked_or_opened_does_not_close(hand: str) -> None:
    asked = given(CASES, *f.STABLE, f.closure_requested())
    asked.when(close_case, CLOSE, f.bureau(f.STABLE_ON, hand)).then_refused("same-hand-not-allowed")


def test_a_request_of_the_old_cycle_does_not_close_a_case_that_relapsed_since() -> None:
    relapsed = given(CASES, *f.STABLE, f.closure_requested(), f.case_reopened())
    relapsed.when(close_case, CLOSE, f.bureau(f.STABLE_ON)).then_refused("case-not-open")
    new_cycle = replace(CLOSE, cycle=2)
    relapsed.when(close_case, new_cycle, f.bureau(f.STABLE_ON)).then_refused("closure-not-requested")


REJECT = RejectClosure(child_id=f.CHILD, cycle=1, ground="考勤表缺十月下旬")
STABLE_AND_ASKED = (*f.STABLE, f.closure_requested())


def test_a_request_is_sent_back_with_its_ground_and_a_better_one_may_follow() -> None:
    rejected = ClosureRejected(
        child_id=f.CHILD,
        cycle=1,
        ground="考勤表缺十月下旬",
        requested_by="principal",
        rejected_on=f.STABLE_ON,
        rejected_by="officer",
    )
    back = given(CASES, *STABLE_AND_ASKED).when(reject_closure, REJECT, f.bureau(f.STABLE_ON)).then(rejected)
    assert back.state.cycle(1).status is CaseStatus.VERIFYING
    back.when(close_case, CLOSE, f.bureau(f.STABLE_ON)).then_refused("closure-not-requested")
    back.when(requesting, REQUEST, f.school(f.STABLE_ON)).then(f.closure_requested())


def test_only_another_hand_sends_back_what_was_asked_for() -> None:
    given(CASES, *f.STABLE).when(reject_closure, REJECT, f.bureau(f.STABLE_ON)).then_refused("closure-not-requested")
    own = (*f.STABLE, f.closure_requested(by="officer"))
    decided = given(CASES, *own).when(reject_closure, REJECT, f.bureau(f.STABLE_ON))
    assert decided.refusal is not None
