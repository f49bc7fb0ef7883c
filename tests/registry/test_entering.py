"""The way into school: becoming due, the notice, a student file that is missing, and the first three gates."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from services.registry.attendance.returning import NotePersuasion
from services.registry.children.statuses import StudentNumberKind
from services.registry.entering.decisions import ExplainGate, IssueEnrolmentNotice, ReportRegistrationGap
from services.registry.entering.refusals import GateNotSkipped, RegisteredAlready, ReportBeforeNotice
from services.registry.queries import child_gates
from services.registry.schools.headcounts import headcounts
from services.registry.schools.schools import RegisterSchool, SchoolNotRegistered
from services.registry.transitions.refusals import PapersMissing, TransitionNotAllowed
from shared.kernel.caller import Caller, Scope, system_caller
from shared.kernel.refusals import DateInFuture, NotFound, Refused
from tests.registry.conftest import COUNTY, Registry
from tests.registry.facts import CHILD, OTHER_SCHOOL, SCHOOL, confirm, day, enrol, mark, missed, register
from tests.registry.given_headcounts import nobody
from tests.registry.papers import papers_for

TODAY = date(2026, 11, 20)
NOTICE = IssueEnrolmentNotice(
    child_id=CHILD, notice_no="入学2026-1号", school_code=SCHOOL, report_by=date(2026, 12, 1), issued_on=TODAY
)
GAP = ReportRegistrationGap(
    child_id=CHILD, reason="随父母迁来，学籍未转", found_on=TODAY, papers=papers_for("REGISTRATION_GAP")
)
EXPLAIN = ExplainGate(child_id=CHILD, gate=1, reason="建档前已入学", explained_on=TODAY)
UNREGISTERED = replace(enrol(), student_number_kind=StudentNumberKind.NONE)


@pytest.fixture
def school(nol: Registry) -> Registry:
    nol.do(RegisterSchool(school_code=SCHOOL, name="青石镇中心小学", kind="PRIMARY", division="349921101"))
    return nol


def status(nol: Registry) -> str:
    return str(nol.child(CHILD)["status"])


def states(nol: Registry) -> list[str]:
    return [gate["state"] for gate in child_gates(nol.store, COUNTY, CHILD)]


@pytest.mark.parametrize(
    ("born", "due"),
    [
        (date(2021, 8, 31), date(2027, 9, 1)),
        (date(2021, 9, 1), date(2028, 9, 1)),
        (date(2026, 11, 1), date(2033, 9, 1)),
    ],
)
def test_a_child_becomes_due_on_the_first_of_september_after_it_turned_six(
    school: Registry, born: date, due: date
) -> None:
    school.do(register(born))
    assert status(school) == "NOT_DUE"
    deadlines = list(school.store.deadlines.find({"_id": f"due:{CHILD}"}))
    assert [each["due_at"].date().isoformat() for each in deadlines] == [date(due.year, 8, 31).isoformat()]


def test_who_is_due_and_at_no_school_stands_among_the_not_enrolled(school: Registry) -> None:
    school.do(register(date(2021, 5, 1)))
    school.wait_until(date(2027, 8, 31))
    assert status(school) == "NOT_DUE"
    school.wait_until(date(2027, 9, 1))
    assert (status(school), school.child(CHILD)["due_on"]) == ("NEVER_ENROLLED", "2027-09-01")


def test_who_is_at_school_early_or_of_age_already_does_not_become_due(school: Registry) -> None:
    school.do(register(date(2021, 5, 1)))
    school.do(replace(enrol(grade=1), enrolled_on=TODAY))
    school.wait_until(date(2027, 9, 2))
    assert status(school) == "IN_SCHOOL"


@pytest.mark.rule("8-03")
def test_the_first_three_gates_hold_their_documents_and_days(school: Registry) -> None:
    school.do(register())
    assert states(school) == ["AHEAD", "AHEAD", "AHEAD"]
    school.do(NOTICE)
    school.do(enrol())
    (notice, enrolment, _) = child_gates(school.store, COUNTY, CHILD)
    assert (notice["document"], notice["on"]) == ("入学2026-1号", "2026-11-20")
    assert (enrolment["document"], enrolment["on"]) == ("青石镇中心小学", "2026-09-01")
    assert states(school) == ["DONE", "DONE", "AHEAD"]


@pytest.mark.rule("8-03")
def test_a_gate_is_not_skipped_without_a_word_on_it(school: Registry) -> None:
    school.do(register())
    school.do(enrol())
    assert states(school) == ["SKIPPED", "DONE", "AHEAD"]
    with pytest.raises(DateInFuture):
        school.do(replace(EXPLAIN, explained_on=date(2026, 11, 21)))
    for gate in (2, 3):
        with pytest.raises(GateNotSkipped):
            school.do(replace(EXPLAIN, gate=gate))
    school.do(EXPLAIN)
    assert states(school) == ["EXPLAINED", "DONE", "AHEAD"]
    assert child_gates(school.store, COUNTY, CHILD)[0]["reason"] == "建档前已入学"
    assert not school.do(EXPLAIN, id="again").events


@pytest.mark.rule("8-03")
def test_the_third_gate_is_the_confirmed_dropout(school: Registry) -> None:
    school.do(register())
    school.do(enrol())
    school.do(missed())
    school.wait_until(date(2026, 11, 21))
    attempt = NotePersuasion(child_id=CHILD, attempted_on=day(10), result="REFUSED", cycle=1)
    school.do(attempt, caller=system_caller("registry"))
    school.do(confirm(40))
    assert states(school)[2] == "DONE"
    with pytest.raises(NotFound):
        child_gates(school.store, Caller("u9", "township_clerk", Scope("349921102")), CHILD)


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ({"issued_on": date(2026, 11, 21), "report_by": date(2026, 12, 1)}, DateInFuture),
        ({"report_by": date(2026, 11, 19)}, ReportBeforeNotice),
        ({"school_code": OTHER_SCHOOL}, SchoolNotRegistered),
    ],
)
def test_what_stands_against_a_notice(school: Registry, change: dict[str, Any], refusal: type[Refused]) -> None:
    school.do(register())
    with pytest.raises(refusal):
        school.do(replace(NOTICE, **change))


def test_a_notice_is_for_who_is_at_no_school_and_counts_once(school: Registry) -> None:
    school.do(register())
    school.do(NOTICE)
    assert not school.do(NOTICE, id="again").events
    row = school.child(CHILD)
    assert (row["notice_school"], row["report_by"]) == ("青石镇中心小学", "2026-12-01")
    school.do(enrol())
    with pytest.raises(TransitionNotAllowed):
        school.do(replace(NOTICE, notice_no="入学2026-2号"))


@pytest.mark.rule("9-06")
def test_who_sits_in_class_without_a_file_is_told_of_with_reason_and_certificate_until_the_number_is_there(
    school: Registry,
) -> None:
    school.do(register())
    school.do(UNREGISTERED)
    with pytest.raises(PapersMissing):
        school.do(replace(GAP, papers=()))
    school.do(GAP)
    row = school.child(CHILD)
    assert (row["status"], row["gap_reason"], row["certificate"]) == (
        "IN_SCHOOL_UNREGISTERED",
        "随父母迁来，学籍未转",
        "1号",
    )
    (count,) = headcounts(school.store, COUNTY, nobody, by_class=False)
    assert (count["in_school"], count["registered"]) == (1, 1)
    number = {"student_number": "sealed", "student_number_index": "i1"}
    school.do(replace(enrol(), **number), id="the number has come")
    row = school.child(CHILD)
    assert (row["status"], row["registration"], row["gap_closed_on"]) == ("IN_SCHOOL", "ACTIVE", "2026-09-01")


@pytest.mark.rule("9-06")
def test_a_gap_outlasts_an_absence(school: Registry) -> None:
    school.do(register())
    school.do(UNREGISTERED)
    school.do(GAP)
    school.do(mark("UNEXCUSED", 73))
    assert status(school) == "ABSENT_UNEXCUSED"
    school.do(mark("PRESENT", 74))
    number = {"student_number": "sealed", "student_number_index": "i1"}
    school.do(replace(enrol(), **number), id="the number has come")
    assert school.child(CHILD)["gap_closed_on"] == "2026-09-01"


@pytest.mark.rule("9-06")
def test_who_has_a_file_has_no_gap(school: Registry) -> None:
    school.do(register())
    with pytest.raises(TransitionNotAllowed):
        school.do(GAP)
    school.do(enrol())
    with pytest.raises(RegisteredAlready):
        school.do(GAP, id="enrolled")
