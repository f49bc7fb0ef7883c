"""Making somebody responsible for a class or a village."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from services.visits.assignments.events import ClassTeacherAssigned, VillageCadreAssigned
from services.visits.assignments.refusals import NobodyNamed, NotAVillage, SchoolNotKnown
from services.visits.assignments.state import Post
from services.visits.ids import Division, SchoolCode
from shared.identifiers.division import DivisionLevel
from shared.kernel.commands import Context
from shared.kernel.refusals import DateInFuture


@dataclass(frozen=True, slots=True, kw_only=True)
class AssignClassTeacher:
    NAME: ClassVar[str] = "visits.assign-class-teacher"
    school_code: SchoolCode
    grade: int
    class_no: int
    teacher: str
    assigned_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class AssignVillageCadre:
    NAME: ClassVar[str] = "visits.assign-village-cadre"
    division: Division
    cadre: str
    assigned_on: date


def assign_class_teacher(
    school_division: Division | None, post: Post, command: AssignClassTeacher, context: Context
) -> list[ClassTeacherAssigned]:
    """`school_division` is where the registry has the school; None when it has no such school."""
    if school_division is None:
        raise SchoolNotKnown()
    _check(command.teacher, "teacher", command.assigned_on, context)
    if command.teacher == post.holder:
        return []
    return [
        ClassTeacherAssigned(
            school_code=command.school_code,
            division=school_division,
            grade=command.grade,
            class_no=command.class_no,
            teacher=command.teacher,
            previous_teacher=post.holder,
            assigned_on=command.assigned_on,
        )
    ]


def assign_village_cadre(post: Post, command: AssignVillageCadre, context: Context) -> list[VillageCadreAssigned]:
    if len(command.division) < DivisionLevel.TOWNSHIP:
        raise NotAVillage()
    _check(command.cadre, "cadre", command.assigned_on, context)
    if command.cadre == post.holder:
        return []
    return [
        VillageCadreAssigned(
            division=command.division,
            cadre=command.cadre,
            previous_cadre=post.holder,
            assigned_on=command.assigned_on,
        )
    ]


def _check(name: str, field: str, assigned_on: date, context: Context) -> None:
    if not name:
        raise NobodyNamed(field)
    if assigned_on > context.today:
        raise DateInFuture("assigned_on")
