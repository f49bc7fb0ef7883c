"""What time alone brings about."""

from collections.abc import Sequence
from datetime import timedelta

from services.visits.household_visits.events import (
    HouseholdVisitCancelled,
    HouseholdVisitOpened,
    HouseholdVisitRecorded,
)
from services.visits.household_visits.opening import NoteHouseholdVisitOverdue
from services.visits.ids import ChildId, VisitId
from shared.calendar import start_of_local_day
from shared.kernel.deadlines import CancelDeadline, DeadlineChange, SetDeadline
from shared.kernel.recorded import Recorded
from shared.kernel.service import DeadlineRule


def visit_opened(event: HouseholdVisitOpened, _: Recorded) -> Sequence[DeadlineChange]:
    """The visit is overdue when the day after its due date begins."""
    due_at = start_of_local_day(event.due_on + timedelta(days=1))
    note = NoteHouseholdVisitOverdue(child_id=event.child_id, visit_id=event.visit_id)
    return [SetDeadline(_key(event.child_id, event.visit_id), due_at, note)]


def visit_ended(event: HouseholdVisitRecorded | HouseholdVisitCancelled, _: Recorded) -> Sequence[DeadlineChange]:
    return [CancelDeadline(_key(event.child_id, event.visit_id))]


def _key(child_id: ChildId, visit_id: VisitId) -> str:
    return f"visit-due:{child_id}:{visit_id}"


DEADLINES: dict[type, DeadlineRule] = {
    HouseholdVisitOpened: visit_opened,
    HouseholdVisitRecorded: visit_ended,
    HouseholdVisitCancelled: visit_ended,
}
