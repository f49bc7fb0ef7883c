"""Who a case is about: names, class and guardian, from the registry."""

from typing import get_args

from services.supervision.contracts import (
    ChildCorrected,
    ChildEnrolled,
    ChildFileEvent,
    ChildRegistered,
    EnrolmentChanged,
    GuardianLinked,
    GuardianUnlinked,
    HouseholdCategorySet,
    ReceivingSchoolAssigned,
    TransferCompleted,
)
from shared.kernel.ledgers import Ledger, Row
from shared.kernel.recorded import Recorded

NO_CLASS_YET = 0
_GRADES = "一二三四五六七八九"
_EMPTY: Row = {
    "name": "",
    "guardian_name": "",
    "school_code": "",
    "school_name": "",
    "grade": 0,
    "class_no": 0,
    "class_name": "",
    "class_teacher": "",
    "category": "NONE",
    "birth_date": None,
    "birth_said": None,
}


def class_name(grade: int, class_no: int) -> str:
    """七年级1班"""
    of_grade = f"{_GRADES[grade - 1]}年级"
    return f"{of_grade}（待分班）" if class_no == NO_CLASS_YET else f"{of_grade}{class_no}班"


def apply(row: Row | None, event: ChildFileEvent, recorded: Recorded) -> Row:
    before = row or {"child_id": recorded.key, **_EMPTY}
    match event:
        case ChildRegistered():
            named = {"name": event.name, "guardian_name": event.guardian_name}
            return {**before, **named, **_birth(event.birth_date.isoformat(), recorded)}
        case ChildCorrected(field="name", new_value=value):
            return {**before, "name": value}
        case ChildCorrected(field="birth_date", new_value=value):
            return {**before, **_birth(value, recorded)}
        case ChildCorrected():
            return before
        case GuardianLinked() | GuardianUnlinked():
            return {**before, "guardian_name": event.principal_name}
        case ChildEnrolled():
            school = {"school_code": event.school_code, "school_name": event.school_name}
            return {**before, **school, **_class(event)}
        case ReceivingSchoolAssigned() | TransferCompleted():
            school = {"school_code": event.receiving_school_code, "school_name": event.receiving_school_name}
            return {**before, **school, **_class_of(event.grade, NO_CLASS_YET, "")}
        case EnrolmentChanged():
            return {**before, **_class(event)}
        case HouseholdCategorySet(category=category):
            return {**before, "category": category}


def _birth(day: str, recorded: Recorded) -> Row:
    return {"birth_date": day, "birth_said": {"type": recorded.type, "event": recorded.id}}


def _class(event: ChildEnrolled | EnrolmentChanged) -> Row:
    return _class_of(event.grade, event.class_no, event.class_teacher)


def _class_of(grade: int, class_no: int, class_teacher: str) -> Row:
    return {
        "grade": grade,
        "class_no": class_no,
        "class_name": class_name(grade, class_no),
        "class_teacher": class_teacher,
    }


CHILDREN = Ledger(
    name="children",
    source="registry",
    events=frozenset(get_args(ChildFileEvent)),
    apply=apply,
)
