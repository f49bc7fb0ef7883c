"""Reporting up, and 销号: one child, one return, two people."""

from dataclasses import replace
from datetime import date, timedelta
from functools import partial

import pytest

from services.supervision.contracts import REGISTRY
from services.supervision.facts import Fact
from services.supervision.labels import FACT
from services.supervision.obligations.duties import Duty
from services.supervision.obligations.state import ObligationStatus
from services.supervision.return_cases.closing import close_case, reject_closure, report_up, request_closure
from services.supervision.return_cases.commands import CloseCase, RejectClosure, ReportUp, RequestClosure
from services.supervision.return_cases.cycle import CaseStatus
from services.supervision.return_cases.events import CasePersuading, ClosureRejected, GroundLapsed, SearchEnded
from services.supervision.return_cases.grounds import Birth
from services.supervision.return_cases.reasons import PROOFS, REQUIRED, ClosureReason, Evidence, EvidenceKind
from services.supervision.return_cases.state import CASES
from services.supervision.return_notices.events import StopReason
from shared.calendar.lateness import Lateness
from tests.given import given
from tests.supervision import facts as f

requesting = partial(request_closure, birth=None, terms=f.TERMS)
closing = partial(close_case, birth=None, terms=f.TERMS)
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


def test_a_report_that_names_a_day_in_time_and_is_entered_late_is_late_with_both_days() -> None:
    day = date(2026, 9, 30)
    decided = given(CASES, *f.OPEN, f.missed(Duty.REPORT_SUSPECTED)).when(report_up, REPORT, f.school(day))
    obligation = decided.state.cycle(1).obligation(Duty.REPORT_SUSPECTED)
    assert obligation is not None
    assert (obligation.status, obligation.lateness) == (ObligationStatus.DONE_LATE, Lateness.ENTERED_LATE)
    assert (obligation.met_on, obligation.entered_on) == (f.DUE_ON, day)


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
    after = asked.when(closing, CLOSE, f.bureau(f.STABLE_ON)).then(f.case_closed())
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
    closed.when(closing, CLOSE, f.bureau(f.STABLE_ON)).then_refused("case-not-open")
    closed.when(requesting, REQUEST, f.school(f.STABLE_ON)).then_refused("case-not-open")


def test_a_child_who_is_away_is_not_closed_as_returned() -> None:
    given(CASES, *f.PERSUADED).when(requesting, REQUEST, f.school(f.STABLE_ON)).then_refused("child-not-back")


def test_a_return_is_not_stable_before_the_registry_says_so() -> None:
    given(CASES, *f.BACK).when(requesting, REQUEST, f.school(f.STABLE_ON)).then_refused("return-not-stable")


def test_a_return_is_not_stable_before_thirty_days_whatever_the_registry_says() -> None:
    early = f.RETURNED_ON + timedelta(days=29)
    past = (*f.STABLE[:-1], f.stabilised(early))
    given(CASES, *past).when(requesting, REQUEST, f.school(early)).then_refused("return-not-stable")


def test_closing_needs_the_evidence_of_its_reason() -> None:
    lacking = replace(REQUEST, evidence=())
    refusal = given(CASES, *f.STABLE).when(requesting, lacking, f.school(f.STABLE_ON)).then_refused("evidence-missing")
    assert "考勤记录" in refusal.zh


def test_evidence_is_not_dated_in_the_future() -> None:
    future = tuple(replace(each, dated_on=f.STABLE_ON + timedelta(days=1)) for each in f.EVIDENCE)
    given(CASES, *f.STABLE).when(requesting, replace(REQUEST, evidence=future), f.school(f.STABLE_ON)).then_refused(
        "date-in-future"
    )


GROUNDS: dict[ClosureReason, SearchEnded] = {
    ClosureReason.HOME_TEACHING_ACTIVE: f.ended(StopReason.HOME_TEACHING, "home-teaching-started"),
    ClosureReason.SUSPENDED_APPROVED: f.ended(StopReason.ON_SUSPENSION, "suspension-approved"),
    ClosureReason.DEFERRED_APPROVED: f.ended(StopReason.DEFERRED, "deferral-approved"),
    ClosureReason.ELSEWHERE_CONFIRMED: f.ended(StopReason.ELSEWHERE, "elsewhere-confirmed"),
    ClosureReason.WENT_ABROAD: f.ended(StopReason.ABROAD, "went-abroad"),
    ClosureReason.COMPLETED: f.ended(StopReason.COMPLETED, "graduation-recorded"),
    ClosureReason.DECEASED: f.DIED,
    ClosureReason.MISSING_DECLARED: f.ended(StopReason.DECLARED_MISSING, "declared-missing"),
    ClosureReason.DATA_ERROR: f.ended(StopReason.MISTAKE, "dropout-mark-corrected"),
}
"""What the registry must have said. A return, a transfer and an age have tests of their own."""


def asking(reason: ClosureReason) -> RequestClosure:
    papers = tuple(Evidence(kind=kind, reference="附件", dated_on=f.DUE_ON) for kind in sorted(REQUIRED[reason]))
    return replace(REQUEST, reason=reason, evidence=papers, return_event=None)


@pytest.mark.rule("11-14")
@pytest.mark.parametrize("reason", GROUNDS)
def test_a_reason_closes_with_the_registrys_event_that_proves_it_and_its_own_papers(reason: ClosureReason) -> None:
    case = given(CASES, *f.OPEN, GROUNDS[reason])
    bare = replace(asking(reason), evidence=())
    case.when(requesting, bare, f.school(f.DUE_ON)).then_refused("evidence-missing")
    asked = case.when(requesting, asking(reason), f.school(f.DUE_ON))
    closed = asked.then(*asked.events).when(closing, CLOSE, f.bureau(f.DUE_ON))
    assert closed.state.cycle(1).status is CaseStatus.CLOSED
    assert closed.events[0].fact == GROUNDS[reason].fact
    assert all(not each.open for each in closed.state.cycle(1).obligations)


@pytest.mark.rule("11-14")
@pytest.mark.parametrize("reason", [each for each in ClosureReason if each is not ClosureReason.RETURNED_STABLE])
def test_no_reason_closes_against_what_the_registry_says(reason: ClosureReason) -> None:
    sought = given(CASES, *f.OPEN).when(requesting, asking(reason), f.school(f.DUE_ON))
    sought.then_refused("reason-not-on-record")
    other = next(said for known, said in GROUNDS.items() if known is not reason)
    given(CASES, *f.OPEN, other).when(requesting, asking(reason), f.school(f.DUE_ON)).then_refused(
        "reason-not-on-record"
    )


def test_every_reason_is_proven_by_events_that_the_registry_publishes() -> None:
    assert set(PROOFS) == set(ClosureReason)
    assert set().union(*PROOFS.values()) <= set(REGISTRY.classes)
    assert set().union(*PROOFS.values()) <= set(FACT)


def test_the_registrys_last_word_counts() -> None:
    gone = given(CASES, *f.OPEN, GROUNDS[ClosureReason.ELSEWHERE_CONFIRMED], replace(f.DIED, ended_on=f.RETURNED_ON))
    refusal = gone.when(requesting, asking(ClosureReason.ELSEWHERE_CONFIRMED), f.school(f.RETURNED_ON)).then_refused(
        "reason-overtaken"
    )
    assert "死亡登记" in refusal.zh
    assert gone.when(requesting, asking(ClosureReason.DECEASED), f.school(f.RETURNED_ON)).refusal is None


def test_a_ground_that_lapsed_between_request_and_approval_closes_nothing() -> None:
    elsewhere = GROUNDS[ClosureReason.ELSEWHERE_CONFIRMED]
    asked = given(CASES, *f.OPEN, elsewhere).when(
        requesting, asking(ClosureReason.ELSEWHERE_CONFIRMED), f.school(f.DUE_ON)
    )
    lapsed = GroundLapsed(
        child_id=f.CHILD,
        cycle=1,
        ground=StopReason.ELSEWHERE,
        fact=Fact(type="registry.elsewhere-lapsed.v1", event="registry/3/1070"),
        reopens=False,
        lapsed_on=f.RETURNED_ON,
    )
    given(CASES, *f.OPEN, elsewhere, *asked.events, lapsed).when(closing, CLOSE, f.bureau(f.RETURNED_ON)).then_refused(
        "reason-overtaken"
    )


def test_a_transfer_closes_when_the_child_is_back_at_the_receiving_school() -> None:
    request = asking(ClosureReason.TRANSFERRED_CONFIRMED)
    moved = (*f.OPEN, f.moved())
    given(CASES, *moved).when(requesting, request, f.school(f.RETURNED_ON)).then_refused("child-not-back")
    asked = given(CASES, *moved, f.verifying()).when(requesting, request, f.school(f.RETURNED_ON))
    assert asked.events[0].fact == f.TRANSFER
    given(CASES, *f.BACK).when(requesting, request, f.school(f.RETURNED_ON)).then_refused("reason-not-on-record")


def test_a_transfer_out_of_the_county_closes_as_a_transfer_or_as_elsewhere() -> None:
    out = f.ended(StopReason.ELSEWHERE, "transferred-out", event="registry/3/1048")
    gone = given(CASES, *f.OPEN, out, GROUNDS[ClosureReason.ELSEWHERE_CONFIRMED])
    for reason in (ClosureReason.TRANSFERRED_CONFIRMED, ClosureReason.ELSEWHERE_CONFIRMED):
        assert gone.when(requesting, asking(reason), f.school(f.DUE_ON)).refusal is None


@pytest.mark.parametrize(
    ("born_on", "code"),
    [(date(2012, 5, 1), "reason-not-on-record"), (date(2010, 8, 31), ""), (date(2010, 9, 1), "reason-not-on-record")],
    ids=["fourteen", "sixteen on 31 August", "sixteen a day later"],
)
def test_aged_out_is_who_was_past_school_age_when_the_school_year_began(born_on: date, code: str) -> None:
    birth = Birth(born_on=born_on, fact=Fact(type="registry.child-registered.v1", event="registry/3/1"))
    decide = partial(request_closure, birth=birth, terms=f.TERMS)
    asked = given(CASES, *f.OPEN).when(decide, asking(ClosureReason.AGED_OUT), f.school(f.DUE_ON))
    assert (asked.refusal.code if asked.refusal else "") == code


# -- stable rests on checks


@pytest.mark.rule("9-28")
def test_a_stable_return_without_its_checks_says_so_openly_and_why() -> None:
    unchecked = given(CASES, *f.UNCHECKED, f.checked(2))
    refusal = unchecked.when(requesting, REQUEST, f.school(f.STABLE_ON)).then_refused("checks-missing")
    assert "第1次、第3次" in refusal.zh
    asked = unchecked.when(requesting, replace(REQUEST, unchecked_because="山洪断路"), f.school(f.STABLE_ON))
    said = asked.events[0]
    assert (said.checks, said.missing_checks) == (f.CHECK_EVENTS[1:2], (1, 3))
    closed = asked.then(said).when(closing, CLOSE, f.bureau(f.STABLE_ON)).events[0]
    assert (closed.missing_checks, closed.unchecked_because) == ((1, 3), "山洪断路")


def test_a_check_that_did_not_find_the_child_is_none() -> None:
    past = (*f.BACK, f.CHECKS_PLANNED, f.checked(1), f.checked(2), f.checked(3, "ABSENT"), f.stabilised())
    given(CASES, *past).when(requesting, REQUEST, f.school(f.STABLE_ON)).then_refused("checks-missing")


def test_where_no_check_was_ever_planned_one_is_missing() -> None:
    given(CASES, *f.BACK, f.stabilised()).when(requesting, REQUEST, f.school(f.STABLE_ON)).then_refused(
        "checks-missing"
    )


@pytest.mark.rule("11-14")
def test_lost_whereabouts_are_no_reason_and_every_reason_needs_evidence() -> None:
    assert "UNTRACEABLE" not in set(ClosureReason)
    assert all(REQUIRED[reason] for reason in ClosureReason)
    assert set().union(*REQUIRED.values()) <= set(EvidenceKind)


@pytest.mark.rule("11-14")
def test_nothing_is_closed_that_nobody_asked_to_close() -> None:
    given(CASES, *f.STABLE).when(closing, CLOSE, f.bureau(f.STABLE_ON)).then_refused("closure-not-requested")


@pytest.mark.parametrize("hand", ["principal", "class-teacher"], ids=["requester", "opener"])
def test_who_asked_or_opened_does_not_close(hand: str) -> None:
    asked = given(CASES, *f.STABLE, f.closure_requested())
    asked.when(closing, CLOSE, f.bureau(f.STABLE_ON, hand)).then_refused("same-hand-not-allowed")


def test_a_request_of_the_old_cycle_does_not_close_a_case_that_relapsed_since() -> None:
    relapsed = given(CASES, *f.STABLE, f.closure_requested(), f.case_reopened())
    relapsed.when(closing, CLOSE, f.bureau(f.STABLE_ON)).then_refused("case-not-open")
    new_cycle = replace(CLOSE, cycle=2)
    relapsed.when(closing, new_cycle, f.bureau(f.STABLE_ON)).then_refused("closure-not-requested")


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
    back.when(closing, CLOSE, f.bureau(f.STABLE_ON)).then_refused("closure-not-requested")
    back.when(requesting, REQUEST, f.school(f.STABLE_ON)).then(f.closure_requested())


def test_only_another_hand_sends_back_what_was_asked_for() -> None:
    given(CASES, *f.STABLE).when(reject_closure, REJECT, f.bureau(f.STABLE_ON)).then_refused("closure-not-requested")
    own = (*f.STABLE, f.closure_requested(by="officer"))
    decided = given(CASES, *own).when(reject_closure, REJECT, f.bureau(f.STABLE_ON))
    assert decided.refusal is not None
