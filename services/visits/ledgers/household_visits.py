"""One row a visit."""

from typing import assert_never

from services.visits.due_days.events import DueDayMoved, Matter
from services.visits.household_visits.events import (
    HouseholdVisitCancelled,
    HouseholdVisitEvent,
    HouseholdVisitOpened,
    HouseholdVisitOverdue,
    HouseholdVisitReassigned,
    HouseholdVisitRecorded,
)
from services.visits.household_visits.vocabulary import Priority
from services.visits.plans.state import VisitStatus
from shared.calendar import provisional_note
from shared.kernel.ledgers import Index, Ledger, Row
from shared.kernel.recorded import Recorded


def apply(row: Row | None, event: HouseholdVisitEvent | DueDayMoved, _: Recorded) -> Row:
    row = row or {}
    match event:
        case HouseholdVisitOpened():
            return _opened(event)
        case DueDayMoved():
            return {**row, **moved_columns(event)}
        case HouseholdVisitReassigned(teacher=teacher):
            return {**row, "teacher": teacher, "unassigned": not teacher}
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
        "due_note": provisional_note(event.due_on, provisional=event.provisional),
        "rank": 1 if event.priority is Priority.NORMAL else 0,
        "status": VisitStatus.OPEN.value,
        "was_overdue": False,
        "cancel_reason": "",
        "visited_on": None,
    }


def _found(event: HouseholdVisitRecorded) -> Row:
    return {
        "status": VisitStatus.DONE.value,
        "visited_on": event.visited_on.isoformat(),
        "entered_on": event.entered_on.isoformat(),
        "lateness": event.lateness.value,
        "place": event.place.value,
        "people": "、".join(event.people),
        "cause": event.cause.value,
        "result": event.result.value,
        "photos": list(event.photos),
        "photo_count": len(event.photos),
        "photos_reused": len(event.photos_reused),
        "recorded_by": event.recorded_by,
    }


def moved_columns(event: DueDayMoved) -> Row:
    """What a row of one due day shows of its move."""
    return {
        "due_on": event.due_on.isoformat(),
        "due_before": event.due_before.isoformat(),
        "due_note": provisional_note(event.due_on, provisional=event.provisional),
    }


def _key(event: HouseholdVisitEvent | DueDayMoved, _: Recorded) -> str | None:
    if isinstance(event, DueDayMoved):
        return f"{event.child_id}:{event.item}" if event.matter is Matter.VISIT else None
    return f"{event.child_id}:{event.visit_id}"


HOUSEHOLD_VISITS = Ledger(
    name="household-visits",
    source="visits",
    events=frozenset(
        {
            DueDayMoved,
            HouseholdVisitOpened,
            HouseholdVisitReassigned,
            HouseholdVisitRecorded,
            HouseholdVisitOverdue,
            HouseholdVisitCancelled,
        }
    ),
    apply=apply,
    key=_key,
    indexes=(Index(("child_id",)), Index(("due_on", "rank")), Index(("status", "due_on"))),
)
