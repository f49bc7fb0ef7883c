"""What rows show of a due day that moved."""

from services.registry.due_days.events import DueDayMoved, Matter
from shared.calendar import provisional_note
from shared.kernel.ledgers import Row

COLUMN = {
    Matter.TRANSFER: "respond_by",
    Matter.RESPITE_REMINDER: "remind_on",
    Matter.PLACEMENT_REVIEW: "review_by",
    Matter.REGISTRATION_GAP: "complete_by",
}
OF_THE_CHILD = frozenset({Matter.PLACEMENT_REVIEW, Matter.REGISTRATION_GAP})
"""What stands in the child's own row; the others have ledgers of their own."""


def moved_columns(event: DueDayMoved) -> Row:
    name = COLUMN[event.matter]
    return {
        name: event.due_on.isoformat(),
        f"{name}_before": event.due_before.isoformat(),
        f"{name}_note": provisional_note(event.due_on, provisional=event.provisional),
    }


def child_columns(_: Row, event: DueDayMoved) -> Row:
    return moved_columns(event) if event.matter in OF_THE_CHILD else {}
