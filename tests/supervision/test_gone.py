"""Whoever is gone is gone at once: nothing is owed, asked for, issued or served any more."""

from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any

import pytest

from services.supervision.facts import Fact
from services.supervision.obligations.duties import Duty
from services.supervision.return_cases.closing import report_up
from services.supervision.return_cases.commands import EndSearch, NoteBirth, NoteDropout, NoteLapse, ReportUp
from services.supervision.return_cases.cycle import CaseStatus
from services.supervision.return_cases.ending import end_search, note_birth, note_lapse
from services.supervision.return_cases.noting import note_dropout
from services.supervision.return_cases.reasons import ClosureReason
from services.supervision.return_cases.state import CASES
from services.supervision.return_notices.decisions import expire_notice
from services.supervision.return_notices.document import as_html, document_of
from services.supervision.return_notices.events import OVERTAKEN, StopReason
from services.supervision.return_notices.state import NoticeStatus
from shared.kernel.commands import Context
from shared.kernel.refusals import Refused
from tests.given import given
from tests.supervision import facts as f
from tests.supervision.test_notices import EXPIRE, ISSUED_ON, REQUEST, issue, requesting, service, serving

GONE_ON = date(2026, 9, 18)
GONE = [each for each in StopReason if each not in OVERTAKEN | {StopReason.RETURNED}]


def ending(because: StopReason, on: date = GONE_ON) -> EndSearch:
    said = f.ended(because, "said-so", on)
    return EndSearch(child_id=f.CHILD, cycle=1, because=because, fact=said.fact, ended_on=on)


def gone(past: tuple[Any, ...], because: StopReason = StopReason.DECEASED) -> tuple[Any, ...]:
    return (*past, *given(CASES, *past).when(end_search, ending(because), f.system(GONE_ON)).events)


@pytest.mark.parametrize("because", GONE)
@pytest.mark.parametrize("past", [f.OPEN, f.REQUESTED, f.ISSUED, f.SERVED], ids=["open", "asked", "issued", "served"])
def test_what_ran_is_lifted_and_withdrawn_with_the_reason(past: tuple[Any, ...], because: StopReason) -> None:
    cycle = given(CASES, *gone(past, because)).state.cycle(1)
    assert cycle.status is CaseStatus.SEARCH_ENDED
    assert [each.duty for each in cycle.obligations if each.open] == []
    for notice in cycle.notices:
        assert (notice.status, notice.stopped_because) == (NoticeStatus.WITHDRAWN, because)


def test_the_page_of_a_withdrawn_notice_says_why() -> None:
    (notice,) = given(CASES, *gone(f.SERVED)).state.cycle(1).notices
    document = document_of(notice)
    assert document is not None
    assert "本通知书已撤回（死亡），不再有效。" in as_html(document)


@pytest.mark.parametrize("because", GONE)
def test_no_notice_is_asked_for_whoever_is_gone(because: StopReason) -> None:
    """Also where no clock ran any more when they went."""
    case = given(CASES, *gone(f.PERSUADED, because))
    case.when(requesting, REQUEST, f.school(GONE_ON)).then_refused("child-not-sought")


def test_what_was_asked_for_is_not_issued_and_what_was_issued_is_not_served() -> None:
    with pytest.raises(Refused) as refused:
        issue(given(CASES, *gone(f.REQUESTED)).state, f.township(GONE_ON))
    assert refused.value.code == "child-not-sought"
    late = service(f.receipt(GONE_ON))
    given(CASES, *gone(f.ISSUED)).when(serving, late, f.township(GONE_ON)).then_refused("child-not-sought")
    expiring = partial(expire_notice, terms=f.TERMS)
    given(CASES, *gone(f.SERVED)).when(expiring, EXPIRE, f.system(date(2026, 10, 9))).then_nothing()


def test_no_report_is_owed_or_taken_of_whoever_is_gone() -> None:
    report = ReportUp(child_id=f.CHILD, duty=Duty.REPORT_SUSPECTED, reported_on=f.DUE_ON, document="7")
    refusal = given(CASES, *gone(f.OPEN)).when(report_up, report, f.school(GONE_ON)).then_refused("child-not-sought")
    assert "死亡" in refusal.zh
    dropout = NoteDropout(child_id=f.CHILD, cycle=1, confirmed_on=GONE_ON, cause="WORK")
    dropping = partial(note_dropout, terms=f.TERMS)
    given(CASES, *gone(f.OPEN)).when(dropping, dropout, f.system(GONE_ON)).then_nothing()


def test_a_death_during_probation_ends_the_case_as_well() -> None:
    assert given(CASES, *gone(f.BACK)).state.cycle(1).status is CaseStatus.SEARCH_ENDED


def test_the_same_word_again_changes_nothing_and_a_later_one_is_noted() -> None:
    case = given(CASES, *gone(f.OPEN, StopReason.ELSEWHERE))
    case.when(end_search, ending(StopReason.ELSEWHERE), f.system(GONE_ON)).then_nothing()
    died = replace(ending(StopReason.DECEASED), fact=f.DIED.fact)
    later = case.when(end_search, died, f.system(GONE_ON))
    assert later.state.cycle(1).ended == replace(f.DIED, ended_on=GONE_ON)


def test_a_child_without_a_case_is_not_heard_of() -> None:
    given(CASES).when(end_search, ending(StopReason.DECEASED), f.system(GONE_ON)).then_nothing()


# -- what holds no longer


def lapse(ground: StopReason, word: str, *, reopens: bool) -> NoteLapse:
    fact = Fact(type=f"registry.{word}.v1", event="registry/3/1090")
    return NoteLapse(child_id=f.CHILD, ground=ground, fact=fact, reopens=reopens, lapsed_on=ISSUED_ON)


def lapsing(day: date) -> tuple[Any, Context]:
    return partial(note_lapse, terms=f.TERMS), f.system(day)


def test_a_mistaken_merge_that_is_undone_opens_the_cycle_again_and_owes_what_it_lifted() -> None:
    decide, context = lapsing(GONE_ON)
    undone = lapse(StopReason.MERGED, "duplicate-unmerged", reopens=True)
    after = given(CASES, *gone(f.OPEN, StopReason.MERGED)).when(decide, undone, context)
    cycle = after.state.cycle(1)
    assert cycle.status is CaseStatus.OPENED
    assert {each.duty: each.raised_on for each in cycle.obligations if each.open} == {
        Duty.HOUSEHOLD_VISIT: GONE_ON,
        Duty.REPORT_SUSPECTED: GONE_ON,
    }
    after.then(*after.events).when(decide, undone, context).then_nothing()


def test_a_case_closed_as_aged_out_is_open_again_when_the_birth_date_was_wrong() -> None:
    """The registry still seeks the child, and will not say so again."""
    aged = Fact(type="registry.child-registered.v1", event="registry/3/1")
    closed = replace(f.case_closed(on=f.DUE_ON), reason=ClosureReason.AGED_OUT, return_event=None, fact=aged)
    past = (*f.OPEN, f.lifted(Duty.HOUSEHOLD_VISIT, f.DUE_ON), closed)
    fact = Fact(type="registry.child-corrected.v1", event="registry/3/1080")
    birth = NoteBirth(child_id=f.CHILD, born_on=date(2014, 5, 1), fact=fact, corrected_on=GONE_ON)
    decide = partial(note_birth, terms=f.TERMS)
    after = given(CASES, *past).when(decide, birth, f.system(GONE_ON))
    cycle = after.state.cycle(1)
    assert (cycle.status, cycle.closed) == (CaseStatus.OPENED, None)
    assert all(each.open for each in cycle.obligations)
    older = replace(birth, born_on=date(2009, 5, 1))
    given(CASES, *past).when(decide, older, f.system(GONE_ON)).then_nothing()
    given(CASES, *f.OPEN).when(decide, birth, f.system(GONE_ON)).then_nothing()


def test_another_ground_than_the_one_that_lapsed_still_holds() -> None:
    decide, context = lapsing(GONE_ON)
    lapsed = lapse(StopReason.ELSEWHERE, "elsewhere-lapsed", reopens=False)
    given(CASES, *gone(f.OPEN)).when(decide, lapsed, context).then_nothing()
    given(CASES, *f.OPEN).when(decide, lapsed, context).then_nothing()
    given(CASES).when(decide, lapsed, context).then_nothing()
