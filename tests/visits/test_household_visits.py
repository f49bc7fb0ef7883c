"""Household visits: opened in time, recorded once, noticed when they are late."""

from datetime import date
from functools import partial

import pytest

from services.visits.deadlines import DEADLINES
from services.visits.household_visits.events import (
    HouseholdVisitOverdue,
    HouseholdVisitReassigned,
    HouseholdVisitRecorded,
)
from services.visits.household_visits.opening import (
    NoteHouseholdVisitOverdue,
    ReassignHouseholdVisit,
    note_overdue,
    open_visit,
    reassign_visit,
)
from services.visits.household_visits.recording import record_visit
from services.visits.household_visits.vocabulary import END_LABELS, Cause, EndReason, Priority, Reason
from services.visits.ids import PhotoHash, VisitId
from services.visits.persuasion.vocabulary import Method
from services.visits.plans.state import PLANS
from services.visits.vocabulary import Result, Whereabouts
from shared.calendar import start_of_local_day
from shared.calendar.lateness import Lateness
from shared.kernel.deadlines import CancelDeadline, SetDeadline
from tests.given import given, on
from tests.visits import examples as ex

opens = partial(open_visit, ex.POLICY.visits, ex.CALENDAR, "王芳")
records = partial(record_visit, frozenset())
OVERDUE = NoteHouseholdVisitOverdue(child_id=ex.CHILD, visit_id=ex.VISIT)


def visit_recorded(**more: object) -> HouseholdVisitRecorded:
    what: dict[str, object] = {"photos": (), "photos_reused": (), "visited_on": ex.VISITED}
    entered = {"due_on": date(2026, 9, 10), "entered_on": ex.VISITED, "lateness": Lateness.IN_TIME}
    what |= entered | {"afterwards": False}
    return HouseholdVisitRecorded(
        child_id=ex.CHILD,
        visit_id=ex.VISIT,
        place=Whereabouts.HOME,
        people=("王芳", "李建国"),
        cause=Cause.WORKING,
        result=Result.UNDECIDED,
        recorded_by="u1",
        cycle=1,
        **(what | more),  # type: ignore[arg-type]
    )


# -- opening


def test_a_suspected_child_is_visited_at_once() -> None:
    due = ex.visit_opened(due_on=date(2026, 9, 8))
    given(PLANS).when(opens, ex.open_visit_command(), on(ex.FLAGGED)).then(ex.plan_opened(), due)


@pytest.mark.rule("9-11")
def test_a_poor_child_is_visited_first_on_the_same_day() -> None:
    command = ex.open_visit_command(priority=Priority.POOR_FIRST)
    due = ex.visit_opened(priority=Priority.POOR_FIRST, due_on=date(2026, 9, 8))
    given(PLANS).when(opens, command, on(ex.FLAGGED)).then(ex.plan_opened(), due)


@pytest.mark.parametrize("reason", [Reason.SUSPECTED_DROPOUT, Reason.RELAPSE])
def test_at_once_is_the_next_calendar_day_also_on_a_festival(reason: Reason) -> None:
    eve = date(2026, 9, 30)  # the days off around the National Day end on 7 October
    opened = given(PLANS).when(opens, ex.open_visit_command(known_on=eve, reason=reason), on(eve)).events[-1]
    assert (opened.due_on, opened.provisional) == (date(2026, 10, 1), False)


def test_a_child_at_no_school_is_visited_within_three_days_of_which_the_last_is_worked() -> None:
    eve = date(2026, 9, 30)
    command = ex.open_visit_command(known_on=eve, reason=Reason.OUT_OF_SCHOOL)
    assert given(PLANS).when(opens, command, on(eve)).events[-1].due_on == date(2026, 10, 8)


def test_a_visit_for_which_nobody_is_responsible_is_opened_and_says_so() -> None:
    orphaned = partial(open_visit, ex.POLICY.visits, ex.CALENDAR, "")
    opened = given(PLANS).when(orphaned, ex.open_visit_command(), on(ex.FLAGGED)).events[-1]
    assert opened == ex.visit_opened(teacher="", due_on=date(2026, 9, 8))
    assert opened.unassigned


def test_the_same_visit_is_opened_once() -> None:
    given(PLANS, ex.plan_opened(), ex.visit_opened()).when(
        opens, ex.open_visit_command(), on(ex.FLAGGED)
    ).then_nothing()


def test_news_of_an_absence_that_is_over_sends_nobody() -> None:
    back = (ex.plan_opened(), ex.visit_opened(), ex.visit_cancelled(), ex.stopped())
    late = ex.open_visit_command(visit_id=VisitId("v2"))
    given(PLANS, *back).when(opens, late, on(ex.RETURNED)).then_nothing()


def test_a_new_absence_opens_the_plan_again_and_replaces_the_visits_of_the_old_one() -> None:
    second = ex.open_visit_command(cycle=2, visit_id=VisitId("v2"), known_on=ex.RELAPSED)
    opened = ex.visit_opened(visit_id=VisitId("v2"), cycle=2, opened_on=ex.RELAPSED, due_on=date(2026, 10, 21))
    given(PLANS, ex.plan_opened(), ex.visit_opened()).when(opens, second, on(ex.RELAPSED)).then(
        ex.visit_cancelled(reason=EndReason.SUPERSEDED, cancelled_on=ex.RELAPSED), ex.plan_reopened(), opened
    )


# -- recording


def test_recording_a_visit_completes_it() -> None:
    away = given(PLANS, ex.plan_opened(), ex.visit_opened())
    done = away.when(records, ex.record_visit_command(), on(ex.VISITED)).then(visit_recorded())
    assert done.state.pending_visits == []


def test_a_visit_at_which_the_family_was_asked_counts_as_an_attempt() -> None:
    command = ex.record_visit_command(counts_as_attempt=True, next_on=date(2026, 9, 12))
    attempt = ex.attempted(
        attempt_no=2,
        method=Method.VISIT,
        persons=("王芳", "李建国"),
        place=Whereabouts.HOME,
        result=Result.UNDECIDED,
        next_on=date(2026, 9, 12),
    )
    given(PLANS, ex.plan_opened(), ex.visit_opened(), ex.attempted()).when(records, command, on(ex.VISITED)).then(
        visit_recorded(), attempt
    )


def test_a_photograph_that_served_for_another_child_is_told_and_not_refused() -> None:
    fresh, old = PhotoHash("a" * 64), PhotoHash("b" * 64)
    wary = partial(record_visit, frozenset({old}))
    given(PLANS, ex.plan_opened(), ex.visit_opened()).when(
        wary, ex.record_visit_command(photos=(fresh, old)), on(ex.VISITED)
    ).then(visit_recorded(photos=(fresh, old), photos_reused=(old,)))


def test_a_visit_in_the_future_is_refused() -> None:
    refusal = (
        given(PLANS, ex.plan_opened(), ex.visit_opened())
        .when(records, ex.record_visit_command(date(2026, 9, 9)), on(ex.VISITED))
        .then_refused("date-in-future")
    )
    assert refusal.field == "visited_on"


def test_a_visit_made_before_the_suspicion_counts_but_not_one_before_the_absence() -> None:
    away = given(PLANS, ex.plan_opened(), ex.visit_opened())
    away.when(records, ex.record_visit_command(ex.ABSENT_SINCE), on(ex.VISITED)).then(
        visit_recorded(visited_on=ex.ABSENT_SINCE)
    )
    away.when(records, ex.record_visit_command(date(2026, 8, 31)), on(ex.VISITED)).then_refused("date-out-of-order")


def test_the_next_contact_comes_after_the_visit() -> None:
    given(PLANS, ex.plan_opened(), ex.visit_opened()).when(
        records, ex.record_visit_command(next_on=ex.VISITED), on(ex.VISITED)
    ).then_refused("next-date-out-of-order")


def test_a_visit_without_people_is_refused() -> None:
    given(PLANS, ex.plan_opened(), ex.visit_opened()).when(
        records, ex.record_visit_command(people=()), on(ex.VISITED)
    ).then_refused("nobody-was-there")


def test_an_unknown_visit_is_refused() -> None:
    command = ex.record_visit_command(visit_id=VisitId("v9"))
    given(PLANS, ex.plan_opened(), ex.visit_opened()).when(records, command, on(ex.VISITED)).then_refused(
        "visit-not-known"
    )


def test_a_visit_to_a_child_that_was_never_away_reads_as_not_found() -> None:
    given(PLANS).when(records, ex.record_visit_command(), on(ex.VISITED)).then_refused("not-found")


def test_a_visit_is_recorded_once() -> None:
    given(PLANS, ex.plan_opened(), ex.visit_opened(), visit_recorded()).when(
        records, ex.record_visit_command(), on(ex.VISITED)
    ).then_refused("visit-already-recorded")


def test_a_visit_that_is_entered_after_its_due_day_is_late_whatever_day_it_names() -> None:
    late = visit_recorded(entered_on=date(2026, 9, 11), lateness=Lateness.ENTERED_LATE)
    given(PLANS, ex.plan_opened(), ex.visit_opened()).when(
        records, ex.record_visit_command(), on(date(2026, 9, 11))
    ).then(late)


def test_a_visit_made_before_the_return_may_be_told_afterwards_but_none_after_it() -> None:
    back = given(PLANS, ex.plan_opened(), ex.visit_opened(), ex.visit_cancelled(), ex.stopped())
    told = visit_recorded(entered_on=ex.RETURNED, lateness=Lateness.ENTERED_LATE, afterwards=True)
    back.when(records, ex.record_visit_command(), on(ex.RETURNED)).then(told)
    after = date(2026, 10, 13)
    refusal = back.when(records, ex.record_visit_command(after), on(after)).then_refused("visit-cancelled")
    assert "2026-10-12" in refusal.zh
    assert "学生已返校" in refusal.zh


@pytest.mark.parametrize("reason", [EndReason.DECEASED, EndReason.ABROAD, EndReason.ELSEWHERE, EndReason.MERGED])
def test_nobody_visits_a_child_that_is_gone_and_the_refusal_says_why(reason: EndReason) -> None:
    day = date(2026, 9, 8)
    cancelled = ex.visit_cancelled(reason=reason, cancelled_on=day)
    gone = given(PLANS, ex.plan_opened(), ex.visit_opened(), cancelled, ex.plan_closed(day, reason))
    assert gone.state.pending_visits == []
    after = date(2026, 9, 9)
    refusal = gone.when(records, ex.record_visit_command(after), on(after)).then_refused("visit-cancelled")
    assert END_LABELS[reason] in refusal.zh


def test_a_visit_of_an_earlier_absence_is_not_told_any_more() -> None:
    superseded = ex.visit_cancelled(reason=EndReason.SUPERSEDED, cancelled_on=ex.RELAPSED)
    given(PLANS, ex.plan_opened(), ex.visit_opened(), superseded, ex.plan_reopened()).when(
        records, ex.record_visit_command(), on(ex.RELAPSED)
    ).then_refused("visit-cancelled")


# -- handing over


def test_another_teacher_takes_a_visit_over() -> None:
    command = ReassignHouseholdVisit(child_id=ex.CHILD, visit_id=ex.VISIT, teacher="周明")
    handed_over = HouseholdVisitReassigned(
        child_id=ex.CHILD, visit_id=ex.VISIT, teacher="周明", previous_teacher="王芳", cycle=1
    )
    given(PLANS, ex.plan_opened(), ex.visit_opened()).when(reassign_visit, command, on(ex.VISITED)).then(
        handed_over
    ).when(reassign_visit, command, on(ex.VISITED)).then_nothing()


def test_a_visit_is_not_handed_to_nobody() -> None:
    command = ReassignHouseholdVisit(child_id=ex.CHILD, visit_id=ex.VISIT, teacher="")
    given(PLANS, ex.plan_opened(), ex.visit_opened()).when(reassign_visit, command, on(ex.VISITED)).then_refused(
        "teacher-not-named"
    )


# -- deadlines


def test_the_deadline_of_a_visit_is_the_start_of_the_day_after_its_due_date() -> None:
    opened = ex.visit_opened(due_on=date(2026, 9, 10))
    (change,) = DEADLINES[type(opened)](opened, ex.recorded(opened, ex.FLAGGED))
    assert change == SetDeadline(f"visit-due:{ex.CHILD}:{ex.VISIT}", start_of_local_day(date(2026, 9, 11)), OVERDUE)


@pytest.mark.parametrize("ended", [visit_recorded(), ex.visit_cancelled()], ids=["recorded", "cancelled"])
def test_the_end_of_a_visit_takes_its_deadline_away(ended: object) -> None:
    (change,) = DEADLINES[type(ended)](ended, ex.recorded(ended, ex.VISITED))
    assert change == CancelDeadline(f"visit-due:{ex.CHILD}:{ex.VISIT}")


def test_a_visit_is_overdue_on_the_day_after_its_due_date_and_only_once() -> None:
    overdue = HouseholdVisitOverdue(child_id=ex.CHILD, visit_id=ex.VISIT, due_on=date(2026, 9, 10), cycle=1)
    opened = given(PLANS, ex.plan_opened(), ex.visit_opened())
    opened.when(note_overdue, OVERDUE, on(date(2026, 9, 10))).then_nothing()
    late = opened.when(note_overdue, OVERDUE, on(date(2026, 9, 11))).then(overdue)
    late.when(note_overdue, OVERDUE, on(date(2026, 9, 12))).then_nothing()
    late.when(records, ex.record_visit_command(date(2026, 9, 12)), on(date(2026, 9, 12))).then(
        visit_recorded(visited_on=date(2026, 9, 12), entered_on=date(2026, 9, 12), lateness=Lateness.LATE)
    )


def test_a_deadline_that_fires_after_the_visit_changes_nothing() -> None:
    given(PLANS, ex.plan_opened(), ex.visit_opened(), visit_recorded()).when(
        note_overdue, OVERDUE, on(date(2026, 9, 11))
    ).then_nothing()
    given(PLANS).when(note_overdue, OVERDUE, on(date(2026, 9, 11))).then_nothing()
