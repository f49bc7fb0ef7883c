"""One row a return: the days on which somebody looks, and what was seen."""

from enum import StrEnum
from typing import assert_never, get_args

from services.visits.due_days.events import DueDayMoved, Matter
from services.visits.household_visits.vocabulary import EndReason
from services.visits.ledgers.household_visits import moved_columns
from services.visits.plans.events import PlanClosed, PlanMoved, PlanReopened
from services.visits.stability.events import StabilityCheckRecorded, StabilityChecksScheduled
from shared.calendar import provisional_note
from shared.calendar.lateness import Lateness
from shared.kernel.ledgers import Index, Ledger, Row
from shared.kernel.recorded import Recorded

StabilityRowEvent = (
    StabilityChecksScheduled | StabilityCheckRecorded | PlanClosed | PlanMoved | PlanReopened | DueDayMoved
)


class ReturnStatus(StrEnum):
    FOLLOWING_UP = "FOLLOWING_UP"
    STABLE = "STABLE"
    STABLE_WITHOUT_CHECKS = "STABLE_WITHOUT_CHECKS"  # the time was up, and not all planned checks were recorded
    ENDED = "ENDED"  # the child is gone, or away by right
    RELAPSED = "RELAPSED"


OWING = (ReturnStatus.FOLLOWING_UP, ReturnStatus.STABLE_WITHOUT_CHECKS)


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
        case PlanMoved():
            return row  # it stands at the new place from now on
        case PlanClosed(reason=EndReason.STABLE):
            return _summed({**row, "status": ReturnStatus.STABLE.value})
        case PlanClosed(reason=reason):
            return _summed({**row, "status": ReturnStatus.ENDED.value, "ended_for": reason.value})
        case PlanReopened() if row["status"] == ReturnStatus.FOLLOWING_UP:
            return _summed({**row, "status": ReturnStatus.RELAPSED.value})
        case PlanReopened():
            return _summed(row)
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
                "entered_on": None,
                "lateness": "",
                "finding": "",
            }
            for number, day in enumerate(event.checks, start=1)
        ],
        "last_finding": "",
        "ended_for": "",
    }


def _checked(row: Row, event: StabilityCheckRecorded) -> list[Row]:
    found = {
        "checked_on": event.checked_on.isoformat(),
        "entered_on": event.entered_on.isoformat(),
        "lateness": event.lateness.value,
        "finding": event.finding.value,
    }
    return [{**check, **found} if check["check_no"] == event.check_no else check for check in row["checks"]]


def _moved(row: Row, event: DueDayMoved) -> list[Row]:
    moved = moved_columns(event)
    return [{**check, **moved} if str(check["check_no"]) == event.item else check for check in row["checks"]]


def _summed(row: Row) -> Row:
    """What the row says of its checks as a whole: those missing keep their due day, also once the time is up."""
    done = [check for check in row["checks"] if check["checked_on"]]
    left = [check for check in row["checks"] if not check["checked_on"]]
    status = _status(ReturnStatus(row["status"]), complete=not left)
    owed = left if status in OWING else []
    following = min(owed, key=lambda check: str(check["due_on"]), default=None)
    latest = max(done, key=lambda check: str(check["checked_on"]), default=None)
    return {
        **row,
        "status": status.value,
        "checks_planned": len(row["checks"]),
        "checks_done": len(done),
        "checks_late": sum(Lateness(check["lateness"]).late for check in done),
        "next_check_on": following["due_on"] if following else None,
        "due_note": following["due_note"] if following else "",
        "last_checked_on": latest["checked_on"] if latest else None,
        "last_entered_on": latest["entered_on"] if latest else None,
        "last_lateness": latest["lateness"] if latest else "",
        "last_finding": latest["finding"] if latest else "",
    }


def _status(status: ReturnStatus, *, complete: bool) -> ReturnStatus:
    """A return whose time is up is stable with all its checks; recorded later, they make up for it."""
    if status not in (ReturnStatus.STABLE, ReturnStatus.STABLE_WITHOUT_CHECKS):
        return status
    return ReturnStatus.STABLE if complete else ReturnStatus.STABLE_WITHOUT_CHECKS


def _key(event: StabilityRowEvent, _: Recorded) -> str | None:
    if isinstance(event, DueDayMoved) and event.matter is not Matter.CHECK:
        return None
    if isinstance(event, PlanMoved) and not event.following_up:
        return None  # what is over stays where it was
    return f"{event.child_id}:{cycle_of(event)}"


STABILITY_CHECKS = Ledger(
    name="stability-checks",
    source="visits",
    events=frozenset(get_args(StabilityRowEvent)),
    apply=apply,
    key=_key,
    indexes=(Index(("child_id",)),),
)
