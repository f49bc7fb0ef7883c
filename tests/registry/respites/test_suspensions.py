"""休学: applied for, approved, filed, watched to its end; and 复学, which alone brings the pupil back."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from services.registry.attendance.daily import RecordAttendance
from services.registry.attendance.marks import Mark, MarkKind
from services.registry.attendance.returning import CheckStability
from services.registry.children.state import CHILDREN
from services.registry.children.statuses import Attendance, Registration
from services.registry.respites.ending import (
    RemindOfRespiteEnd,
    expire_respite,
    remind_of_respite_end,
    resume_student,
)
from services.registry.respites.events import RespiteEndsSoon
from shared.kernel.caller import Caller, Scope
from tests.given import given, on
from tests.registry.conftest import Registry
from tests.registry.facts import (
    CHILD,
    OTHER_SCHOOL,
    absent,
    book,
    check_in,
    day,
    dropped_out,
    enrol,
    enrolled,
    mark,
    noted,
    open_school,
    register,
    registered,
    returned,
    suspected,
)
from tests.registry.respites.given import (
    APPLICATION,
    APPROVAL,
    EXPIRE,
    FITNESS,
    ILLNESS,
    applied,
    applying,
    approve,
    approving,
    ask,
    expired,
    file,
    resume,
    suspended,
)
from tests.registry.test_attendance import returning, stability

PUPIL = (registered(), enrolled())
ASKED = (*PUPIL, applied())
SUSPENDED = (*ASKED, suspended())
EXPIRED = (*SUSPENDED, expired())
SCHOOL_OFFICE = Caller("school-1", "school_admin", Scope("349921"))
CLERK = Caller("clerk-1", "township_clerk", Scope("349921101"))
LATER = on(day(100))


# application and approval


@pytest.mark.rule("7-11")
@pytest.mark.parametrize("papers", [(), (APPLICATION,), (ILLNESS,)])
def test_without_the_guardians_application_and_a_proof_nobody_asks_for_a_suspension(papers: tuple[Any, ...]) -> None:
    given(CHILDREN, *PUPIL).when(applying, ask(papers=papers), LATER).then_refused("papers-missing")


@pytest.mark.rule("7-11")
def test_without_the_document_of_township_or_bureau_there_is_no_suspension() -> None:
    given(CHILDREN, *ASKED).when(approving, approve(papers=()), on(day(1))).then_refused("papers-missing")


def test_who_recorded_the_application_does_not_approve_it() -> None:
    given(CHILDREN, *ASKED).when(approving, approve(), on(day(1), subject="school-1")).then_refused(
        "same-hand-not-allowed"
    )


def test_an_approved_pupil_is_on_leave_by_right_and_its_registration_is_suspended() -> None:
    state = given(CHILDREN, *ASKED).when(approving, approve(), on(day(1))).then(suspended()).state
    assert (state.attendance, state.registration) == (Attendance.ON_APPROVED_LEAVE, Registration.SUSPENDED)


def test_an_application_alone_changes_nothing() -> None:
    assert given(CHILDREN, *ASKED).state.attendance is Attendance.IN_SCHOOL


@pytest.mark.parametrize(
    ("past", "was", "cycle"),
    [
        ((absent(0),), "ABSENT_UNEXCUSED", 0),
        ((absent(0), suspected()), "SUSPECTED_DROPOUT", 1),
        ((absent(0), suspected(), dropped_out()), "DROPPED_OUT", 1),
        ((absent(0), suspected(), returned(10)), "RETURNED_PROBATION", 1),
    ],
)
def test_a_suspension_ends_the_spell_the_suspicion_and_the_probation(
    past: tuple[Any, ...], was: str, cycle: int
) -> None:
    asked = given(CHILDREN, *PUPIL, *past, applied()).when(approving, approve(day(30)), on(day(30)))
    state, event = asked.state, asked.events[0]
    assert (event.was, event.cycle) == (was, cycle)
    assert (state.attendance, state.unexcused) == (Attendance.ON_APPROVED_LEAVE, ())
    assert (state.returned_on, state.steady_since) == (None, None)
    given(CHILDREN, *PUPIL, *past, applied(), event).when(
        stability, CheckStability(child_id=CHILD), LATER
    ).then_nothing()


@pytest.mark.parametrize(
    ("command", "code"),
    [
        (ask(until=day(-1)), "date-out-of-order"),
        (ask(from_on=day(-30)), "date-out-of-order"),
        (ask(until=day(366)), "respite-too-long"),
        (ask(on=day(101)), "date-in-future"),
    ],
)
def test_a_suspension_has_a_possible_time(command: Any, code: str) -> None:
    given(CHILDREN, *PUPIL).when(applying, command, LATER).then_refused(code)


def test_one_application_is_decided_before_the_next() -> None:
    given(CHILDREN, *ASKED).when(applying, ask(id="a2"), LATER).then_refused("application-pending")


def test_until_its_first_day_the_pupil_has_to_come() -> None:
    ahead = given(CHILDREN, *PUPIL).when(applying, ask(from_on=day(30)), on(day(0), subject="school-1"))
    given(CHILDREN, *PUPIL, *ahead.events).when(approving, approve(), on(day(1))).then_refused("suspension-not-begun")


def test_a_suspension_that_is_already_over_is_not_approved() -> None:
    given(CHILDREN, *ASKED).when(approving, approve(), on(day(181))).then_refused("date-out-of-order")


# the attendance book meanwhile


def test_a_suspension_covers_its_days_in_the_attendance_book() -> None:
    given(CHILDREN, *SUSPENDED).when(book, mark("UNEXCUSED", 5, 6), LATER).then_nothing()
    given(CHILDREN, *SUSPENDED).when(book, mark("SICK", 5), LATER).then_nothing()


@pytest.mark.rule("7-11")
def test_coming_to_class_is_no_resumption() -> None:
    given(CHILDREN, *SUSPENDED).when(book, mark("PRESENT", 5), LATER).then_refused("resumption-needed")


@pytest.mark.rule("7-11")
@pytest.mark.parametrize("kind", ["PRESENT", "SICK"])
def test_neither_presence_nor_leave_mends_an_expired_suspension(kind: str) -> None:
    sheet = RecordAttendance(child_id=CHILD, marks=(Mark(day=day(182), kind=MarkKind(kind)),))
    given(CHILDREN, *EXPIRED).when(book, sheet, on(day(182))).then_refused("resumption-needed")
    given(CHILDREN, *EXPIRED).when(returning, check_in(182), on(day(182))).then_refused("resumption-needed")


# the end


def test_the_day_after_the_end_without_resumption_is_an_absence() -> None:
    state = given(CHILDREN, *SUSPENDED).when(expire_respite, EXPIRE, on(day(181))).then(expired()).state
    assert (state.attendance, state.absent_since) == (Attendance.ABSENT_UNEXCUSED, day(181))


def test_on_the_last_day_nothing_has_expired_and_after_resumption_nothing_does() -> None:
    given(CHILDREN, *SUSPENDED).when(expire_respite, EXPIRE, on(day(180))).then_nothing()
    back = given(CHILDREN, *SUSPENDED).when(resume_student, resume(day(100)), LATER)
    given(CHILDREN, *SUSPENDED, *back.events).when(expire_respite, EXPIRE, on(day(181))).then_nothing()
    given(CHILDREN, *EXPIRED).when(expire_respite, EXPIRE, on(day(182))).then_nothing()


def test_a_reminder_comes_before_the_end_and_only_for_who_is_still_away() -> None:
    remind = RemindOfRespiteEnd(child_id=CHILD, application_id="a1")
    decided = given(CHILDREN, *SUSPENDED).when(remind_of_respite_end, remind, on(day(160)))
    assert [type(event) for event in decided.events] == [RespiteEndsSoon]
    given(CHILDREN, *EXPIRED).when(remind_of_respite_end, remind, on(day(190))).then_nothing()


# resumption


def test_a_pupil_resumes_with_application_and_certificate() -> None:
    state = given(CHILDREN, *SUSPENDED).when(resume_student, resume(day(100)), LATER).state
    assert (state.attendance, state.registration) == (Attendance.IN_SCHOOL, Registration.ACTIVE)


def test_a_pupil_resumes_also_after_the_suspension_expired() -> None:
    state = given(CHILDREN, *EXPIRED).when(resume_student, resume(day(183)), on(day(183))).state
    assert (state.attendance, state.registration, state.unexcused) == (
        Attendance.IN_SCHOOL,
        Registration.ACTIVE,
        (),
    )


@pytest.mark.rule("7-11")
@pytest.mark.parametrize("papers", [(), (APPLICATION,), (FITNESS,)])
def test_nobody_resumes_without_papers(papers: tuple[Any, ...]) -> None:
    given(CHILDREN, *SUSPENDED).when(resume_student, resume(day(100), papers=papers), LATER).then_refused(
        "papers-missing"
    )


@pytest.mark.parametrize("past", [PUPIL, (*PUPIL, absent(0), suspected())])
def test_who_does_not_miss_school_by_right_cannot_resume(past: tuple[Any, ...]) -> None:
    given(CHILDREN, *past).when(resume_student, resume(day(100)), LATER).then_refused("transition-not-allowed")


def test_a_merely_absent_pupil_is_not_suspended() -> None:
    given(CHILDREN, *PUPIL, absent(0)).when(resume_student, resume(day(100)), LATER).then_refused("not-suspended")


def test_resumption_is_at_the_own_school_and_after_the_last_day_missed() -> None:
    elsewhere = replace(resume(day(100)), school_code=OTHER_SCHOOL)
    given(CHILDREN, *SUSPENDED).when(resume_student, elsewhere, LATER).then_refused("other-school")
    given(CHILDREN, *EXPIRED).when(resume_student, resume(day(180)), on(day(185))).then_refused("date-out-of-order")


# renewal


def renewal(begins: int = 181, until: int = 300, id: str = "a2") -> Any:
    return ask(from_on=day(begins), until=day(until), on=day(170), id=id)


def test_a_renewal_follows_without_a_gap_and_moves_the_end() -> None:
    asked = given(CHILDREN, *SUSPENDED).when(applying, renewal(), on(day(170), subject="school-1"))
    assert asked.events[0].renewal
    renewed = given(CHILDREN, *SUSPENDED, *asked.events).when(approving, approve(day(171), id="a2"), on(day(171)))
    assert renewed.state.respite is not None
    assert (renewed.state.respite.since, renewed.state.respite.until) == (day(0), day(300))
    past = (*SUSPENDED, *asked.events, *renewed.events)
    given(CHILDREN, *past).when(expire_respite, EXPIRE, on(day(181))).then_nothing()


def test_a_renewal_with_a_gap_or_once_too_often_is_refused() -> None:
    given(CHILDREN, *SUSPENDED).when(applying, renewal(190), on(day(170))).then_refused("renewal-not-adjacent")
    asked = given(CHILDREN, *SUSPENDED).when(applying, renewal(), on(day(170), subject="school-1"))
    renewed = given(CHILDREN, *SUSPENDED, *asked.events).when(approving, approve(day(171), id="a2"), on(day(171)))
    past = (*SUSPENDED, *asked.events, *renewed.events)
    given(CHILDREN, *past).when(applying, renewal(301, 400, id="a3"), on(day(250))).then_refused("renewed-too-often")


# the whole way, over a database


@pytest.mark.rule("9-25")
def test_application_approval_and_filing_are_facts_of_three_hands(nol: Registry) -> None:
    nol.do(open_school())
    nol.do(register())
    nol.do(enrol())
    nol.do(ask(until=date(2027, 1, 20)), caller=SCHOOL_OFFICE)
    nol.do(approve(), caller=CLERK)
    nol.do(file())
    row = nol.store.ledger_collection("respites").find_one({"_id": f"{CHILD}:a1"})
    assert row is not None
    assert (row["status"], row["applied_by"], row["approved_by"], row["filing_number"]) == (
        "FILED",
        "school-1",
        "clerk-1",
        "备〔2026〕1号",
    )
    assert [paper["kind"] for paper in row["papers"]] == ["GUARDIAN_APPLICATION", "MEDICAL_PROOF", APPROVAL.kind]


def test_an_expired_suspension_runs_on_as_absence_into_a_suspicion(nol: Registry) -> None:
    nol.do(open_school())
    nol.do(register())
    nol.do(enrol())
    nol.do(ask(until=date(2026, 12, 31)), caller=SCHOOL_OFFICE)
    nol.do(approve(), caller=CLERK)
    nol.wait_until(date(2026, 12, 15))
    assert nol.store.ledger_collection("respites").find_one({"ends_soon": True}) is not None
    nol.wait_until(date(2027, 1, 1))
    assert (nol.child(CHILD)["status"], nol.child(CHILD)["absent_since"]) == ("ABSENT_UNEXCUSED", "2027-01-01")
    nol.wait_until(date(2027, 1, 8))
    assert nol.child(CHILD)["status"] == "ABSENT_UNEXCUSED"  # New Year's Day does not count
    nol.wait_until(date(2027, 1, 9))
    assert nol.child(CHILD)["status"] == "SUSPECTED_DROPOUT"


# one kind after the other, without school in between


def after(*past: Any, begins: int, until: int, id: str, today: int) -> tuple[Any, ...]:
    """What happened, and one more time away that was asked for and approved on a day."""
    asked = given(CHILDREN, *past).when(
        applying, ask(from_on=day(begins), until=day(until), on=day(today), id=id), on(day(today), subject="school-1")
    )
    approved = given(CHILDREN, *past, *asked.events).when(approving, approve(day(today), id=id), on(day(today)))
    return (*past, *asked.events, *approved.events)


GONE_AFTERWARDS = (
    expired(),
    suspected(188, since=181),
    noted(190, attempts=1, failed=1),
    replace(dropped_out(210), absent_since=day(181)),
)


def test_who_asks_anew_after_the_end_without_having_been_at_school_asks_for_a_renewal() -> None:
    twice = after(*SUSPENDED, *GONE_AFTERWARDS, begins=212, until=300, id="a2", today=212)
    state = given(CHILDREN, *twice).state
    assert state.respite is not None
    assert (state.attendance, state.respite.renewals) == (Attendance.ON_APPROVED_LEAVE, 1)
    assert state.respite.since == day(212)
    again = (*twice, replace(expired(300), application_id="a2"), suspected(308, since=301, cycle=2))
    gone = (
        *again,
        noted(310, attempts=1, failed=1, cycle=2),
        replace(dropped_out(330, cycle=2), absent_since=day(301)),
    )
    command = ask(from_on=day(331), until=day(400), on=day(331), id="a3")
    given(CHILDREN, *gone).when(applying, command, on(day(331))).then_refused("renewed-too-often")


def test_a_time_that_is_over_is_not_asked_for_a_second_time() -> None:
    past = (*SUSPENDED, *GONE_AFTERWARDS)
    command = ask(from_on=day(180), until=day(300), on=day(212), id="a2")
    given(CHILDREN, *past).when(applying, command, on(day(212))).then_refused("renewal-not-adjacent")


def test_school_in_between_begins_the_count_anew() -> None:
    back = given(CHILDREN, *SUSPENDED).when(resume_student, resume(day(100)), on(day(100)))
    once_more = after(*SUSPENDED, *back.events, begins=120, until=200, id="a2", today=120)
    state = given(CHILDREN, *once_more).state
    assert state.respite is not None
    assert state.respite.renewals == 0
