"""The registry's children and schools, as far as visits need them: whose child, which class, which teacher."""

from typing import assert_never, get_args

from services.visits.contracts import (
    ChildCorrected,
    ChildEnrolled,
    ChildFileEvent,
    ChildRegistered,
    EnrolmentChanged,
    GuardianLinked,
    GuardianUnlinked,
    HouseholdCategorySet,
    ReceivingSchoolAssigned,
    SchoolRegistered,
    TransferCompleted,
)
from shared.kernel.ledgers import Ledger, Row
from shared.kernel.recorded import Recorded


def apply_child(row: Row | None, event: ChildFileEvent, _: Recorded) -> Row:
    """`before`: the class that the child has just left; {} when the event leaves it where it was."""
    was, row = row or {}, {**(row or {}), "before": {}}
    match event:
        case ChildRegistered():
            return {**row, "child_id": event.child_id, "name": event.name, "guardian_name": event.guardian_name}
        case ChildCorrected(field=field, new_value=value):
            return {**row, "name": value} if field == "name" else row
        case GuardianLinked() | GuardianUnlinked():
            return {**row, "guardian_name": event.principal_name}
        case ChildEnrolled():
            school = {"school_code": event.school_code, "school_name": event.school_name}
            return {**row, "before": _before(was), **school, **_class(event)}
        case ReceivingSchoolAssigned() | TransferCompleted():
            school = {"school_code": event.receiving_school_code, "school_name": event.receiving_school_name}
            return {**row, "before": _before(was), **school, **_without_class(event.grade)}
        case EnrolmentChanged():
            return {**row, "before": _before(was), **_class(event)}
        case HouseholdCategorySet():
            return {**row, "category": event.category}
        case _:
            assert_never(event)


def _before(row: Row) -> Row:
    """The class that the child leaves: whoever had it answers for the child no more."""
    return {name: row[name] for name in ("school_code", "grade", "class_no", "class_teacher") if name in row}


def _class(event: ChildEnrolled | EnrolmentChanged) -> Row:
    return {
        "grade": event.grade,
        "class_no": event.class_no,
        "class_name": f"{event.grade}年级{event.class_no}班",
        "class_teacher": event.class_teacher,
    }


def _without_class(grade: int) -> Row:
    """At a school that has not put the child into a class yet; the class teacher of before is released."""
    return {"grade": grade, "class_no": 0, "class_name": f"{grade}年级（待分班）", "class_teacher": ""}


def apply_school(_: Row | None, event: SchoolRegistered, __: Recorded) -> Row:
    return {"school_code": event.school_code, "name": event.name}


CHILDREN = Ledger(
    name="children",
    source="registry",
    events=frozenset(get_args(ChildFileEvent)),
    apply=apply_child,
)
SCHOOLS = Ledger(
    name="schools",
    source="registry",
    events=frozenset({SchoolRegistered}),
    apply=apply_school,
    key=lambda event, _: event.school_code,
)
