"""One row a class or village: who is responsible for it."""

from typing import assert_never

from services.visits.assignments.events import AssignmentEvent, ClassTeacherAssigned, VillageCadreAssigned
from services.visits.assignments.state import class_post, village_post
from shared.kernel.ledgers import Ledger, Row
from shared.kernel.recorded import Recorded

CLASS_TEACHER = "CLASS_TEACHER"
VILLAGE_CADRE = "VILLAGE_CADRE"


def key(event: AssignmentEvent, _: Recorded) -> str:
    match event:
        case ClassTeacherAssigned():
            return class_post(event.school_code, event.grade, event.class_no)
        case VillageCadreAssigned():
            return village_post(event.division)
        case _:
            assert_never(event)


def apply(_: Row | None, event: AssignmentEvent, __: Recorded) -> Row:
    match event:
        case ClassTeacherAssigned():
            return {
                "kind": CLASS_TEACHER,
                "school_code": event.school_code,
                "class_name": f"{event.grade}年级{event.class_no}班",
                "holder": event.teacher,
                "previous_holder": event.previous_teacher,
                "assigned_on": event.assigned_on.isoformat(),
            }
        case VillageCadreAssigned():
            return {
                "kind": VILLAGE_CADRE,
                "village": event.division,
                "holder": event.cadre,
                "previous_holder": event.previous_cadre,
                "assigned_on": event.assigned_on.isoformat(),
            }
        case _:
            assert_never(event)


POSTS = Ledger(
    name="posts",
    source="visits",
    events=frozenset({ClassTeacherAssigned, VillageCadreAssigned}),
    apply=apply,
    key=key,
)
