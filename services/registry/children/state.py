"""A child as decisions see it, folded from the events of its stream."""

from dataclasses import replace
from typing import assert_never

from services.registry.attendance.events import (
    AbsenceRecorded,
    AttendanceEvent,
    AttendanceResumed,
    LeaveRecorded,
)
from services.registry.attendance.folding import evolve_day, evolve_schooling
from services.registry.children.child import Child, Enrolment
from services.registry.children.events import ChildEnrolled, ChildFileEvent, ChildRegistered, EnrolmentChanged
from services.registry.children.ids import ChildId
from services.registry.children.statuses import Attendance, Registration
from services.registry.groups.events import GroupEntered, GroupEvent, GroupLeft
from services.registry.guardians.events import GuardianEvent, GuardianLinked, GuardianUnlinked
from services.registry.guardians.guardians import (
    guardian_of,
    named_on_registration,
    with_guardian,
    without,
)
from services.registry.households.events import GuardianAccountSet, HouseholdCategorySet, HouseholdEvent
from shared.kernel.aggregates import Aggregate
from shared.kernel.caller import Place

ChildEvent = ChildFileEvent | HouseholdEvent | GroupEvent | GuardianEvent | AttendanceEvent


def evolve(child: Child, event: ChildEvent) -> Child:
    match event:
        case ChildRegistered() | ChildEnrolled() | EnrolmentChanged():
            return _evolve_file(child, event)
        case HouseholdCategorySet(category=category, household_no=household_no):
            return replace(child, category=category, household_no=household_no)
        case GuardianAccountSet(account_index=index):
            return replace(child, account_index=index)
        case GuardianLinked():
            return replace(child, guardians=with_guardian(child.guardians, guardian_of(event)))
        case GuardianUnlinked(guardian_id=guardian_id):
            return replace(child, guardians=without(child.guardians, guardian_id))
        case GroupEntered(group=group, from_on=day):
            return replace(child, groups={**child.groups, group: day})
        case GroupLeft(group=group, left_on=day):
            rest = {name: since for name, since in child.groups.items() if name != group}
            return replace(child, groups=rest, left_groups={**child.left_groups, group: day})
        case AbsenceRecorded() | LeaveRecorded() | AttendanceResumed():
            return evolve_day(child, event)
        case _:
            return evolve_schooling(child, event)


def _evolve_file(child: Child, event: ChildFileEvent) -> Child:
    match event:
        case ChildRegistered():
            return replace(
                child,
                registered=True,
                birth_date=event.birth_date,
                division=event.division,
                household_no=event.household_no,
                guardians=named_on_registration(event.guardian_name, event.guardian_relation, event.guardian_phone),
                attendance=Attendance.NEVER_ENROLLED if event.of_age else Attendance.NOT_DUE,
            )
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
            return replace(child, enrolment=enrolment, registration=registration, attendance=Attendance.IN_SCHOOL)
        case EnrolmentChanged():
            return _change_enrolment(child, event)
        case _:
            assert_never(event)


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
    kept = child.registration is Registration.RETAINED_DROPOUT
    registration = child.registration if kept else event.student_number_kind.registration
    return replace(child, enrolment=changed, registration=registration)


def place(child: Child) -> Place:
    return Place(child.division, child.enrolment.school_code if child.enrolment else "")


CHILDREN: Aggregate[Child] = Aggregate(
    category="child",
    initial=lambda id_: Child(id=ChildId(id_)),
    evolve=evolve,
    place=place,
)
