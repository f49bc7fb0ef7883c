"""What time alone brings about."""

from collections.abc import Sequence
from datetime import date, timedelta

from services.visits.assignments.events import ClassTeacherAssigned, VillageCadreAssigned
from services.visits.assignments.state import class_post, village_post
from services.visits.assignments.taking_up import TakeUpPost
from services.visits.due_days.events import DueDayMoved, Matter
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


def due_day_moved(event: DueDayMoved, _: Recorded) -> Sequence[DeadlineChange]:
    """Only visits are watched; attempts and checks are looked for in their ledgers."""
    return [_watch(event.child_id, VisitId(event.item), event.due_on)] if event.matter is Matter.VISIT else []


def visit_opened(event: HouseholdVisitOpened, _: Recorded) -> Sequence[DeadlineChange]:
    return [_watch(event.child_id, event.visit_id, event.due_on)]


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


def _watch(child_id: ChildId, visit_id: VisitId, due_on: date) -> SetDeadline:
    """The visit is overdue when the day after its due date begins."""
    note = NoteHouseholdVisitOverdue(child_id=child_id, visit_id=visit_id)
    return SetDeadline(_key(child_id, visit_id), start_of_local_day(due_on + timedelta(days=1)), note)


def _key(child_id: ChildId, visit_id: VisitId) -> str:
    return f"visit-due:{child_id}:{visit_id}"


DEADLINES: dict[type, DeadlineRule] = {
    HouseholdVisitOpened: visit_opened,
    DueDayMoved: due_day_moved,
    HouseholdVisitRecorded: visit_ended,
    HouseholdVisitCancelled: visit_ended,
    ClassTeacherAssigned: class_teacher_assigned,
    VillageCadreAssigned: village_cadre_assigned,
}
