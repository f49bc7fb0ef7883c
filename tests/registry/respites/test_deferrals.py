"""延缓入学: a child of age that may enter school later, by right and for a time."""

from datetime import date
from typing import Any

import pytest

from services.registry.children.state import CHILDREN
from services.registry.children.statuses import Attendance
from services.registry.respites.applying import RefuseRespite, file_respite, refuse_respite
from services.registry.respites.ending import ExpireRespite, expire_respite
from services.registry.respites.events import DeferralApproved, DeferralExpired, RespiteRefused
from services.registry.respites.kinds import RespiteKind
from shared.kernel.caller import Caller, Scope
from shared.kernel.refusals import AlreadyRecorded, RoleNotAllowed
from tests.given import given, on
from tests.registry.conftest import Registry
from tests.registry.facts import CHILD, day, enrolled, register, registered
from tests.registry.respites.given import (
    APPLICATION,
    APPROVAL,
    CALENDAR,
    EXPIRE,
    applied,
    applying,
    approve,
    approving,
    ask,
    file,
)

DEFERRAL = RespiteKind.DEFERRAL
ASKED = (registered(), applied(DEFERRAL))
DEFERRED = DeferralApproved(
    child_id=CHILD,
    application_id="a1",
    renewal=False,
    from_on=day(0),
    until=day(180),
    remind_on=CALENDAR.working.add_working_days(day(180), -15),
    papers=[APPROVAL],
    approved_on=day(1),
    approved_by="u1",
    provisional=True,  # the reminder lies in 2027
)
TEACHER = Caller("school-1", "school_admin", Scope("349921"))
CLERK = Caller("clerk-1", "township_clerk", Scope("349921101"))
LATER = on(day(100))


@pytest.mark.rule("9-25")
def test_an_approved_deferral_keeps_the_child_off_the_list_of_those_who_never_enrolled() -> None:
    assert given(CHILDREN, *ASKED).state.attendance is Attendance.NEVER_ENROLLED
    state = given(CHILDREN, *ASKED).when(approving, approve(), on(day(1))).then(DEFERRED).state
    assert state.attendance is Attendance.DEFERRED


@pytest.mark.rule("9-25")
def test_a_deferral_needs_the_guardians_application_and_a_proof() -> None:
    refusal = given(CHILDREN, registered()).when(applying, ask(DEFERRAL, papers=(APPLICATION,)), LATER)
    assert "病情证明" in refusal.then_refused("papers-missing").zh


def test_a_pupil_is_suspended_and_not_deferred_and_the_other_way_round() -> None:
    given(CHILDREN, registered(), enrolled()).when(applying, ask(DEFERRAL), LATER).then_refused(
        "transition-not-allowed"
    )
    given(CHILDREN, registered()).when(applying, ask(), LATER).then_refused("transition-not-allowed")


def test_a_refused_application_ends_and_another_can_be_made() -> None:
    refuse = RefuseRespite(child_id=CHILD, application_id="a1", refused_on=day(1), reason="证明材料不符")
    refused = RespiteRefused(
        child_id=CHILD, application_id="a1", kind=DEFERRAL, reason="证明材料不符", refused_on=day(1)
    )
    ended = given(CHILDREN, *ASKED).when(refuse_respite, refuse, on(day(1))).then(refused)
    ended.when(approving, approve(), on(day(1))).then_refused("application-not-there")
    again = ended.when(applying, ask(DEFERRAL, id="a2"), LATER)
    assert again.state.applications.keys() == {"a1", "a2"}


def test_the_day_after_the_end_without_enrolment_the_child_is_one_who_never_enrolled() -> None:
    past = (*ASKED, DEFERRED)
    given(CHILDREN, *past).when(expire_respite, EXPIRE, on(day(180))).then_nothing()
    expired = DeferralExpired(child_id=CHILD, application_id="a1", until=day(180), expired_on=day(181))
    state = given(CHILDREN, *past).when(expire_respite, EXPIRE, on(day(181))).then(expired).state
    assert state.attendance is Attendance.NEVER_ENROLLED


def test_a_child_that_entered_school_meanwhile_is_deferred_no_longer() -> None:
    given(CHILDREN, *ASKED, DEFERRED, enrolled()).when(expire_respite, EXPIRE, on(day(181))).then_nothing()


@pytest.mark.rule("9-25")
def test_filing_comes_after_approval_by_another_hand_and_once() -> None:
    given(CHILDREN, *ASKED).when(file_respite, file(), on(day(2))).then_refused("application-not-there")
    approved = given(CHILDREN, *ASKED, DEFERRED)
    approved.when(file_respite, file(), on(day(2), subject="u1")).then_refused("same-hand-not-allowed")
    filed = approved.when(file_respite, file(), on(day(2), subject="u2"))
    again = given(CHILDREN, *ASKED, DEFERRED, *filed.events)
    again.when(file_respite, file(), on(day(2), subject="u2")).then_nothing()
    again.when(file_respite, file("另一号"), on(day(2), subject="u2")).then_refused("application-not-there")


@pytest.mark.rule("9-25")
def test_only_the_county_files_only_township_or_bureau_approve_and_a_number_is_used_once(nol: Registry) -> None:
    nol.do(register())
    nol.do(ask(DEFERRAL), caller=TEACHER)
    with pytest.raises(RoleNotAllowed):
        nol.do(approve(), caller=TEACHER)
    nol.do(approve(), caller=CLERK, id="approved")
    with pytest.raises(RoleNotAllowed):
        nol.do(file(), caller=CLERK)
    nol.do(file(), id="filed")
    nol.wait_until(date(2027, 3, 7))
    assert nol.child(CHILD)["status"] == "NEVER_ENROLLED"
    nol.do(ask(DEFERRAL, id="a2", from_on=day(181), until=day(300), on=day(181)), caller=TEACHER)
    nol.do(approve(day(181), id="a2"), caller=CLERK)
    with pytest.raises(AlreadyRecorded):
        nol.do(file(on=day(181), id="a2"))


def deferred_again(*past: Any, begins: int, until: int, id: str, today: int) -> tuple[Any, ...]:
    command = ask(RespiteKind.DEFERRAL, from_on=day(begins), until=day(until), on=day(today), id=id)
    asked = given(CHILDREN, *past).when(applying, command, on(day(today), subject="school-1"))
    approved = given(CHILDREN, *past, *asked.events).when(approving, approve(day(today), id=id), on(day(today)))
    over = given(CHILDREN, *past, *asked.events, *approved.events).when(
        expire_respite, ExpireRespite(child_id=CHILD, application_id=id), on(day(until + 1))
    )
    return (*past, *asked.events, *approved.events, *over.events)


def test_a_deferral_that_is_asked_for_anew_after_the_last_one_ended_is_a_renewal_and_has_its_limit() -> None:
    past: tuple[Any, ...] = (registered(),)
    for number, begins in enumerate((0, 200, 400)):
        past = deferred_again(*past, begins=begins, until=begins + 180, id=f"a{number}", today=begins)
    assert [each.renewal for each in past if isinstance(each, DeferralApproved)] == [False, True, True]
    command = ask(RespiteKind.DEFERRAL, from_on=day(600), until=day(700), on=day(600), id="a9")
    given(CHILDREN, *past).when(applying, command, on(day(600))).then_refused("renewed-too-often")
