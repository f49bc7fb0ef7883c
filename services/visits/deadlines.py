"""What time alone brings about."""

from collections.abc import Sequence
from datetime import timedelta

from services.visits.assignments.events import ClassTeacherAssigned, VillageCadreAssigned
from services.visits.assignments.state import class_post, village_post
from services.visits.assignments.taking_up import TakeUpPost
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


def class_teacher_assigned(event: ClassTeacherAssigned, recorded: Recorded) -> Sequence[DeadlineChange]:
    """At once, but by a worker: the assigning person's scope need not cover every child's village."""
    post = class_post(event.school_code, event.grade, event.class_no)
    take_up = TakeUpPost(post=post, school_code=event.school_code, grade=event.grade, class_no=event.class_no)
    return [SetDeadline(f"take-up:{post}", recorded.time, take_up)]


def village_cadre_assigned(event: VillageCadreAssigned, recorded: Recorded) -> Sequence[DeadlineChange]:
    post = village_post(event.division)
    return [SetDeadline(f"take-up:{post}", recorded.time, TakeUpPost(post=post))]


def _key(child_id: ChildId, visit_id: VisitId) -> str:
    return f"visit-due:{child_id}:{visit_id}"


DEADLINES: dict[type, DeadlineRule] = {
    HouseholdVisitOpened: visit_opened,
    HouseholdVisitRecorded: visit_ended,
    HouseholdVisitCancelled: visit_ended,
    ClassTeacherAssigned: class_teacher_assigned,
    VillageCadreAssigned: village_cadre_assigned,
}
