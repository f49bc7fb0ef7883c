"""Stability checks: each once, in the time after a return."""

from datetime import date
from typing import Any

import pytest

from services.visits.plans.state import PLANS
from services.visits.stability.decisions import RecordStabilityCheck, record_check
from services.visits.stability.events import StabilityCheckRecorded
from services.visits.stability.vocabulary import Finding
from tests.given import given, on
from tests.visits import examples as ex

FIRST = date(2026, 10, 15)
BACK = (ex.plan_opened(), ex.stopped(), ex.checks_scheduled())


def check(**more: Any) -> RecordStabilityCheck:
    what: dict[str, Any] = {"check_no": 1, "checked_on": FIRST}
    return RecordStabilityCheck(child_id=ex.CHILD, finding=Finding.ATTENDING, **(what | more))


CHECKED = StabilityCheckRecorded(
    child_id=ex.CHILD, check_no=1, checked_on=FIRST, finding=Finding.ATTENDING, recorded_by="u1", cycle=1
)


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


def test_a_child_that_is_away_again_is_not_checked() -> None:
    given(PLANS, *BACK, ex.plan_reopened()).when(record_check, check(), on(ex.RELAPSED)).then_refused(
        "no-return-to-check"
    )
    given(PLANS).when(record_check, check(), on(FIRST)).then_refused("not-found")
