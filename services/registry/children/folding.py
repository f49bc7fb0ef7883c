"""What the events of its file make of a child."""

from dataclasses import replace
from datetime import date
from typing import assert_never

from services.registry.attendance.spells import NO_SPELL
from services.registry.children.child import Child, Enrolment, Identity
from services.registry.children.events import ChildEnrolled, ChildFileEvent, ChildRegistered, EnrolmentChanged
from services.registry.children.statuses import BY_NUMBER, Attendance
from services.registry.entering.folding import came_of_age, passed
from services.registry.entering.gates import Gates
from services.registry.guardians.guardians import named_on_registration


def evolve_file(child: Child, event: ChildFileEvent) -> Child:
    match event:
        case ChildRegistered():
            registered = replace(
                child,
                registered=True,
                identity=Identity(
                    name=event.name,
                    sex=event.sex,
                    id_number=event.id_number,
                    id_index=event.id_index,
                    ethnicity=event.ethnicity,
                ),
                birth_date=event.birth_date,
                division=event.division,
                household_no=event.household_no,
                guardians=named_on_registration(event.guardian_name, event.guardian_relation, event.guardian_phone),
            )
            return came_of_age(registered, event.registered_on) if event.of_age else registered
        case ChildEnrolled():
            enrolment = Enrolment(
                school_code=event.school_code,
                school_name=event.school_name,
                grade=event.grade,
                class_no=event.class_no,
                boarder=event.boarder,
                student_number=event.student_number,
                student_number_index=event.student_number_index,
                student_number_kind=event.student_number_kind,
                class_teacher=event.class_teacher,
                enrolled_on=event.enrolled_on,
            )
            registration = event.student_number_kind.registration
            entered = replace(child, enrolment=enrolment, registration=registration, next_school=None)
            entered = passed(entered, Gates.ENROLMENT, event.enrolled_on, event.school_name)
            if child.is_away:
                return entered  # it has a place again; that it is back, a check-in shows
            if child.on_probation:
                return replace(entered, spell=NO_SPELL, steady_since=steady_since(child, event.enrolled_on))
            return replace(entered, attendance=Attendance.IN_SCHOOL, spell=NO_SPELL, respite=None)
        case EnrolmentChanged():
            return _change_enrolment(child, event)
        case _:
            assert_never(event)


def steady_since(child: Child, present_on: date) -> date | None:
    """On probation, unbroken attendance counts anew from the day that ended a spell."""
    return present_on if child.unexcused else child.steady_since


def _change_enrolment(child: Child, event: EnrolmentChanged) -> Child:
    if child.enrolment is None:
        return child
    changed = replace(
        child.enrolment,
        grade=event.grade,
        class_no=event.class_no,
        boarder=event.boarder,
        student_number=event.student_number,
        student_number_index=event.student_number_index,
        student_number_kind=event.student_number_kind,
        class_teacher=event.class_teacher,
    )
    follows = child.registration in BY_NUMBER
    registration = event.student_number_kind.registration if follows else child.registration
    return replace(child, enrolment=changed, registration=registration)
