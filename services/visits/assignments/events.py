"""Who became responsible."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from services.visits.ids import Division, SchoolCode


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassTeacherAssigned:
    """The teacher answers for the pupils of the class from `assigned_on`."""

    TYPE: ClassVar[str] = "visits.class-teacher-assigned.v1"
    OCCURRED_ON: ClassVar[str] = "assigned_on"
    school_code: SchoolCode
    division: Division
    grade: int
    class_no: int
    teacher: str
    previous_teacher: str
    assigned_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class VillageCadreAssigned:
    """The cadre answers for the children of the village from `assigned_on`."""

    TYPE: ClassVar[str] = "visits.village-cadre-assigned.v1"
    OCCURRED_ON: ClassVar[str] = "assigned_on"
    division: Division
    cadre: str
    previous_cadre: str
    assigned_on: date


AssignmentEvent = ClassTeacherAssigned | VillageCadreAssigned
