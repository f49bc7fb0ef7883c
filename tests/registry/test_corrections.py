"""A wrong field of a child's file: village, township, national system, confirmed; the old value stays readable."""

from datetime import UTC, date
from typing import Any

import pytest

from services.registry import sealing
from services.registry.children.ids import ChildId
from services.registry.corrections.decisions import AdvanceCorrection, RequestCorrection, ReturnCorrection
from services.registry.corrections.fields import CORRECTABLE
from services.registry.corrections.refusals import (
    CorrectionNotThere,
    CorrectionOpen,
    CorrectionUnknown,
    NothingToCorrect,
    ReceiptMissing,
)
from services.registry.corrections.steps import Step
from services.registry.entering.events import ChildBecameDue
from services.registry.queries import child_file
from shared.calendar.zone import local_date
from shared.faults import InvalidValue
from shared.kernel.caller import Caller, Scope
from shared.kernel.commands import Outcome
from shared.kernel.refusals import AlreadyRecorded, DateBefore, Refused, RoleNotAllowed, SameHandNotAllowed
from tests.registry.conftest import COUNTY, Registry
from tests.registry.facts import CHILD, enrol, open_school, register
from tests.registry.imports.test_importing import sheet

VILLAGE = Caller("cadre-1", "village_cadre", Scope("349921101"))
CLERK = Caller("clerk-1", "township_clerk", Scope("349921101"))
OTHER_CLERK = Caller("clerk-2", "township_clerk", Scope("349921101"))
TEACHER = Caller("teacher-1", "class_teacher", Scope("349921101"))
DAY = date(2026, 11, 20)
K = "k1"


@pytest.fixture
def known(nol: Registry) -> Registry:
    nol.do(register())
    return nol


def request(field: str = "name", value: str = "林晓雨", correction: str = K) -> RequestCorrection:
    return RequestCorrection(
        child_id=CHILD,
        correction_id=correction,
        field=field,
        new_value=value,
        basis="户口簿",
        requested_on=DAY,
        evidence=("户口簿照片",),
    )


def step(name: Step, *, reference: str = "", on: date = DAY, correction: str = K) -> AdvanceCorrection:
    return AdvanceCorrection(child_id=CHILD, correction_id=correction, step=name, advanced_on=on, reference=reference)


def entered(known: Registry, field: str = "name", value: str = "林晓雨", correction: str = K) -> None:
    """A correction up to the entry in the national system."""
    known.do(request(field, value, correction), caller=TEACHER)
    known.do(step(Step.VILLAGE_REVIEWED, correction=correction), caller=VILLAGE)
    known.do(step(Step.TOWNSHIP_ACCEPTED, correction=correction), caller=CLERK)
    known.do(step(Step.ENTERED_IN_NATIONAL_SYSTEM, reference="GJ-7", correction=correction), caller=CLERK)


def confirm(known: Registry, correction: str = K) -> Outcome:
    return known.do(step(Step.CONFIRMED, correction=correction), caller=OTHER_CLERK)


@pytest.mark.rule("3-13")
def test_a_correction_takes_every_step_and_only_then_changes_the_file(known: Registry) -> None:
    entered(known)
    assert known.child(CHILD)["name"] == "林小雨"
    confirm(known)
    assert known.child(CHILD)["name"] == "林晓雨"


@pytest.mark.rule("3-13")
def test_the_old_value_stays_readable(known: Registry) -> None:
    entered(known)
    confirm(known)
    history = child_file(known.store, known.personal, COUNTY, CHILD).history
    assert [
        (each["data"]["old_value"], each["data"]["new_value"]) for each in history if "corrected" in each["type"]
    ] == [("林小雨", "林晓雨")]


@pytest.mark.rule("3-13")
def test_a_step_out_of_turn_is_refused(known: Registry) -> None:
    known.do(request(), caller=TEACHER)
    for each in (Step.TOWNSHIP_ACCEPTED, Step.ENTERED_IN_NATIONAL_SYSTEM, Step.CONFIRMED):
        with pytest.raises(CorrectionNotThere):
            known.do(step(each, reference="GJ-7"), caller=CLERK)
    assert known.child(CHILD)["name"] == "林小雨"


@pytest.mark.rule("3-13")
def test_a_returned_correction_has_a_reason_and_ends(known: Registry) -> None:
    known.do(request(), caller=TEACHER)
    known.do(ReturnCorrection(child_id=CHILD, correction_id=K, reason="与户口簿不符", returned_on=DAY), caller=CLERK)
    row = known.store.ledger_collection("corrections").find_one({"_id": f"{CHILD}:{K}"})
    assert row is not None
    assert (row["status"], row["return_reason"]) == ("RETURNED", "与户口簿不符")
    with pytest.raises(CorrectionNotThere):
        known.do(step(Step.VILLAGE_REVIEWED), caller=VILLAGE)


def test_each_step_has_its_roles_and_its_own_hand(known: Registry) -> None:
    known.do(request(), caller=TEACHER)
    with pytest.raises(RoleNotAllowed):
        known.do(step(Step.VILLAGE_REVIEWED), caller=TEACHER)
    known.do(step(Step.VILLAGE_REVIEWED), caller=CLERK, id="a clerk stands in for the village")
    with pytest.raises(SameHandNotAllowed):
        known.do(step(Step.TOWNSHIP_ACCEPTED), caller=CLERK)
    with pytest.raises(RoleNotAllowed):
        known.do(step(Step.TOWNSHIP_ACCEPTED), caller=VILLAGE)


def test_the_entry_leaves_a_receipt_and_another_hand_confirms_it(known: Registry) -> None:
    known.do(request(), caller=TEACHER)
    known.do(step(Step.VILLAGE_REVIEWED), caller=VILLAGE)
    known.do(step(Step.TOWNSHIP_ACCEPTED), caller=CLERK)
    with pytest.raises(ReceiptMissing):
        known.do(step(Step.ENTERED_IN_NATIONAL_SYSTEM), caller=CLERK)
    known.do(step(Step.ENTERED_IN_NATIONAL_SYSTEM, reference="GJ-7"), caller=CLERK)
    with pytest.raises(SameHandNotAllowed):
        known.do(step(Step.CONFIRMED), caller=CLERK)


@pytest.mark.parametrize(
    ("command", "refusal"),
    [
        (request(value="林小雨", correction="k2"), NothingToCorrect),
        (request(value="林小语", correction="k3"), CorrectionOpen),
        (step(Step.VILLAGE_REVIEWED, correction="k9"), CorrectionUnknown),
        (step(Step.VILLAGE_REVIEWED, on=date(2026, 11, 19)), DateBefore),
    ],
)
def test_what_makes_no_sense_is_refused(known: Registry, command: Any, refusal: type[Refused]) -> None:
    known.do(request(), caller=TEACHER)
    with pytest.raises(refusal):
        known.do(command)


def test_a_corrected_birth_date_decides_anew_whether_the_child_is_due(known: Registry) -> None:
    assert known.child(CHILD)["status"] == "NEVER_ENROLLED"
    entered(known, "birth_date", "2024-09-03")
    confirm(known)
    assert (known.child(CHILD)["status"], known.child(CHILD)["birth_date"]) == ("NOT_DUE", "2024-09-03")


def due(known: Registry) -> list[date]:
    """On which day the child comes to school age, as its clock says."""
    return [local_date(each["due_at"].replace(tzinfo=UTC)) for each in known.store.deadlines.find({"_id": "due:c1"})]


def corrected(nol: Registry, born: date) -> None:
    entered(nol, "birth_date", born.isoformat())
    confirm(nol)


def test_a_corrected_birth_date_moves_the_day_on_which_the_child_becomes_due(nol: Registry) -> None:
    nol.do(register(date(2021, 5, 1)))
    assert due(nol) == [date(2027, 9, 1)]
    corrected(nol, date(2022, 5, 1))
    assert due(nol) == [date(2028, 9, 1)]
    nol.wait_until(date(2027, 9, 2))
    assert nol.child(CHILD)["status"] == "NOT_DUE"
    nol.wait_until(date(2028, 9, 1))
    row = nol.child(CHILD)
    assert (row["status"], row["of_age"], row["due_on"]) == ("NEVER_ENROLLED", True, "2028-09-01")


def test_a_child_that_turns_out_to_be_of_age_is_due_at_once(nol: Registry) -> None:
    nol.do(register(date(2021, 5, 1)))
    corrected(nol, date(2019, 5, 1))
    row = nol.child(CHILD)
    assert (row["status"], row["of_age"], row["due_on"]) == ("NEVER_ENROLLED", True, DAY.isoformat())
    assert due(nol) == []
    assert nol.store.events.count_documents({"type": ChildBecameDue.TYPE}) == 1


def test_a_child_at_no_school_that_turns_out_too_young_waits_for_its_day(known: Registry) -> None:
    corrected(known, date(2021, 5, 1))
    assert (known.child(CHILD)["status"], known.child(CHILD)["of_age"]) == ("NOT_DUE", False)
    assert due(known) == [date(2027, 9, 1)]


def test_a_pupil_that_turns_out_too_young_stays_at_school(known: Registry) -> None:
    known.do(open_school())
    known.do(enrol())
    corrected(known, date(2021, 5, 1))
    assert (known.child(CHILD)["status"], known.child(CHILD)["of_age"]) == ("IN_SCHOOL", False)
    assert due(known) == []


def test_a_corrected_village_moves_the_child_under_another_scope(known: Registry) -> None:
    entered(known, "division", "349921102")
    confirm(known)
    assert known.child(CHILD)["division"] == "349921102"
    with pytest.raises(Refused):
        known.do(request("name", "林晓雨", "k2"), caller=CLERK)


def number(known: Registry, child: ChildId, correction: str) -> RequestCorrection:
    body = {"field": "id_number", "new_value": "349921201409031020", "basis": "户口簿", "evidence": []}
    return sealing.correction(known.personal, child, correction, body | {"requested_on": DAY})


def test_a_corrected_id_number_is_sealed_and_stays_unique(known: Registry) -> None:
    """Given two children; when the same number is confirmed for both; then the second is refused."""
    other = ChildId("c2")
    known.do(register().__class__(child_id=other, name="林小雪", sex="F", birth_date=DAY, division="349921101"))
    for child, correction in ((CHILD, "k1"), (other, "k2")):
        known.do(number(known, child, correction), caller=TEACHER)
        for each in (Step.VILLAGE_REVIEWED, Step.TOWNSHIP_ACCEPTED, Step.ENTERED_IN_NATIONAL_SYSTEM):
            who = VILLAGE if each is Step.VILLAGE_REVIEWED else CLERK
            known.do(
                AdvanceCorrection(
                    child_id=child, correction_id=correction, step=each, advanced_on=DAY, reference="GJ-7"
                ),
                caller=who,
            )
    confirm(known)
    history = child_file(known.store, known.personal, COUNTY, CHILD).history
    assert history[-1]["data"]["new_value"] == "349921********1020"
    assert "349921201409031020" not in repr(known.child(CHILD))
    with pytest.raises(AlreadyRecorded):
        known.do(AdvanceCorrection(child_id=other, correction_id="k2", step=Step.CONFIRMED, advanced_on=DAY))


@pytest.mark.rule("3-13")
def test_receipts_of_the_entry_come_back_as_a_list(known: Registry) -> None:
    """Given two accepted corrections; when the list comes back; then each row is one entry, bad rows come back."""
    for correction, field, value in (("k1", "name", "林晓雨"), ("k2", "ethnicity", "06")):
        known.do(request(field, value, correction), caller=TEACHER)
        known.do(step(Step.VILLAGE_REVIEWED, correction=correction), caller=VILLAGE)
    known.do(step(Step.TOWNSHIP_ACCEPTED, correction="k1"), caller=CLERK)
    heading = ["更正编号", "姓名", "更正项目", "录入日期", "录入回执编号"]
    rows = [
        [f"{CHILD}:k1", "林小雨", "姓名", "2026-11-20", "GJ-8"],
        [f"{CHILD}:k2", "林小雨", "民族", "2026-11-20", "GJ-9"],
        ["k3", "林小雨", "民族", "2026-11-20", "GJ-10"],
    ]
    report = known.load("correction-receipts", sheet("清单", heading, *rows), caller=CLERK)
    assert dict(report.counts) == {"changed": 1, "refused": 2, "warned": 0}
    row = known.store.ledger_collection("corrections").find_one({"_id": f"{CHILD}:k1"})
    assert row is not None
    assert (row["status"], row["receipt"]) == ("ENTERED_IN_NATIONAL_SYSTEM", "GJ-8")
    assert sorted(each.problems[0].code for each in report.refused) == [
        "correction-out-of-turn",
        "no-correction-number",
    ]


@pytest.mark.parametrize("written", ["苗", "苗族", "06", "6"])
def test_an_ethnic_group_is_kept_as_the_lists_keep_it_however_it_is_written(written: str) -> None:
    assert CORRECTABLE["ethnicity"].parse(written) == "06"


def test_a_word_that_is_no_ethnic_group_is_refused() -> None:
    with pytest.raises(InvalidValue):
        CORRECTABLE["ethnicity"].parse("大族")
