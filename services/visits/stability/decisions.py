"""Looking whether a returned child still comes."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from services.visits.household_visits.vocabulary import EndReason
from services.visits.ids import ChildId
from services.visits.plans.state import Plan
from services.visits.stability.events import StabilityCheckRecorded
from services.visits.stability.refusals import CheckAlreadyRecorded, CheckNotPlanned, ChecksEnded, NoReturnToCheck
from services.visits.stability.vocabulary import Finding
from shared.calendar.lateness import lateness
from shared.kernel.commands import Context
from shared.kernel.refusals import DateBefore, DateInFuture, NotFound


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordStabilityCheck:
    """`check_no` counts from 1 in the order of the planned days."""

    NAME: ClassVar[str] = "visits.record-stability-check"
    child_id: ChildId
    check_no: int
    checked_on: date
    finding: Finding


def record_check(plan: Plan, command: RecordStabilityCheck, context: Context) -> list[StabilityCheckRecorded]:
    """A check may come early or late, also once the return counts as stable; not before the return, nor twice."""
    _check_planned(plan, command.check_no)
    _check_day(plan, command.checked_on, context.today)
    due_on = plan.checks[command.check_no - 1].day
    return [
        StabilityCheckRecorded(
            child_id=plan.id,
            check_no=command.check_no,
            checked_on=command.checked_on,
            finding=command.finding,
            recorded_by=context.actor,
            due_on=due_on,
            entered_on=context.today,
            lateness=lateness(due_on, command.checked_on, context.today),
            checks_left=len(plan.checks_missing) - 1,
            cycle=plan.cycle,
        )
    ]


def _check_planned(plan: Plan, check_no: int) -> None:
    if not plan.cycle:
        raise NotFound(plan.id)
    if not plan.checks:
        raise NoReturnToCheck()
    if not 1 <= check_no <= len(plan.checks):
        raise CheckNotPlanned(len(plan.checks))
    if check_no in plan.checked:
        raise CheckAlreadyRecorded(check_no)


def _check_day(plan: Plan, checked_on: date, today: date) -> None:
    """Of a child that is gone, only what was seen before is told."""
    if checked_on > today:
        raise DateInFuture("checked_on")
    if checked_on < plan.returned_on:
        raise DateBefore("checked_on", "返校日期", "the return", plan.returned_on)
    if plan.closed and plan.closed.reason is not EndReason.STABLE and checked_on > plan.closed.day:
        raise ChecksEnded(plan.closed)
