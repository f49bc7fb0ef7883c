"""Registering and enrolling children: commands and decisions."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import ClassVar

from services.registry.attendance.events import StudentReturned
from services.registry.children.child import Child, Enrolment
from services.registry.children.events import ChildEnrolled, ChildFileEvent, ChildRegistered, EnrolmentChanged
from services.registry.children.ids import ChildId, SchoolCode
from services.registry.children.refusals import (
    BornInFuture,
    ChildAlreadyRegistered,
    ChildNotRegistered,
    ImpossibleAge,
    at_another_school,
)
from services.registry.children.state import evolve
from services.registry.children.statuses import ENDED, StudentNumberKind
from services.registry.entering.events import RegistrationCompleted
from services.registry.entering.seeking import brought_in
from services.registry.leaving.refusals import SchoolingEnded
from services.registry.marks.events import DropoutMarkCorrected
from services.registry.policy import AgePolicy
from shared.calendar.terms import age_on, is_of_age_at_cut_off, school_year_of
from shared.kernel.commands import Context
from shared.kernel.refusals import DateBefore, DateInFuture

Enrolled = ChildFileEvent | RegistrationCompleted | StudentReturned | DropoutMarkCorrected
"""What an enrolment can say: also that a number is there at last, or that a child that was sought has come."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterChild:
    """Make a child known. `id_number`, `guardian_phone` and `guardian_account` come sealed."""

    NAME: ClassVar[str] = "registry.register-child"
    child_id: ChildId
    name: str
    sex: str
    birth_date: date
    division: str
    id_number: str | None = None
    id_index: str | None = None
    household_no: str = ""
    guardian_name: str = ""
    guardian_relation: str = ""
    guardian_phone: str | None = None
    guardian_account: str | None = None
    ethnicity: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class EnrolChild:
    """Enter a child at a school, or, at the school where it is, change what its file says.

    Where the command is silent (None), what the file says stays. `school_name` is filled in by the handler.
    """

    NAME: ClassVar[str] = "registry.enrol-child"
    child_id: ChildId
    school_code: SchoolCode
    grade: int
    class_no: int
    enrolled_on: date
    boarder: bool | None = None
    student_number: str | None = None
    student_number_index: str | None = None
    student_number_kind: StudentNumberKind = StudentNumberKind.NONE
    class_teacher: str | None = None
    school_name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterPupil:
    """A roster's row: a child and its place at school, made known together."""

    NAME: ClassVar[str] = "registry.register-pupil"
    child: RegisterChild
    enrolment: EnrolChild


def register_child(policy: AgePolicy, child: Child, command: RegisterChild, context: Context) -> list[ChildFileEvent]:
    if child.registered:
        raise ChildAlreadyRegistered()
    if command.birth_date > context.today:
        raise BornInFuture()
    return [
        ChildRegistered(
            child_id=child.id,
            name=command.name,
            sex=command.sex,
            birth_date=command.birth_date,
            of_age=is_of_age(policy, command.birth_date, context.today),
            id_number=command.id_number,
            id_index=command.id_index,
            division=command.division,
            household_no=command.household_no,
            guardian_name=command.guardian_name,
            guardian_relation=command.guardian_relation,
            guardian_phone=command.guardian_phone,
            guardian_account=command.guardian_account,
            ethnicity=command.ethnicity,
            registered_on=context.today,
        )
    ]


def is_of_age(policy: AgePolicy, birth: date, today: date) -> bool:
    """Of school age (适龄): on the 31 August before the present school year."""
    return is_of_age_at_cut_off(birth, school_year_of(today), policy.youngest, policy.oldest)


def enrol_child(policy: AgePolicy, child: Child, command: EnrolChild, context: Context) -> Sequence[Enrolled]:
    if not child.registered:
        raise ChildNotRegistered()
    if command.enrolled_on > context.today:
        raise DateInFuture("enrolled_on")
    if command.enrolled_on < child.birth_date:
        raise DateBefore("enrolled_on", "出生日期", "the birth date", child.birth_date)
    if child.attendance in ENDED:
        raise SchoolingEnded(child.attendance)
    if child.enrolment is None or _has_left_primary(child, command):
        entered = _enter(policy, child, command)
        return [entered, *brought_in(child, entered)]
    if child.enrolment.school_code != command.school_code:
        raise at_another_school(child.enrolment.school_name, child.enrolment.grade, command.grade)
    return _change(child, child.enrolment, command)


def _has_left_primary(child: Child, command: EnrolChild) -> bool:
    """After primary school any junior school may enter the child: parents may have moved."""
    return child.next_school is not None and child.enrolment is not None and command.grade > child.enrolment.grade


def _enter(policy: AgePolicy, child: Child, command: EnrolChild) -> ChildEnrolled:
    age = age_on(child.birth_date, command.enrolled_on)
    if not policy.impossible_below <= age <= policy.impossible_above:
        raise ImpossibleAge(age)
    return ChildEnrolled(
        child_id=child.id,
        school_code=command.school_code,
        school_name=command.school_name,
        grade=command.grade,
        class_no=command.class_no,
        boarder=bool(command.boarder),
        student_number=command.student_number,
        student_number_index=command.student_number_index,
        student_number_kind=command.student_number_kind,
        class_teacher=command.class_teacher or "",
        enrolled_on=command.enrolled_on,
    )


def _change(child: Child, before: Enrolment, command: EnrolChild) -> list[ChildFileEvent | RegistrationCompleted]:
    after = replace(
        before,
        grade=command.grade,
        class_no=command.class_no,
        boarder=before.boarder if command.boarder is None else command.boarder,
        class_teacher=before.class_teacher if command.class_teacher is None else command.class_teacher,
    )
    if command.student_number_index is not None and command.student_number_index != before.student_number_index:
        after = replace(
            after,
            student_number=command.student_number,
            student_number_index=command.student_number_index,
            student_number_kind=command.student_number_kind,
        )
    if after == before:
        return []
    changed = EnrolmentChanged(
        child_id=child.id,
        grade=after.grade,
        class_no=after.class_no,
        boarder=after.boarder,
        student_number=after.student_number,
        student_number_index=after.student_number_index,
        student_number_kind=after.student_number_kind,
        class_teacher=after.class_teacher,
        changed_on=command.enrolled_on,
    )
    return [changed, *_registered_at_last(child, before, after, command.enrolled_on)]


def _registered_at_last(child: Child, before: Enrolment, after: Enrolment, on: date) -> list[RegistrationCompleted]:
    """A number closes the gap of a child that sat in class without one."""
    none = StudentNumberKind.NONE
    if not child.registration_gap or before.student_number_kind is not none or after.student_number_kind is none:
        return []
    return [RegistrationCompleted(child_id=child.id, school_code=after.school_code, completed_on=on)]


def register_pupil(policy: AgePolicy, child: Child, command: RegisterPupil, context: Context) -> Sequence[Enrolled]:
    """Register an unknown child and enrol it; of a known one, only the enrolment is new."""
    registered = [] if child.registered else register_child(policy, child, command.child, context)
    for event in registered:
        child = evolve(child, event)
    return [*registered, *enrol_child(policy, child, command.enrolment, context)]
