"""What happened to a child's file. Every event lies in the stream and the partition of its child."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from services.registry.children.ids import ChildId, SchoolCode
from services.registry.children.statuses import StudentNumberKind


@dataclass(frozen=True, slots=True, kw_only=True)
class ChildRegistered:
    """The child is known to the county.

    `of_age`: 6-15 on the 31 August before `registered_on`, the day of the entry. `id_number` and `guardian_phone` are
    sealed; `id_index` finds the child by its number. `division` is the code of the village or township of the
    household.
    """

    TYPE: ClassVar[str] = "registry.child-registered.v1"
    OCCURRED_ON: ClassVar[str] = "registered_on"
    child_id: ChildId
    name: str
    sex: str
    birth_date: date
    of_age: bool
    id_number: str | None
    id_index: str | None
    division: str
    household_no: str
    guardian_name: str
    guardian_relation: str
    guardian_phone: str | None
    guardian_account: str | None
    ethnicity: str
    registered_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ChildEnrolled:
    """The child entered a school. The student number is sealed, for a G number holds the resident ID number."""

    TYPE: ClassVar[str] = "registry.child-enrolled.v1"
    OCCURRED_ON: ClassVar[str] = "enrolled_on"
    child_id: ChildId
    school_code: SchoolCode
    school_name: str
    grade: int
    class_no: int
    boarder: bool
    student_number: str | None
    student_number_index: str | None
    student_number_kind: StudentNumberKind
    class_teacher: str
    enrolled_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class EnrolmentChanged:
    """Another class, grade, boarding place, number or teacher at the same school."""

    TYPE: ClassVar[str] = "registry.enrolment-changed.v1"
    OCCURRED_ON: ClassVar[str] = "changed_on"
    child_id: ChildId
    grade: int
    class_no: int
    boarder: bool
    student_number: str | None
    student_number_index: str | None
    student_number_kind: StudentNumberKind
    class_teacher: str
    changed_on: date


ChildFileEvent = ChildRegistered | ChildEnrolled | EnrolmentChanged
