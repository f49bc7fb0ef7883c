"""One row a return: the days on which somebody looks, and what was seen."""

from enum import StrEnum
from typing import assert_never

from services.visits.plans.events import PlanClosed, PlanReopened
from services.visits.stability.events import StabilityCheckRecorded, StabilityChecksScheduled
from shared.kernel.ledgers import Index, Ledger, Row
from shared.kernel.recorded import Recorded

StabilityRowEvent = StabilityChecksScheduled | StabilityCheckRecorded | PlanClosed | PlanReopened


class ReturnStatus(StrEnum):
    FOLLOWING_UP = "FOLLOWING_UP"
    STABLE = "STABLE"
    RELAPSED = "RELAPSED"


def cycle_of(event: StabilityRowEvent) -> int:
    """A reopening speaks of the return that it ends."""
    return event.previous_cycle if isinstance(event, PlanReopened) else event.cycle


def apply(row: Row | None, event: StabilityRowEvent, _: Recorded) -> Row | None:
    match event:
        case StabilityChecksScheduled():
            return _summed(_scheduled(event))
        case _ if row is None:
            return None  # the child never returned in that cycle
        case StabilityCheckRecorded():
            return _summed({**row, "checks": _checked(row, event)})
        case PlanClosed():
            return {**row, "status": ReturnStatus.STABLE.value, "next_check_on": None}
        case PlanReopened():
            ended = ReturnStatus.RELAPSED if row["status"] == ReturnStatus.FOLLOWING_UP else ReturnStatus.STABLE
            return {**row, "status": ended.value, "next_check_on": None}
        case _:
            assert_never(event)


def _scheduled(event: StabilityChecksScheduled) -> Row:
    return {
        "child_id": event.child_id,
        "cycle": event.cycle,
        "status": ReturnStatus.FOLLOWING_UP.value,
        "returned_on": event.returned_on.isoformat(),
        "checks": [
            {"check_no": number, "due_on": day.isoformat(), "checked_on": None, "finding": ""}
            for number, day in enumerate(event.checks, start=1)
        ],
        "last_finding": "",
    }


def _checked(row: Row, event: StabilityCheckRecorded) -> list[Row]:
    found = {"checked_on": event.checked_on.isoformat(), "finding": event.finding.value}
    return [{**check, **found} if check["check_no"] == event.check_no else check for check in row["checks"]]


def _summed(row: Row) -> Row:
    done = [check for check in row["checks"] if check["checked_on"]]
    left = [check["due_on"] for check in row["checks"] if not check["checked_on"]]
    latest = max(done, key=lambda check: str(check["checked_on"]), default=None)
    return {
        **row,
        "checks_planned": len(row["checks"]),
        "checks_done": len(done),
        "next_check_on": min(left, default=None),
        "last_checked_on": latest["checked_on"] if latest else None,
        "last_finding": latest["finding"] if latest else "",
    }


STABILITY_CHECKS = Ledger(
    name="stability-checks",
    source="visits",
    events=frozenset({StabilityChecksScheduled, StabilityCheckRecorded, PlanClosed, PlanReopened}),
    apply=apply,
    key=lambda event, _: f"{event.child_id}:{cycle_of(event)}",
    indexes=(Index(("child_id",)),),
)
