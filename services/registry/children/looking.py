"""Children looked for anywhere in the county by who holds their papers: a number and a name together."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from services.registry.children.grade_steps import grade_doubt, told_on
from services.registry.children.ids import ChildId, SchoolCode
from services.registry.children.names import is_called
from services.registry.children.refusals import at_another_school
from services.registry.leaving.rows import NOT_THERE_YET
from services.registry.personal import PersonalData
from shared.faults import Fault
from shared.kernel.refusals import NotFound
from shared.kernel.store import Store

INDEX_OF = {"id_number": "id_index", "student_number": "student_number_index"}


def named_child(store: Store, personal: PersonalData, name: str, numbers: Mapping[str, str | None]) -> ChildId:
    """The child anywhere in the county with these numbers and this name. Raises NotFound.

    For who holds the child's papers: either alone, a number or a name, finds nobody.
    """
    criteria = {INDEX_OF[field]: personal.index(field, number) for field, number in numbers.items() if number}
    row = store.ledger_collection("children").find_one(criteria)
    if row is None or not is_called(row, name):
        raise NotFound("children")
    return ChildId(row["_id"])


def child_to_enrol(
    store: Store, personal: PersonalData, name: str, id_number: str, place: Mapping[str, Any]
) -> ChildId | None:
    """The child anywhere in the county with this number and this name that no school has, or has no more.

    Raises EnrolledElsewhere or PrimaryNotHandedOver for one that another school than the `place`'s has.
    """
    row = store.ledger_collection("children").find_one({"id_index": personal.index("id_number", id_number)})
    if row is None or not is_called(row, name):
        return None
    if not row["school"] or row.get("hand_over") in NOT_THERE_YET:
        return ChildId(row["_id"])
    if row["school"] != place["school_code"]:
        raise at_another_school(row["school_name"], row["grade"] or 0, place["grade"])
    return None


def doubt_of_grade(store: Store, child_id: ChildId, school: SchoolCode, grade: int, today: date) -> Fault | None:
    """Whether a new grade follows from the one that the same school told before."""
    row = store.ledger_collection("children").find_one({"_id": child_id, "school": school})
    return grade_doubt(row["grade"], grade, told_on(row), today) if row and row["grade"] else None
