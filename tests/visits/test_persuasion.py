"""Attempts to win a child back, counted within the cycle, and what a return ends."""

from datetime import date
from functools import partial

import pytest

from services.visits.household_visits.vocabulary import EndReason
from services.visits.persuasion.decisions import record_attempt
from services.visits.persuasion.events import PersuasionPlanned
from services.visits.persuasion.vocabulary import Method
from services.visits.plans.decisions import ClosePlan, close_plan, stop_persuasion
from services.visits.plans.state import PLANS
from shared.calendar.lateness import Lateness
from tests.given import given, on
from tests.visits import examples as ex

records = partial(record_attempt, frozenset())
stops = partial(stop_persuasion, ex.POLICY.stability, ex.CALENDAR)
AWAY = (ex.plan_opened(), ex.visit_opened())
BACK = (*AWAY, ex.visit_cancelled(), ex.stopped(), ex.checks_scheduled())


@pytest.mark.parametrize("method", Method)
def test_an_attempt_is_made_by_phone_letter_message_visit_or_meeting(method: Method) -> None:
    given(PLANS, *AWAY).when(records, ex.attempt_command(method=method), on(ex.VISITED)).then(
        ex.attempted(method=method)
    )


def test_attempts_are_numbered_within_the_cycle() -> None:
    first, third = date(2026, 9, 8), date(2026, 9, 15)
    second_cycle = (*BACK, ex.plan_reopened())
    given(PLANS, *AWAY, ex.attempted(1), ex.attempted(2)).when(records, ex.attempt_command(third), on(third)).then(
        ex.attempted(3, third)
    )
    given(PLANS, *AWAY, ex.attempted(1), *BACK[2:], ex.plan_reopened()).when(
        records, ex.attempt_command(first), on(ex.RELAPSED)
    ).then(ex.attempted(1, first, cycle=2, entered_on=ex.RELAPSED))
    assert given(PLANS, *second_cycle).state.attempts == 0


def test_an_attempt_made_after_the_return_is_refused_with_the_day_and_the_reason() -> None:
    after = date(2026, 10, 13)
    refusal = given(PLANS, *BACK).when(records, ex.attempt_command(after), on(after)).then_refused("child-is-not-away")
    assert "2026-10-12" in refusal.zh
    assert "学生已返校" in refusal.zh


def test_an_attempt_made_before_the_return_is_history_when_it_is_told_afterwards() -> None:
    told = ex.attempted(entered_on=ex.RETURNED, afterwards=True)
    given(PLANS, *BACK).when(records, ex.attempt_command(), on(ex.RETURNED)).then(told)


def test_nobody_persuades_a_child_that_died_and_what_was_done_before_is_history() -> None:
    died = date(2026, 9, 9)
    gone = given(
        PLANS,
        *AWAY,
        ex.visit_cancelled(reason=EndReason.DECEASED, cancelled_on=died),
        ex.plan_closed(died, EndReason.DECEASED),
    )
    later = date(2026, 9, 10)
    gone.when(records, ex.attempt_command(later), on(later)).then_refused("child-is-not-away")
    gone.when(records, ex.attempt_command(), on(later)).then(ex.attempted(entered_on=later, afterwards=True))


def test_an_attempt_that_is_entered_after_its_due_day_is_late_whatever_day_it_names() -> None:
    due, entered = date(2026, 10, 8), date(2026, 10, 9)
    planned = PersuasionPlanned(child_id=ex.CHILD, planned_on=ex.CONFIRMED, attempts_due=(due,), cycle=1)
    late = ex.attempted(1, due, due_on=due, entered_on=entered, lateness=Lateness.ENTERED_LATE)
    confirmed = given(PLANS, *AWAY, planned)
    confirmed.when(records, ex.attempt_command(due), on(entered)).then(late)
    confirmed.when(records, ex.attempt_command(due), on(due)).then(
        ex.attempted(1, due, due_on=due, lateness=Lateness.IN_TIME)
    )


def test_an_attempt_for_a_child_that_was_never_away_reads_as_not_found() -> None:
    given(PLANS).when(records, ex.attempt_command(), on(ex.VISITED)).then_refused("not-found")


def test_an_attempt_in_the_future_or_before_the_absence_is_refused() -> None:
    away = given(PLANS, *AWAY)
    away.when(records, ex.attempt_command(date(2026, 9, 9)), on(ex.VISITED)).then_refused("date-in-future")
    away.when(records, ex.attempt_command(date(2026, 8, 31)), on(ex.VISITED)).then_refused("date-out-of-order")


def test_an_attempt_names_somebody_and_a_next_day_that_comes_after_it() -> None:
    away = given(PLANS, *AWAY)
    away.when(records, ex.attempt_command(persons=()), on(ex.VISITED)).then_refused("nobody-took-part")
    away.when(records, ex.attempt_command(next_on=ex.VISITED), on(ex.VISITED)).then_refused("next-date-out-of-order")


# -- the return


def test_a_return_cancels_the_open_visits_stops_persuasion_and_schedules_checks() -> None:
    given(PLANS, *AWAY, ex.attempted()).when(stops, ex.stop_command(), on(ex.RETURNED)).then(
        ex.visit_cancelled(), ex.stopped(attempts=1), ex.checks_scheduled()
    )


def test_a_return_told_twice_is_one_return() -> None:
    given(PLANS, *BACK).when(stops, ex.stop_command(), on(ex.RETURNED)).then_nothing()


def test_a_return_of_an_earlier_cycle_does_not_end_the_present_one() -> None:
    given(PLANS, *BACK, ex.plan_reopened()).when(stops, ex.stop_command(cycle=1), on(ex.RELAPSED)).then_nothing()


def test_a_return_of_a_child_whose_absence_was_never_told_is_followed_up_all_the_same() -> None:
    given(PLANS).when(stops, ex.stop_command(), on(ex.RETURNED)).then(ex.stopped(), ex.checks_scheduled())


def test_checks_that_fall_into_a_holiday_move_behind_it_each_to_a_day_of_its_own() -> None:
    returned_on = date(2026, 9, 28)  # days 3 and 10 lie in or right after the National Day holiday
    scheduled = given(PLANS, *AWAY).when(stops, ex.stop_command(returned_on=returned_on), on(returned_on)).events[-1]
    assert scheduled.checks == (date(2026, 10, 8), date(2026, 10, 9), date(2026, 10, 28))


# -- the end


CLOSE = ClosePlan(child_id=ex.CHILD, stabilised_on=date(2026, 11, 11), cycle=1)


def test_a_stable_return_closes_exactly_one_plan() -> None:
    closed = ex.plan_closed(date(2026, 11, 11), checks_missing=(1, 2, 3))
    given(PLANS, *BACK).when(close_plan, CLOSE, on(date(2026, 11, 11))).then(closed).when(
        close_plan, CLOSE, on(date(2026, 11, 12))
    ).then_nothing()


def test_a_plan_of_a_child_that_is_away_does_not_close() -> None:
    given(PLANS, *AWAY).when(close_plan, CLOSE, on(date(2026, 11, 11))).then_nothing()
    given(PLANS, *BACK, ex.plan_reopened()).when(close_plan, CLOSE, on(date(2026, 11, 11))).then_nothing()
