"""What the closing of its school means for one pupil: decision, fold and ledger columns."""

from dataclasses import replace

from services.registry.children.child import Child
from services.registry.children.statuses import ENDED
from services.registry.schools.events import ReceivingSchoolAssigned
from services.registry.schools.schools import Closing, School, name_of, status_of
from shared.kernel.ledgers import Row
from shared.kernel.store import Document

NO_CLASS_YET = 0
"""The class number of a pupil whom the receiving school has not put into a class."""


def pupils_left(school_code: str) -> Document:
    """The filter for the rows of the pupils who must still go elsewhere; `assign_receiving_school` moves each."""
    return {"school": school_code, "status": {"$nin": sorted(status.value for status in ENDED)}}


def assign_receiving_school(
    child: Child, school: School, closing: Closing, receiving: School
) -> list[ReceivingSchoolAssigned]:
    enrolment = child.enrolment
    if enrolment is None or enrolment.school_code != school.code or child.attendance in ENDED:
        return []
    return [
        ReceivingSchoolAssigned(
            child_id=child.id,
            receiving_school_code=receiving.code,
            receiving_school_name=name_of(receiving),
            former_school_code=school.code,
            former_school_name=enrolment.school_name,
            grade=enrolment.grade,
            because=status_of(closing),
            moved_on=max(closing.closed_on, enrolment.enrolled_on),
        )
    ]


def evolve_move(child: Child, event: ReceivingSchoolAssigned) -> Child:
    if child.enrolment is None:
        return child
    enrolment = replace(
        child.enrolment,
        school_code=event.receiving_school_code,
        school_name=event.receiving_school_name,
        class_no=NO_CLASS_YET,
        class_teacher="",
    )
    return replace(child, enrolment=enrolment)


def move_columns(_: Row, event: ReceivingSchoolAssigned) -> Row:
    return {
        "school_name": event.receiving_school_name,
        "class_no": NO_CLASS_YET,
        "class_teacher": "",
        "former_school_code": event.former_school_code,
        "former_school_name": event.former_school_name,
        "moved_because": event.because.value,
        "moved_on": event.moved_on.isoformat(),
    }
