"""What a return case makes of the facts that registry and visits report."""

from dataclasses import replace
from datetime import date
from functools import partial

import pytest

from services.supervision.clocks import duty_clock, notice_clock
from services.supervision.obligations.duties import Duty
from services.supervision.obligations.state import ObligationStatus
from services.supervision.return_cases.commands import (
    MissObligation,
    NoteAttempt,
    NoteDropout,
    NoteHouseholdVisit,
    NoteReturn,
    NoteStabilised,
    NoteTeam,
    OpenCase,
)
from services.supervision.return_cases.cycle import CaseStatus
from services.supervision.return_cases.events import (
    CasePersuading,
    CaseTeamNoted,
    ClocksStopped,
    HouseholdVisitNoted,
    Trigger,
)
from services.supervision.return_cases.noting import (
    miss_obligation,
    note_attempt,
    note_dropout,
    note_household_visit,
    note_return,
    note_stabilised,
    note_team,
    open_case,
)
from services.supervision.return_cases.state import CASES
from services.supervision.return_notices.events import NoticeStopped, StopReason
from services.supervision.return_notices.state import NoticeStatus
from tests.given import given
from tests.supervision import facts as f

opening = partial(open_case, terms=f.TERMS)
dropping = partial(note_dropout, terms=f.TERMS)


def suspicion(cycle: int = 1, trigger: Trigger = Trigger.SUSPICION, on: date = f.SUSPECTED_ON) -> OpenCase:
    opened = f.case_opened() if cycle == 1 else f.case_reopened(cycle, trigger, on)
    return OpenCase(
        child_id=f.CHILD,
        cycle=cycle,
        trigger=trigger,
        division=f.VILLAGE,
        school_code=f.SCHOOL,
        absent_since=opened.absent_since,
        opened_on=on,
        opened_by="class-teacher",
        poor=True,
    )


VISIT = NoteHouseholdVisit(
    child_id=f.CHILD,
    cycle=1,
    visit_id="v1",
    visited_on=f.DUE_ON,
    entered_on=f.DUE_ON,
    cause="TIRED_OF_SCHOOL",
    result="UNDECIDED",
)
VISITED = HouseholdVisitNoted(
    child_id=f.CHILD,
    cycle=1,
    visit_id="v1",
    visited_on=f.DUE_ON,
    entered_on=f.DUE_ON,
    cause="TIRED_OF_SCHOOL",
    result="UNDECIDED",
)
RETURN = NoteReturn(child_id=f.CHILD, cycle=1, returned_on=f.RETURNED_ON, return_event=f.RETURN_EVENT)


@pytest.mark.rule("10-12")
def test_a_suspicion_opens_the_case_and_starts_the_clocks_of_visit_and_report() -> None:
    after = given(CASES).when(opening, suspicion(), f.system(f.SUSPECTED_ON)).then(*f.OPEN)
    assert after.state.cycle(1).status is CaseStatus.OPENED


@pytest.mark.rule("9-07")
def test_a_child_found_at_no_school_opens_a_case_whose_first_visit_is_the_villages() -> None:
    command = replace(suspicion(trigger=Trigger.OUT_OF_SCHOOL), school_code="")
    after = given(CASES).when(opening, command, f.system(f.SUSPECTED_ON))
    (cycle,) = after.state.cycles
    assert (cycle.status, cycle.begun and cycle.begun.trigger) == (CaseStatus.OPENED, Trigger.OUT_OF_SCHOOL)
    (owed,) = cycle.obligations
    assert (owed.duty, owed.due_on) == (Duty.OUT_OF_SCHOOL_VISIT, date(2026, 9, 11))
    visited = after.then(*after.events).when(note_household_visit, VISIT, f.system(f.DUE_ON))
    assert [each.met_on for each in visited.state.cycle(1).obligations] == [f.DUE_ON]
    back = visited.then(*visited.events).when(note_return, RETURN, f.system(f.RETURNED_ON))
    assert back.state.cycle(1).status is CaseStatus.VERIFYING


def test_a_report_due_on_a_day_off_may_be_made_on_the_next_working_day() -> None:
    eve_of_national_day = date(2026, 9, 30)
    decided = given(CASES).when(opening, suspicion(on=eve_of_national_day), f.system(eve_of_national_day))
    obligation = decided.state.cycle(1).obligation(Duty.REPORT_SUSPECTED)
    assert obligation is not None
    assert obligation.due_on == date(2026, 10, 8)


def test_the_same_suspicion_twice_opens_one_case() -> None:
    given(CASES, *f.OPEN).when(opening, suspicion(), f.system(f.SUSPECTED_ON)).then_nothing()


@pytest.mark.rule("10-12")
def test_a_visit_meets_its_duty() -> None:
    given(CASES, *f.OPEN).when(note_household_visit, VISIT, f.system(f.DUE_ON)).then(
        VISITED, f.met(Duty.HOUSEHOLD_VISIT, f.DUE_ON)
    )


def test_a_visit_heard_of_before_the_suspicion_meets_the_duty_when_the_case_opens() -> None:
    early = given(CASES).when(note_household_visit, VISIT, f.system(f.DUE_ON)).then(VISITED)
    assert early.state.cycle(1).status is CaseStatus.UNOPENED
    early.when(opening, suspicion(), f.system(f.DUE_ON)).then(*f.OPEN, f.met(Duty.HOUSEHOLD_VISIT, f.DUE_ON))


def test_the_same_visit_twice_is_noted_once() -> None:
    given(CASES, *f.OPEN, VISITED).when(note_household_visit, VISIT, f.system(f.DUE_ON)).then_nothing()


def test_an_attempt_heard_of_before_the_suspicion_counts_in_its_cycle() -> None:
    command = NoteAttempt(
        child_id=f.CHILD,
        cycle=1,
        attempt_no=1,
        method="VISIT",
        attempted_on=date(2026, 9, 10),
        result="REFUSED",
    )
    early = given(CASES).when(note_attempt, command, f.system(f.DUE_ON)).then(f.attempt(1))
    after = early.when(opening, suspicion(), f.system(f.DUE_ON)).then(*f.OPEN)
    assert len(after.state.cycle(1).attempts) == 1
    after.when(note_attempt, command, f.system(f.DUE_ON)).then_nothing()


def test_an_attempt_of_an_earlier_cycle_stays_with_that_cycle() -> None:
    late = NoteAttempt(
        child_id=f.CHILD,
        cycle=1,
        attempt_no=1,
        method="VISIT",
        attempted_on=date(2026, 9, 10),
        result="REFUSED",
    )
    after = given(CASES, *f.BACK, f.case_reopened()).when(note_attempt, late, f.system(date(2026, 10, 13)))
    assert [len(cycle.attempts) for cycle in after.state.cycles] == [1, 0]


def test_the_team_is_noted_once() -> None:
    command = NoteTeam(child_id=f.CHILD, cycle=1, teacher="周远", village_cadre="何青", guardian="程大山")
    noted = CaseTeamNoted(child_id=f.CHILD, cycle=1, teacher="周远", village_cadre="何青", guardian="程大山")
    after = given(CASES, *f.OPEN).when(note_team, command, f.system(f.DUE_ON)).then(noted)
    assert after.state.cycle(1).status is CaseStatus.TEAM_ASSIGNED
    after.when(note_team, command, f.system(f.DUE_ON)).then_nothing()


def test_a_confirmed_dropout_moves_the_case_to_persuading_and_makes_a_written_report_due() -> None:
    day = date(2026, 9, 29)
    command = NoteDropout(child_id=f.CHILD, cycle=1, confirmed_on=day, cause="WORK")
    after = (
        given(CASES, *f.OPEN)
        .when(dropping, command, f.system(day))
        .then(
            CasePersuading(child_id=f.CHILD, cycle=1, confirmed_on=day, cause="WORK"),
            f.raised(Duty.REPORT_DROPOUT, day, date(2026, 9, 30)),
        )
    )
    assert after.state.cycle(1).status is CaseStatus.PERSUADING
    after.when(dropping, command, f.system(day)).then_nothing()


def test_the_end_of_the_due_day_makes_a_duty_overdue_once() -> None:
    miss = MissObligation(child_id=f.CHILD, cycle=1, duty=Duty.REPORT_SUSPECTED)
    case = given(CASES, *f.OPEN)
    case.when(miss_obligation, miss, f.system(f.DUE_ON)).then_nothing()
    after = case.when(miss_obligation, miss, f.system(date(2026, 9, 10))).then(f.missed(Duty.REPORT_SUSPECTED))
    after.when(miss_obligation, miss, f.system(date(2026, 9, 11))).then_nothing()


def test_a_duty_that_was_met_is_never_overdue() -> None:
    miss = MissObligation(child_id=f.CHILD, cycle=1, duty=Duty.REPORT_SUSPECTED)
    given(CASES, *f.REPORTED).when(miss_obligation, miss, f.system(date(2026, 9, 20))).then_nothing()


@pytest.mark.rule("9-27")
def test_the_childs_return_stops_every_clock_and_moves_the_case_to_verifying() -> None:
    stopped = NoticeStopped(
        child_id=f.CHILD,
        cycle=1,
        notice_id=f.NOTICE,
        because=StopReason.RETURNED,
        stopped_on=f.RETURNED_ON,
    )
    clocks = (duty_clock(f.CHILD, 1, Duty.HOUSEHOLD_VISIT), notice_clock(f.CHILD, f.NOTICE))
    after = (
        given(CASES, *f.SERVED)
        .when(note_return, RETURN, f.system(f.RETURNED_ON))
        .then(
            f.verifying(),
            f.lifted(Duty.HOUSEHOLD_VISIT, f.RETURNED_ON),
            stopped,
            ClocksStopped(child_id=f.CHILD, cycle=1, clocks=clocks, stopped_on=f.RETURNED_ON),
        )
    )
    cycle = after.state.cycle(1)
    assert cycle.status is CaseStatus.VERIFYING
    assert [notice.status for notice in cycle.notices] == [NoticeStatus.COMPLIED]
    after.when(note_return, RETURN, f.system(f.RETURNED_ON)).then_nothing()


def test_a_return_of_a_child_without_a_case_changes_nothing() -> None:
    given(CASES).when(note_return, RETURN, f.system(f.RETURNED_ON)).then_nothing()


def test_a_duty_missed_before_the_return_stays_on_record_as_missed() -> None:
    missed = f.missed(Duty.REPORT_SUSPECTED)
    after = given(CASES, *f.OPEN, missed).when(note_return, RETURN, f.system(f.RETURNED_ON))
    obligation = after.state.cycle(1).obligation(Duty.REPORT_SUSPECTED)
    assert obligation is not None
    assert (obligation.status, obligation.missed) == (ObligationStatus.LIFTED, True)


def test_a_stable_return_is_noted_once() -> None:
    command = NoteStabilised(child_id=f.CHILD, cycle=1, stabilised_on=f.STABLE_ON, fact=f.STABLE_FACT)
    after = given(CASES, *f.BACK).when(note_stabilised, command, f.system(f.STABLE_ON)).then(f.stabilised())
    after.when(note_stabilised, command, f.system(f.STABLE_ON)).then_nothing()


@pytest.mark.rule("9-28")
@pytest.mark.parametrize(
    "past", [f.BACK, (*f.STABLE, f.closure_requested(), f.case_closed())], ids=["before", "after"]
)
def test_a_relapse_before_or_after_closing_reopens_the_case_as_the_next_cycle(past: tuple[object, ...]) -> None:
    day = date(2026, 11, 10)
    decided = given(CASES, *past).when(opening, suspicion(2, Trigger.RELAPSE, day), f.system(day))
    assert decided.events[0] == f.case_reopened(2, Trigger.RELAPSE, day)
    case = decided.state
    assert (case.current.number, case.current.status, case.relapses) == (2, CaseStatus.OPENED, 1)
    assert case.cycle(1).returned == f.verifying()


def test_a_closed_cycle_stays_closed_and_an_unclosed_one_is_marked_as_carried_on() -> None:
    closed = given(CASES, *f.STABLE, f.closure_requested(), f.case_closed(), f.case_reopened()).state
    carried_on = given(CASES, *f.BACK, f.case_reopened()).state
    assert closed.cycle(1).status is CaseStatus.CLOSED
    assert carried_on.cycle(1).status is CaseStatus.REOPENED


@pytest.mark.rule("9-28")
def test_a_fresh_suspicion_after_a_stable_return_is_a_new_cycle_but_no_relapse() -> None:
    day = date(2026, 11, 10)
    decided = given(CASES, *f.STABLE).when(opening, suspicion(2, on=day), f.system(day))
    assert decided.state.relapses == 0
    assert decided.state.current.number == 2
