"""Looking whether a returned child still comes."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from services.visits.ids import ChildId
from services.visits.plans.state import Plan, PlanStatus
from services.visits.stability.events import StabilityCheckRecorded
from services.visits.stability.refusals import CheckAlreadyRecorded, CheckNotPlanned, NoReturnToCheck
from services.visits.stability.vocabulary import Finding
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
    """A check may come early or late; it cannot come before the return, nor twice."""
    if not plan.cycle:
        raise NotFound(plan.id)
    if plan.status is not PlanStatus.FOLLOWING_UP:
        raise NoReturnToCheck()
    if not 1 <= command.check_no <= len(plan.checks):
        raise CheckNotPlanned(len(plan.checks))
    if command.check_no in plan.checked:
        raise CheckAlreadyRecorded(command.check_no)
    if command.checked_on > context.today:
        raise DateInFuture("checked_on")
    if command.checked_on < plan.returned_on:
        raise DateBefore("checked_on", "返校日期", "the return", plan.returned_on)
    return [
        StabilityCheckRecorded(
            child_id=plan.id,
            check_no=command.check_no,
            checked_on=command.checked_on,
            finding=command.finding,
            recorded_by=context.actor,
            cycle=plan.cycle,
        )
    ]
