"""A child that goes on at another school: visits go on there, without the teacher of before."""

from datetime import date

import pytest

from services.visits.contracts import ChildEnrolled, ReceivingSchoolAssigned, TransferCompleted
from services.visits.ids import ChildId, SchoolCode
from services.visits.ledgers.children import apply_child
from tests.visits.examples import recorded


@pytest.mark.rule("11-20")
@pytest.mark.parametrize("happened", [ReceivingSchoolAssigned, TransferCompleted])
def test_the_child_belongs_to_the_receiving_school_and_its_old_teacher_is_released(
    happened: type[ReceivingSchoolAssigned] | type[TransferCompleted],
) -> None:
    child = ChildId("c1")
    enrolled = ChildEnrolled(
        child_id=child,
        school_code=SchoolCode("2134000001"),
        school_name="石坪教学点",
        grade=3,
        class_no=1,
        class_teacher="周老师",
    )
    moved = happened(
        child_id=child,
        receiving_school_code=SchoolCode("2134000002"),
        receiving_school_name="青石镇中心小学",
        grade=3,
    )
    day = date(2026, 11, 20)
    row = apply_child(apply_child(None, enrolled, recorded(enrolled, day)), moved, recorded(moved, day))
    assert (row["school_code"], row["school_name"]) == ("2134000002", "青石镇中心小学")
    assert (row["class_name"], row["class_teacher"]) == ("3年级（待分班）", "")
