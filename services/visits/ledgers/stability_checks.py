"""One row a return: the days on which somebody looks, and what was seen."""

from enum import StrEnum
from typing import assert_never

from services.visits.due_days.events import DueDayMoved, Matter
from services.visits.ledgers.household_visits import moved_columns
from services.visits.plans.events import PlanClosed, PlanReopened
from services.visits.stability.events import StabilityCheckRecorded, StabilityChecksScheduled
from shared.calendar import provisional_note
from shared.kernel.ledgers import Index, Ledger, Row
from shared.kernel.recorded import Recorded

StabilityRowEvent = StabilityChecksScheduled | StabilityCheckRecorded | PlanClosed | PlanReopened | DueDayMoved


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
        case DueDayMoved():
            return _summed({**row, "checks": _moved(row, event)})
        case PlanClosed():
            return {**row, "status": ReturnStatus.STABLE.value, "next_check_on": None, "due_note": ""}
        case PlanReopened():
            ended = ReturnStatus.RELAPSED if row["status"] == ReturnStatus.FOLLOWING_UP else ReturnStatus.STABLE
            return {**row, "status": ended.value, "next_check_on": None, "due_note": ""}
        case _:
            assert_never(event)


def _scheduled(event: StabilityChecksScheduled) -> Row:
    return {
        "child_id": event.child_id,
        "cycle": event.cycle,
        "status": ReturnStatus.FOLLOWING_UP.value,
        "returned_on": event.returned_on.isoformat(),
        "checks": [
            {
                "check_no": number,
                "due_on": day.isoformat(),
                "due_note": provisional_note(day, provisional=day in event.provisional),
                "checked_on": None,
                "finding": "",
            }
            for number, day in enumerate(event.checks, start=1)
        ],
        "last_finding": "",
    }


def _checked(row: Row, event: StabilityCheckRecorded) -> list[Row]:
    found = {"checked_on": event.checked_on.isoformat(), "finding": event.finding.value}
    return [{**check, **found} if check["check_no"] == event.check_no else check for check in row["checks"]]


def _moved(row: Row, event: DueDayMoved) -> list[Row]:
    moved = moved_columns(event)
    return [{**check, **moved} if str(check["check_no"]) == event.item else check for check in row["checks"]]


def _summed(row: Row) -> Row:
    done = [check for check in row["checks"] if check["checked_on"]]
    left = [check for check in row["checks"] if not check["checked_on"]]
    following = min(left, key=lambda check: str(check["due_on"]), default=None)
    latest = max(done, key=lambda check: str(check["checked_on"]), default=None)
    return {
        **row,
        "checks_planned": len(row["checks"]),
        "checks_done": len(done),
        "next_check_on": following["due_on"] if following else None,
        "due_note": following["due_note"] if following else "",
        "last_checked_on": latest["checked_on"] if latest else None,
        "last_finding": latest["finding"] if latest else "",
    }


def _key(event: StabilityRowEvent, _: Recorded) -> str | None:
    if isinstance(event, DueDayMoved) and event.matter is not Matter.CHECK:
        return None
    return f"{event.child_id}:{cycle_of(event)}"


STABILITY_CHECKS = Ledger(
    name="stability-checks",
    source="visits",
    events=frozenset({StabilityChecksScheduled, StabilityCheckRecorded, PlanClosed, PlanReopened, DueDayMoved}),
    apply=apply,
    key=_key,
    indexes=(Index(("child_id",)),),
)
