"""A child's file as its ledger row keeps it."""

from typing import assert_never

import msgspec

from services.registry.children.events import ChildEnrolled, ChildFileEvent, ChildRegistered, EnrolmentChanged
from services.registry.children.statuses import AWAY, BY_NUMBER, Attendance
from services.registry.guardians.guardians import named_on_registration
from shared.kernel.ledgers import Row


def file_columns(row: Row, event: ChildFileEvent) -> Row:
    match event:
        case ChildRegistered():
            status = Attendance.NEVER_ENROLLED if event.of_age else Attendance.NOT_DUE
            named = named_on_registration(event.guardian_name, event.guardian_relation, event.guardian_phone)
            told_by_id = (
                {"id_birth_date": event.birth_date.isoformat(), "id_sex": event.sex} if event.id_number else {}
            )
            row = {"status": status.value, "guardians": msgspec.to_builtins(named)}
            return _fields(event, "division") | told_by_id | row
        case ChildEnrolled():
            entered = _fields(event, "school_code") | {"registration": event.student_number_kind.registration.value}
            if row.get("hand_over"):
                entered |= {"hand_over": "ARRIVED"}
            if row["status"] in AWAY:
                return entered
            on_probation = row["status"] == Attendance.RETURNED_PROBATION
            return entered | {"absent_since": None} | ({} if on_probation else {"status": Attendance.IN_SCHOOL.value})
        case EnrolmentChanged():
            follows = row["registration"] in BY_NUMBER
            registration = event.student_number_kind.registration.value if follows else row["registration"]
            return _fields(event) | {"registration": registration}
        case _:
            assert_never(event)


def _fields(event: ChildFileEvent, *left_out: str) -> Row:
    """The event's fields; `file_status` keeps what the student file says while the child has dropped out."""
    content: Row = msgspec.to_builtins(event)
    row = {name: value for name, value in content.items() if name not in left_out}
    if isinstance(event, ChildRegistered):
        return row
    return row | {"file_status": event.student_number_kind.registration.value}
