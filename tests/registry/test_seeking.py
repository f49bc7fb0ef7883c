"""Children at no school: found in three ways, sought once, brought in by their enrolment."""

from dataclasses import replace
from datetime import date, timedelta
from functools import partial

import pytest

from services.registry.attendance.returning import NotePersuasion, RecordReturn
from services.registry.children.child import Child
from services.registry.children.files import RegisterPupil, enrol_child
from services.registry.children.ids import ChildId
from services.registry.children.refusals import NotEnrolled
from services.registry.children.state import CHILDREN
from services.registry.corrections.decisions import AdvanceCorrection, RequestCorrection
from services.registry.corrections.steps import TURNS
from services.registry.entering.decisions import IssueEnrolmentNotice
from services.registry.entering.events import ChildBecameDue, Finding, OutOfSchoolChildFound
from services.registry.entering.seeking import (
    CheckEnrolled,
    ReportOutOfSchool,
    check_enrolled,
    report_out_of_school,
)
from services.registry.leaving.decisions import RecordDeath
from services.registry.marks.events import DropoutMarkCorrected
from services.registry.reconciliation.difference import difference_id
from services.registry.reconciliation.finding import FindDifference
from services.registry.reconciliation.reasons import Family
from services.registry.respites.applying import ApplyForRespite, ApproveRespite
from services.registry.respites.kinds import RespiteKind
from services.registry.schools.schools import RegisterSchool
from shared.kernel.caller import Caller, Scope, system_caller
from shared.kernel.refusals import DateInFuture, NotFound, RoleNotAllowed
from tests.given import given, on
from tests.registry.conftest import Registry
from tests.registry.facts import CHILD, POLICY, SCHOOL, enrol, register, registered
from tests.registry.papers import papers_for

TODAY = date(2026, 11, 20)
YEAR_BEGAN = date(2026, 9, 1)
REPORT = ReportOutOfSchool(child_id=CHILD, found_on=TODAY, remark="随祖母在家，未上学")
NOTICE = IssueEnrolmentNotice(
    child_id=CHILD, notice_no="入学2026-1号", school_code=SCHOOL, report_by=date(2026, 11, 30), issued_on=TODAY
)
LISTED = CheckEnrolled(child_id=CHILD, finding=Finding.LISTS)
CHECK = partial(check_enrolled, POLICY.age)


def found(
    since: date = YEAR_BEGAN, day: date = TODAY, finding: Finding = Finding.REPORT, remark: str = REPORT.remark
) -> OutOfSchoolChildFound:
    return OutOfSchoolChildFound(
        child_id=CHILD,
        school_code="",
        absent_since=since,
        found_on=day,
        finding=finding,
        remark=remark,
        poor=False,
        cycle=1,
    )


# -- deciding


@pytest.mark.rule("9-07")
def test_who_is_reported_at_no_school_is_sought_from_the_beginning_of_the_school_year() -> None:
    given(CHILDREN, registered()).when(report_out_of_school, REPORT, on(TODAY)).then(found())


def test_a_child_that_is_sought_already_is_sought_once() -> None:
    given(CHILDREN, registered(), found()).when(report_out_of_school, REPORT, on(TODAY)).then_nothing()
    given(CHILDREN, registered(), found()).when(CHECK, LISTED, on(TODAY)).then_nothing()


def test_who_is_at_school_or_too_young_is_not_at_no_school() -> None:
    too_young = replace(registered(), of_age=False)
    given(CHILDREN, too_young).when(report_out_of_school, REPORT, on(TODAY)).then_refused("transition-not-allowed")
    given(CHILDREN, too_young).when(CHECK, LISTED, on(TODAY)).then_nothing()


def test_nobody_is_found_on_a_day_to_come() -> None:
    tomorrow = replace(REPORT, found_on=TODAY + timedelta(days=1))
    given(CHILDREN, registered()).when(report_out_of_school, tomorrow, on(TODAY)).then_refused(DateInFuture.code)


def test_who_entered_before_it_was_found_never_was_missing() -> None:
    child: Child = given(CHILDREN, registered(), found()).state
    entered, corrected = enrol_child(POLICY.age, child, enrol(), on(TODAY))
    assert isinstance(corrected, DropoutMarkCorrected)
    assert (corrected.after, corrected.back_to) == ("NEVER_ENROLLED", "IN_SCHOOL")
    after = CHILDREN.evolve(CHILDREN.evolve(child, entered), corrected)
    assert (after.attendance, after.unexcused, after.is_away) == ("IN_SCHOOL", (), False)


def test_who_was_never_sought_is_simply_enrolled() -> None:
    child: Child = given(CHILDREN, registered(), ChildBecameDue(child_id=CHILD, due_on=YEAR_BEGAN)).state
    assert len(enrol_child(POLICY.age, child, enrol(), on(TODAY))) == 1


# -- the whole way


@pytest.fixture
def school(nol: Registry) -> Registry:
    nol.do(RegisterSchool(school_code=SCHOOL, name="青石镇中心小学", kind="PRIMARY", division="349921101"))
    return nol


def events_of(nol: Registry) -> list[str]:
    return [recorded.type.split(".")[1] for recorded in nol.history(CHILD)]


def defer(nol: Registry, until: date) -> None:
    asked = ApplyForRespite(
        child_id=CHILD,
        application_id="a1",
        kind=RespiteKind.DEFERRAL,
        from_on=TODAY,
        until=until,
        particulars=None,
        papers=papers_for("DEFERRAL_APPLICATION"),
        applied_on=TODAY,
    )
    nol.do(asked)
    approval = ApproveRespite(child_id=CHILD, application_id="a1", approved_on=TODAY, papers=papers_for("DEFERRAL"))
    nol.do(approval, caller=Caller("u9", "township_clerk", Scope("349921101")))


def correct_birth_date(nol: Registry, born: date) -> None:
    asked = RequestCorrection(
        child_id=CHILD,
        correction_id="k1",
        field="birth_date",
        new_value=born.isoformat(),
        basis="出生医学证明",
        requested_on=TODAY,
    )
    nol.do(asked)
    for turn, step in enumerate(TURNS):
        order = AdvanceCorrection(child_id=CHILD, correction_id="k1", step=step, advanced_on=TODAY, reference="GJ-7")
        nol.do(order, caller=Caller(f"u{turn}", "bureau_officer", Scope("349921")))


def difference(reason: str = "N2") -> FindDifference:
    return FindDifference(
        difference_id=difference_id(CHILD, Family.NO_REG),
        child_id=CHILD,
        reason=reason,
        poor=False,
        name="林小雨",
        sex="F",
        birth_date=date(2014, 9, 3),
        id_number=None,
        id_index=None,
        division="349921101",
        school_code="",
        school_name="",
        other="",
        other_subject="",
        child_cycle=0,
        lists=("l1",),
        lists_on=TODAY,
        registration="NONE",
        attendance="NEVER_ENROLLED",
    )


@pytest.mark.rule("9-07")
def test_a_child_whom_the_lists_know_and_no_school_has_is_sought_at_once(school: Registry) -> None:
    school.do(register())
    school.do(difference())
    school.fire()
    row = school.child(CHILD)
    assert (row["status"], row["finding"], row["cycle"]) == ("NEVER_ENROLLED", "LISTS", 1)
    assert (row["sought_on"], row["absent_since"]) == ("2026-11-20", "2026-09-01")


def test_a_difference_of_another_reason_seeks_nobody(school: Registry) -> None:
    school.do(register())
    school.do(difference("N3"))
    school.fire()
    assert events_of(school) == ["child-registered"]


def test_whom_a_notice_gives_time_still_the_lists_do_not_have_sought(school: Registry) -> None:
    school.do(register())
    school.do(NOTICE)
    school.do(difference())
    school.fire()
    assert events_of(school)[-1] == "enrolment-notice-issued"


@pytest.mark.rule("9-07")
def test_who_does_not_come_by_the_day_of_its_notice_is_sought_ten_days_later(school: Registry) -> None:
    school.do(register())
    school.do(NOTICE)
    school.wait_until(date(2026, 12, 10))
    assert events_of(school)[-1] == "enrolment-notice-issued"
    school.wait_until(date(2026, 12, 11))
    (*_, told) = school.history(CHILD)
    assert (told.data["school_code"], told.data["absent_since"]) == (SCHOOL, "2026-12-01")
    assert told.data["finding"] == "NOT_ENROLLED"


def test_who_comes_in_time_is_not_sought(school: Registry) -> None:
    school.do(register())
    school.do(NOTICE)
    school.wait_until(date(2026, 12, 1))
    school.do(enrol(on=date(2026, 12, 1)))
    school.wait_until(date(2026, 12, 20))
    assert school.child(CHILD)["status"] == "IN_SCHOOL"


def test_who_became_due_and_is_at_no_school_ten_days_later_is_sought(school: Registry) -> None:
    school.do(register(date(2021, 5, 1)))
    school.wait_until(date(2027, 9, 10))
    assert events_of(school)[-1] == "child-became-due"
    school.wait_until(date(2027, 9, 11))
    row = school.child(CHILD)
    assert (row["sought_on"], row["absent_since"]) == ("2027-09-11", "2027-09-01")


@pytest.mark.rule("9-07")
def test_its_enrolment_brings_it_in_on_probation_and_off_every_list(school: Registry) -> None:
    school.do(register())
    school.do(difference())
    school.fire()
    attempt = NotePersuasion(child_id=CHILD, attempted_on=TODAY, result="REFUSED", cycle=1)
    school.do(attempt, caller=system_caller("registry"))
    assert school.child(CHILD)["attempts"] == 1
    school.do(enrol(on=TODAY))
    row = school.child(CHILD)
    assert (row["status"], row["absent_since"], row["returned_on"]) == ("RETURNED_PROBATION", None, "2026-11-20")
    school.fire()
    (settled,) = school.store.ledger_collection("differences").find({"_id": difference_id(CHILD, Family.NO_REG)})
    assert settled["status"] == "RESOLVED"
    school.wait_until(TODAY + timedelta(days=31))
    assert school.child(CHILD)["status"] == "IN_SCHOOL"


def test_a_return_without_a_place_at_school_is_told_to_enrol_first(school: Registry) -> None:
    school.do(register())
    school.do(REPORT)
    checked_in = RecordReturn(child_id=CHILD, school_code=SCHOOL, returned_on=TODAY, evidence=("报到单1号",))
    with pytest.raises(NotEnrolled):
        school.do(checked_in)


def test_a_roster_of_a_whole_class_brings_it_in_as_well(school: Registry) -> None:
    school.do(register())
    school.do(REPORT)
    school.do(RegisterPupil(child=register(), enrolment=enrol(on=TODAY)))
    assert school.child(CHILD)["status"] == "RETURNED_PROBATION"


@pytest.mark.rule("9-25")
def test_a_deferral_ends_the_search_and_its_expiry_begins_a_new_one(school: Registry) -> None:
    school.do(register())
    school.do(REPORT)
    until = TODAY + timedelta(days=30)  # in the term: in the holidays nobody is sought
    defer(school, until)
    row = school.child(CHILD)
    assert (row["status"], row["absent_since"]) == ("DEFERRED", None)
    assert school.history(CHILD)[-1].data["cycle"] == 1
    school.wait_until(until + timedelta(days=12))
    row = school.child(CHILD)
    assert (row["cycle"], row["absent_since"]) == (2, (until + timedelta(days=1)).isoformat())


def test_nobody_seeks_a_child_that_has_died(school: Registry) -> None:
    school.do(register())
    school.do(NOTICE)
    school.do(RecordDeath(child_id=CHILD, died_on=TODAY, papers=papers_for("DEATH")))
    school.wait_until(date(2026, 12, 20))
    assert events_of(school)[-1] == "death-recorded"


def test_the_village_reports_its_own_children_and_no_others(school: Registry) -> None:
    school.do(register())
    with pytest.raises(NotFound):
        school.do(REPORT, caller=Caller("u2", "village_cadre", Scope("349921102")))
    with pytest.raises(RoleNotAllowed):
        school.do(REPORT, caller=Caller("u3", "finance_preparer", Scope("349921")))
    assert school.do(REPORT, caller=Caller("u4", "village_cadre", Scope("349921101"))).events


@pytest.mark.rule("9-07")
@pytest.mark.parametrize("entered", [TODAY, date(2027, 4, 12)])
def test_who_is_of_age_when_it_is_registered_and_at_no_school_is_sought_after_some_days(
    school: Registry, entered: date
) -> None:
    school.wait_until(entered)
    school.do(register())
    school.wait_until(entered + timedelta(days=2))
    assert events_of(school) == ["child-registered"]  # time for the entry to be followed by an enrolment
    school.wait_until(entered + timedelta(days=3))
    (*_, told) = school.history(CHILD)
    assert (told.data["finding"], told.data["absent_since"]) == ("NOT_ENROLLED", "2026-09-01")


def test_who_is_registered_and_enrolled_within_those_days_is_not_sought(school: Registry) -> None:
    school.do(register())
    school.do(enrol(on=TODAY))
    school.wait_until(TODAY + timedelta(days=15))
    assert events_of(school) == ["child-registered", "child-enrolled"]


def test_who_is_registered_in_the_first_days_of_the_school_year_has_its_ten_days(school: Registry) -> None:
    school.wait_until(date(2027, 9, 2))
    school.do(register())
    school.wait_until(date(2027, 9, 10))
    assert events_of(school) == ["child-registered"]
    school.wait_until(date(2027, 9, 11))
    assert events_of(school)[-1] == "out-of-school-child-found"


def test_who_is_registered_in_the_summer_is_sought_in_the_new_school_year_if_it_still_is_of_age(
    school: Registry,
) -> None:
    school.wait_until(date(2027, 8, 10))
    school.do(register(date(2011, 5, 1)))
    school.do(replace(register(), child_id=ChildId("c2")))
    school.wait_until(date(2027, 9, 20))
    assert events_of(school) == ["child-registered"]
    assert school.history(ChildId("c2"))[-1].type == "registry.out-of-school-child-found.v1"


@pytest.mark.rule("9-07")
def test_who_is_of_age_by_a_corrected_birth_date_is_sought_as_if_it_had_been_known(school: Registry) -> None:
    school.do(register(date(2021, 5, 1)))
    correct_birth_date(school, date(2019, 5, 1))
    assert school.child(CHILD)["status"] == "NEVER_ENROLLED"
    school.wait_until(TODAY + timedelta(days=3))
    row = school.child(CHILD)
    assert (row["sought_on"], row["absent_since"]) == ("2026-11-23", "2026-09-01")


def test_who_is_too_young_by_a_corrected_birth_date_is_off_the_queue_in_the_moment(school: Registry) -> None:
    school.do(register())
    school.do(difference())
    school.fire()
    correct_birth_date(school, date(2021, 5, 1))
    school.fire()
    (settled,) = school.store.ledger_collection("differences").find({"_id": difference_id(CHILD, Family.NO_REG)})
    assert (settled["status"], settled["fact"]) == ("RESOLVED", "NOT_DUE")


def test_who_is_too_young_by_a_corrected_birth_date_is_not_sought_until_its_year_has_come(school: Registry) -> None:
    school.do(register())
    school.do(REPORT)
    correct_birth_date(school, date(2021, 5, 1))
    row = school.child(CHILD)
    assert (row["status"], row["absent_since"]) == ("NOT_DUE", None)
    school.wait_until(date(2027, 9, 10))
    assert events_of(school)[-1] == "child-became-due"
    school.wait_until(date(2027, 9, 11))
    assert events_of(school)[-1] == "out-of-school-child-found"
