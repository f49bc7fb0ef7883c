"""Every change of schooling status goes through one gate: the status before it, its day, its papers."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from services.registry.children.child import Child
from services.registry.children.statuses import Attendance
from services.registry.transitions.catalogue import transitions
from services.registry.transitions.guard import guard
from services.registry.transitions.papers import Paper, missing_from
from services.registry.transitions.refusals import PapersMissing, TransitionNotAllowed
from shared.kernel.caller import Caller, Scope
from shared.kernel.commands import Context
from shared.kernel.refusals import DateBefore, DateInFuture, Refused
from tests.registry.facts import BORN, CHILD

TODAY = date(2026, 11, 20)
CONTEXT = Context(
    caller=Caller("u1", "county_admin", Scope("349921")), now=datetime(2026, 11, 20, 1, tzinfo=UTC), today=TODAY
)
PUPIL = Child(id=CHILD, registered=True, birth_date=BORN, attendance=Attendance.IN_SCHOOL)
PAPERS = [Paper(kind=kind, reference="1号") for kind in ("GUARDIAN_APPLICATION", "MEDICAL_PROOF", "APPROVAL")]


def test_with_its_papers_and_from_a_status_that_allows_it_a_transition_passes() -> None:
    guard("SUSPENSION", PUPIL, ("from_on", TODAY), PAPERS, CONTEXT)


def test_a_missing_paper_is_named() -> None:
    with pytest.raises(PapersMissing) as refused:
        guard("SUSPENSION", PUPIL, ("from_on", TODAY), PAPERS[:1], CONTEXT)
    assert "指定医院的病情证明或特殊情况证明；乡镇政府或县教育局的批准文书" in refused.value.zh


def test_either_of_two_papers_is_enough() -> None:
    assert missing_from(PAPERS, ["SPECIAL_CAUSE_PROOF|MEDICAL_PROOF"]) == []
    assert missing_from(PAPERS, ["PHOTO|DIPLOMA"]) == ["PHOTO|DIPLOMA"]


@pytest.mark.parametrize(
    ("child", "day", "refusal"),
    [
        (replace(PUPIL, attendance=Attendance.DECEASED), TODAY, TransitionNotAllowed),
        (PUPIL, date(2026, 11, 21), DateInFuture),
        (PUPIL, date(2014, 9, 2), DateBefore),
    ],
)
def test_a_wrong_status_or_an_impossible_day_is_refused(child: Child, day: date, refusal: type[Refused]) -> None:
    with pytest.raises(refusal):
        guard("SUSPENSION", child, ("from_on", day), PAPERS, CONTEXT)


def test_the_table_asks_for_papers_that_it_names() -> None:
    table = transitions()
    for name, transition in table.transition.items():
        assert transition.from_, name
        for required in transition.papers:
            assert set(required.split("|")) <= table.paper.keys(), name
