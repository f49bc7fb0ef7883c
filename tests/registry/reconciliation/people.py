"""Lines and pupils for tests, with what a test does not care about filled in. Numbers stand for their own indexes."""

from datetime import date
from typing import Any

from services.registry.children.ids import ChildId
from services.registry.children.statuses import Attendance, Registration
from services.registry.reconciliation.people import Identity, Pupil, stranger
from services.registry.snapshots.lines import Line

ON = date(2026, 11, 20)
BORN = date(2014, 9, 3)
SCHOOL, OTHER = "2134000001", "3134000002"
VILLAGE = "349921101201"


def line(number: str | None = "ID1", **more: Any) -> Line:
    values = {"key": number or more.get("name", ""), "name": "王小雨", "birth_date": BORN, "division": VILLAGE}
    return Line(**{"id_index": number, **values, **more})


def file(number: str | None = "ID1", **more: Any) -> Line:
    """A line of the national export."""
    student_number = more.pop("number_index", f"G{number}")
    values = {"number_index": student_number, "school": SCHOOL, "state": "ACTIVE", "key": f"{student_number}"}
    return line(number, **values | more)


def pupil(number: str | None = "ID1", status: str = "IN_SCHOOL", **more: Any) -> Pupil:
    values: dict[str, Any] = {
        "child_id": ChildId(f"c{number}"),
        "attendance": Attendance(status),
        "registration": Registration(more.pop("registration", "ACTIVE")),
        "id_index": number,
        "number_index": f"G{number}",
        "name": "王小雨",
        "birth_date": BORN,
        "division": VILLAGE,
        "school": SCHOOL,
    }
    return Pupil(**values | more)


def unknown(number: str) -> Identity:
    """Somebody of whom nothing but the identity number is known."""
    return stranger("id_number", number)


def unnumbered(student_number: str) -> Identity:
    """Somebody of whom nothing but the student number is known."""
    return stranger("student_number", student_number)
