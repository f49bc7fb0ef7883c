"""One row a visit."""

from typing import assert_never

from services.visits.household_visits.events import (
    HouseholdVisitCancelled,
    HouseholdVisitEvent,
    HouseholdVisitOpened,
    HouseholdVisitOverdue,
    HouseholdVisitReassigned,
    HouseholdVisitRecorded,
)
from services.visits.plans.state import VisitStatus
from shared.kernel.ledgers import Index, Ledger, Row
from shared.kernel.recorded import Recorded


def apply(row: Row | None, event: HouseholdVisitEvent, _: Recorded) -> Row:
    row = row or {}
    match event:
        case HouseholdVisitOpened():
            return _opened(event)
        case HouseholdVisitReassigned(teacher=teacher):
            return {**row, "teacher": teacher, "unassigned": False}
        case HouseholdVisitRecorded():
            return {**row, **_found(event)}
        case HouseholdVisitOverdue():
            return {**row, "status": VisitStatus.OVERDUE.value, "was_overdue": True}
        case HouseholdVisitCancelled(reason=reason):
            return {**row, "status": VisitStatus.CANCELLED.value, "cancel_reason": reason.value}
        case _:
            assert_never(event)


def _opened(event: HouseholdVisitOpened) -> Row:
    return {
        "child_id": event.child_id,
        "visit_id": event.visit_id,
        "cycle": event.cycle,
        "reason": event.reason.value,
        "priority": event.priority.value,
        "teacher": event.teacher,
        "unassigned": event.unassigned,
        "opened_on": event.opened_on.isoformat(),
        "due_on": event.due_on.isoformat(),
        "status": VisitStatus.OPEN.value,
        "was_overdue": False,
        "cancel_reason": "",
        "visited_on": None,
    }


def _found(event: HouseholdVisitRecorded) -> Row:
    return {
        "status": VisitStatus.DONE.value,
        "visited_on": event.visited_on.isoformat(),
        "place": event.place.value,
        "people": "、".join(event.people),
        "cause": event.cause.value,
        "result": event.result.value,
        "photos": list(event.photos),
        "photo_count": len(event.photos),
        "photos_reused": len(event.photos_reused),
        "recorded_by": event.recorded_by,
    }


HOUSEHOLD_VISITS = Ledger(
    name="household-visits",
    source="visits",
    events=frozenset(
        {
            HouseholdVisitOpened,
            HouseholdVisitReassigned,
            HouseholdVisitRecorded,
            HouseholdVisitOverdue,
            HouseholdVisitCancelled,
        }
    ),
    apply=apply,
    key=lambda event, _: f"{event.child_id}:{event.visit_id}",
    indexes=(Index(("child_id",)), Index(("due_on",)), Index(("status", "due_on"))),
)
