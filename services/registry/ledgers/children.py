"""The ledger of all children: one wide row a child, of which the named ledgers are selections."""

from collections.abc import Callable, Mapping
from typing import Any, get_args

from services.registry.attendance.events import AttendanceEvent
from services.registry.attendance.rows import attendance_columns
from services.registry.children.bases import standing_of
from services.registry.children.events import ChildFileEvent
from services.registry.children.rows import file_columns
from services.registry.children.statuses import Registration
from services.registry.corrections.events import ChildCorrected
from services.registry.corrections.rows import corrected_columns
from services.registry.due_days.events import DueDayMoved
from services.registry.due_days.rows import child_columns
from services.registry.duplicates.events import MergeEvent
from services.registry.duplicates.rows import merge_columns
from services.registry.entering.events import EnteringEvent
from services.registry.entering.rows import entering_columns
from services.registry.external.folding import ExternalEvent
from services.registry.external.rows import change_columns, told_columns
from services.registry.groups.events import GroupEvent
from services.registry.groups.rows import group_columns
from services.registry.guardians.events import GuardianEvent
from services.registry.guardians.rows import guardian_columns
from services.registry.households.categories import HouseholdCategory
from services.registry.households.events import HouseholdEvent
from services.registry.households.rows import household_columns
from services.registry.leaving.events import LeavingEvent
from services.registry.leaving.rows import leaving_columns
from services.registry.marks.events import MarkEvent
from services.registry.marks.rows import mark_columns
from services.registry.movements.rows import movement_columns
from services.registry.placements.events import PlacementEvent
from services.registry.placements.rows import placement_columns
from services.registry.quality.events import QualityIssueAccepted
from services.registry.quality.rows import (
    TwoEnrolmentsEvent,
    accepted_columns,
    checked,
    enrolments_columns,
    grade_columns,
)
from services.registry.reconciliation.reasons import Family
from services.registry.respites.rows import Moved, respite_columns
from services.registry.risk.events import RiskPlanSet
from services.registry.risk.rows import plan_columns
from services.registry.schools.events import ReceivingSchoolAssigned
from services.registry.schools.pupils import move_columns
from services.registry.transfers.events import TransferEvent
from services.registry.transfers.rows import transfer_columns
from services.registry.whereabouts.events import WhereaboutsEvent
from services.registry.whereabouts.rows import whereabouts_columns, whereabouts_of
from shared.kernel.ledgers import Index, Ledger, Row
from shared.kernel.recorded import Recorded

EMPTY: Row = {
    "school_name": "",
    "grade": None,
    "class_no": None,
    "registration": Registration.NONE.value,
    "category": HouseholdCategory.NONE.value,
    "absent_since": None,
    "days_off": [],
    "cycle": 0,
    "relapses": 0,
    "attempts": 0,
    "failed_attempts": 0,
    "student_number_index": None,
    "guardians": [],
    "groups": [],
    "memberships": [],
    "absorbed": [],
    "former_names": [],
    "marked": False,
    "stubs": [],
    "country": "",
    "elsewhere": "",
    "elsewhere_school": "",
    "moved_on": None,
    "told": {},
    "told_receipts": {},
    "changes": [],
    "changes_at": [],
    "issues": [],
    "issues_since": {},
    "issues_accepted": {},
    "moves": [],
    "been_at": [],
}
"""What a child's row says before there is anything to say."""


Changes = Callable[[Row, Any], Row]

_CHANGES: tuple[tuple[Any, Changes], ...] = (
    (ChildFileEvent, file_columns),
    (ReceivingSchoolAssigned, move_columns),
    (HouseholdEvent, household_columns),
    (GuardianEvent, guardian_columns),
    (GroupEvent, group_columns),
    (ChildCorrected, corrected_columns),
    (QualityIssueAccepted, accepted_columns),
    (TwoEnrolmentsEvent, enrolments_columns),
    (MergeEvent, merge_columns),
    (LeavingEvent, leaving_columns),
    (WhereaboutsEvent, whereabouts_columns),
    (TransferEvent, transfer_columns),
    (PlacementEvent, placement_columns),
    (EnteringEvent, entering_columns),
    (MarkEvent, mark_columns),
    (ExternalEvent, told_columns),
    (RiskPlanSet, plan_columns),
    (AttendanceEvent, attendance_columns),
    (Moved, respite_columns),
    (DueDayMoved, child_columns),
)
CHANGES: Mapping[type, Changes] = {kind: change for told, change in _CHANGES for kind in get_args(told) or (told,)}
"""Which columns each event changes, and to what."""


GUESTS = frozenset(get_args(TwoEnrolmentsEvent))


def child_of(event: Any, recorded: Recorded) -> str | None:
    """Whose row an event changes. A difference has the child's key, or that of somebody whom the registry does not
    know; of all differences only those of two student files are told here.
    """
    if type(event) in GUESTS and event.family is not Family.DUP:
        return None
    return recorded.key


def apply(row: Row | None, event: Any, recorded: Recorded) -> Row | None:
    before = EMPTY | (row or {})
    after = before | CHANGES[type(event)](before, event) | grade_columns(event, recorded)
    after |= movement_columns(before, after, event, recorded)
    told = {"standing": standing_of(after).value, "whereabouts": whereabouts_of(after)}
    school = None if type(event) in GUESTS else recorded.place.school
    return checked(after | told | change_columns(after, event, recorded, school), recorded)


CHILDREN_LEDGER = Ledger(
    name="children",
    source="registry",
    events=frozenset(CHANGES),
    apply=apply,
    key=child_of,
    guests=GUESTS,
    indexes=(
        Index(("id_index",), unique=True, what="身份证号"),
        Index(("student_number_index",), unique=True, what="学籍号"),
        # A unique index is partial, and a search by $in does not use a partial one: imports look up by these.
        Index(("id_index", "status")),
        Index(("student_number_index", "status")),
        Index(("status", "school")),
        Index(("standing", "school")),
        Index(("school", "grade", "class_no", "_id")),  # the order of most views, to the end
        Index(("household_no",)),
        Index(("groups",)),
        Index(("issues",)),
        Index(("to_tell",)),
        Index(("changes.since",)),
        Index(("changes_at",)),
        Index(("been_at",)),
        Index(("moves.on",)),
    ),
)
