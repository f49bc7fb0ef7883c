"""A child's file as its ledger row keeps it."""

from typing import assert_never

import msgspec

from services.registry.children.events import ChildEnrolled, ChildFileEvent, ChildRegistered, EnrolmentChanged
from services.registry.children.statuses import BY_NUMBER, Attendance
from services.registry.guardians.guardians import named_on_registration
from shared.kernel.ledgers import Row


def file_columns(row: Row, event: ChildFileEvent) -> Row:
    match event:
        case ChildRegistered():
            status = Attendance.NEVER_ENROLLED if event.of_age else Attendance.NOT_DUE
            named = named_on_registration(event.guardian_name, event.guardian_relation, event.guardian_phone)
            return _fields(event, "division") | {"status": status.value, "guardians": msgspec.to_builtins(named)}
        case ChildEnrolled():
            return _fields(event, "school_code") | {
                "registration": event.student_number_kind.registration.value,
                "status": Attendance.IN_SCHOOL.value,
            }
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
