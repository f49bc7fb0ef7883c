"""A suspicion or dropout that was a mistake: undone from its beginning, on papers, by the county."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from services.registry.attendance.returning import NotePersuasion
from services.registry.marks.correcting import CorrectDropoutMark
from services.registry.marks.decisions import MarkDropout, UnmarkDropout
from services.registry.schools.schools import RegisterSchool
from services.registry.transitions.refusals import PapersMissing, TransitionNotAllowed
from shared.kernel.caller import Caller, Scope, system_caller
from shared.kernel.refusals import DateBefore, DateInFuture, Refused, RoleNotAllowed
from tests.registry.conftest import Registry
from tests.registry.facts import CHILD, SCHOOL, confirm, day, enrol, missed, register
from tests.registry.papers import papers_for

FOUND = date(2026, 11, 21)
CORRECT = CorrectDropoutMark(
    child_id=CHILD, reason="考勤表串行", corrected_on=FOUND, papers=papers_for("MARK_CORRECTION")
)


@pytest.fixture
def suspected(nol: Registry) -> Registry:
    """Lin Xiaoyu, suspected since a Monday in September on the word of a sheet."""
    nol.do(RegisterSchool(school_code=SCHOOL, name="青石镇中心小学", kind="PRIMARY", division="349921101"))
    nol.do(replace(register(), guardian_name="林大山"))
    nol.do(enrol())
    nol.do(missed())
    nol.wait_until(FOUND)
    assert nol.child(CHILD)["status"] == "SUSPECTED_DROPOUT"
    return nol


def drop_out(nol: Registry) -> None:
    attempt = NotePersuasion(child_id=CHILD, attempted_on=day(10), result="REFUSED", cycle=1)
    nol.do(attempt, caller=system_caller("registry"))
    nol.do(confirm(40))


def state(nol: Registry) -> tuple[str, str, str | None]:
    row = nol.child(CHILD)
    return row["status"], row["registration"], row["absent_since"]


def test_a_mistaken_suspicion_leaves_the_child_where_it_always_was(suspected: Registry) -> None:
    suspected.do(CORRECT)
    assert state(suspected) == ("IN_SCHOOL", "ACTIVE", None)
    suspected.wait_until(date(2027, 1, 10))
    assert state(suspected) == ("IN_SCHOOL", "ACTIVE", None)


def test_a_mistaken_dropout_gives_the_student_file_back_and_the_national_mark_is_taken_off(
    suspected: Registry,
) -> None:
    drop_out(suspected)
    suspected.do(MarkDropout(child_id=CHILD, receipt="BZ-1", marked_on=FOUND))
    assert state(suspected)[:2] == ("DROPPED_OUT", "RETAINED_DROPOUT")
    suspected.do(CORRECT)
    assert state(suspected) == ("IN_SCHOOL", "ACTIVE", None)
    assert suspected.child(CHILD)["marked"] is True
    suspected.do(UnmarkDropout(child_id=CHILD, receipt="CX-1", unmarked_on=FOUND))
    assert suspected.child(CHILD)["marked"] is False


def test_a_later_absence_is_a_new_suspicion_of_its_own(suspected: Registry) -> None:
    suspected.do(CORRECT)
    suspected.wait_until(date(2026, 11, 24))
    suspected.miss(CHILD, date(2026, 12, 1))
    row = suspected.child(CHILD)
    assert (row["status"], row["cycle"], row["attempts"]) == ("SUSPECTED_DROPOUT", 2, 0)


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ({"papers": ()}, PapersMissing),
        ({"papers": papers_for("MARK_CORRECTION")[:1]}, PapersMissing),
        ({"corrected_on": date(2026, 11, 22)}, DateInFuture),
        ({"corrected_on": date(2026, 9, 6)}, DateBefore),
    ],
)
def test_what_stands_against_a_correction(suspected: Registry, change: dict[str, Any], refusal: type[Refused]) -> None:
    with pytest.raises(refusal):
        suspected.do(replace(CORRECT, **change))
    assert suspected.child(CHILD)["status"] == "SUSPECTED_DROPOUT"


def test_only_the_county_corrects_and_only_a_suspicion_or_dropout(suspected: Registry) -> None:
    with pytest.raises(RoleNotAllowed):
        suspected.do(CORRECT, caller=Caller("u2", "school_admin", Scope(school=SCHOOL)))
    suspected.do(CORRECT)
    with pytest.raises(TransitionNotAllowed):
        suspected.do(CORRECT, id="again")
