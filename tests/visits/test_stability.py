"""Stability checks: each once, in the time after a return."""

from datetime import date
from typing import Any

import pytest

from services.visits.household_visits.vocabulary import EndReason
from services.visits.plans.state import PLANS
from services.visits.stability.decisions import RecordStabilityCheck, record_check
from services.visits.stability.events import StabilityCheckRecorded
from services.visits.stability.vocabulary import Finding
from shared.calendar.lateness import Lateness
from tests.given import given, on
from tests.visits import examples as ex

FIRST = date(2026, 10, 15)
LAST = date(2026, 11, 11)
BACK = (ex.plan_opened(), ex.stopped(), ex.checks_scheduled())


def check(**more: Any) -> RecordStabilityCheck:
    what: dict[str, Any] = {"check_no": 1, "checked_on": FIRST}
    return RecordStabilityCheck(child_id=ex.CHILD, finding=Finding.ATTENDING, **(what | more))


def checked(check_no: int = 1, due_on: date = FIRST, checks_left: int = 2, **more: Any) -> StabilityCheckRecorded:
    what: dict[str, Any] = {"checked_on": due_on, "entered_on": due_on, "lateness": Lateness.IN_TIME}
    return StabilityCheckRecorded(
        child_id=ex.CHILD,
        check_no=check_no,
        finding=Finding.ATTENDING,
        recorded_by="u1",
        due_on=due_on,
        checks_left=checks_left,
        cycle=1,
        **(what | more),
    )


CHECKED = checked()


def test_a_check_is_recorded() -> None:
    given(PLANS, *BACK).when(record_check, check(), on(FIRST)).then(CHECKED)


def test_a_check_is_recorded_once() -> None:
    given(PLANS, *BACK, CHECKED).when(record_check, check(), on(FIRST)).then_refused("check-already-recorded")


@pytest.mark.parametrize("number", [0, 4, -1])
def test_only_planned_checks_are_recorded(number: int) -> None:
    given(PLANS, *BACK).when(record_check, check(check_no=number), on(FIRST)).then_refused("check-not-planned")


def test_a_check_lies_between_the_return_and_today() -> None:
    back = given(PLANS, *BACK)
    back.when(record_check, check(checked_on=date(2026, 10, 16)), on(FIRST)).then_refused("date-in-future")
    back.when(record_check, check(checked_on=date(2026, 10, 11)), on(FIRST)).then_refused("date-out-of-order")


def test_the_last_check_is_recorded_on_its_due_day_though_the_return_counts_as_stable_since_that_morning() -> None:
    stable = (*BACK, CHECKED, checked(2, date(2026, 10, 22), 1), ex.plan_closed(LAST, checks_missing=(3,)))
    given(PLANS, *stable).when(record_check, check(check_no=3, checked_on=LAST), on(LAST)).then(checked(3, LAST, 0))


def test_a_check_that_is_entered_after_its_due_day_is_late_whatever_day_it_names() -> None:
    stable = given(PLANS, *BACK, ex.plan_closed(LAST, checks_missing=(1, 2, 3)))
    entered = date(2026, 11, 20)
    stable.when(record_check, check(), on(entered)).then(checked(entered_on=entered, lateness=Lateness.ENTERED_LATE))
    stable.when(record_check, check(checked_on=entered), on(entered)).then(
        checked(checked_on=entered, entered_on=entered, lateness=Lateness.LATE)
    )


def test_of_a_child_that_died_only_a_check_made_before_is_told() -> None:
    died = date(2026, 10, 20)
    gone = given(PLANS, *BACK, ex.plan_closed(died, EndReason.DECEASED, (1, 2, 3)))
    gone.when(record_check, check(checked_on=date(2026, 10, 21)), on(date(2026, 10, 21))).then_refused("checks-ended")
    gone.when(record_check, check(), on(date(2026, 10, 21))).then(
        checked(entered_on=date(2026, 10, 21), lateness=Lateness.ENTERED_LATE)
    )


def test_a_child_that_is_away_again_is_not_checked() -> None:
    given(PLANS, *BACK, ex.plan_reopened()).when(record_check, check(), on(ex.RELAPSED)).then_refused(
        "no-return-to-check"
    )
    given(PLANS).when(record_check, check(), on(FIRST)).then_refused("not-found")
