"""The ledger of all children: one wide row a child, of which the named ledgers are selections."""

from typing import assert_never

import msgspec

from services.registry.attendance.events import (
    AbsenceRecorded,
    AttendanceEvent,
    AttendanceResumed,
    DropoutConfirmed,
    LeaveRecorded,
    PersuasionNoted,
    ReturnStabilised,
    StudentRelapsed,
    StudentReturned,
    SuspectedDropoutFlagged,
)
from services.registry.children.events import ChildEnrolled, ChildFileEvent, ChildRegistered, EnrolmentChanged
from services.registry.children.state import ChildEvent
from services.registry.children.statuses import Attendance, Registration
from services.registry.groups.events import GroupEntered, GroupLeft
from services.registry.groups.rows import group_columns, recategorised
from services.registry.guardians.events import GuardianLinked, GuardianUnlinked
from services.registry.guardians.guardians import named_on_registration
from services.registry.guardians.rows import guardian_columns
from services.registry.households.categories import HouseholdCategory
from services.registry.households.events import GuardianAccountSet, HouseholdCategorySet, HouseholdEvent
from shared.kernel.ledgers import Index, Ledger, Row
from shared.kernel.recorded import Recorded

EMPTY: Row = {
    "school_name": "",
    "grade": None,
    "class_no": None,
    "registration": Registration.NONE.value,
    "category": HouseholdCategory.NONE.value,
    "absent_since": None,
    "cycle": 0,
    "relapses": 0,
    "attempts": 0,
    "failed_attempts": 0,
    "student_number_index": None,
    "guardians": [],
    "groups": [],
    "memberships": [],
}
"""What a child's row says before there is anything to say."""


def apply(row: Row | None, event: ChildEvent, _: Recorded) -> Row | None:
    before = EMPTY | (row or {})
    return before | _changes(before, event)


def _changes(row: Row, event: ChildEvent) -> Row:
    match event:
        case ChildRegistered() | ChildEnrolled() | EnrolmentChanged():
            return _file(row, event)
        case HouseholdCategorySet() | GuardianAccountSet():
            return _household(row, event)
        case GuardianLinked() | GuardianUnlinked():
            return guardian_columns(row, event)
        case GroupEntered() | GroupLeft():
            return group_columns(row, event)
        case AbsenceRecorded() | LeaveRecorded() | AttendanceResumed():
            return _day(event)
        case _:
            return _schooling(row, event)


def _file(row: Row, event: ChildFileEvent) -> Row:
    match event:
        case ChildRegistered():
            status = Attendance.NEVER_ENROLLED if event.of_age else Attendance.NOT_DUE
            named = named_on_registration(event.guardian_name, event.guardian_relation, event.guardian_phone)
            return _fields(event, "division") | {"status": status.value, "guardians": msgspec.to_builtins(named)}
        case ChildEnrolled():
            return _fields(event, "school_code") | {
                "registration": event.student_number_kind.registration.value,
                "status": Attendance.IN_SCHOOL.value,
            }
        case EnrolmentChanged():
            kept = row["registration"] == Registration.RETAINED_DROPOUT.value
            registration = row["registration"] if kept else event.student_number_kind.registration.value
            return _fields(event) | {"registration": registration}
        case _:
            assert_never(event)


def _household(row: Row, event: HouseholdEvent) -> Row:
    match event:
        case HouseholdCategorySet():
            return {
                "memberships": recategorised(row["memberships"], event),
                "household_no": event.household_no,
                "category": event.category.value,
                "category_from": event.effective_from.isoformat(),
            }
        case GuardianAccountSet():
            return {"guardian_account": event.guardian_account, "account_name": event.account_name}
        case _:
            assert_never(event)


def _day(event: AbsenceRecorded | LeaveRecorded | AttendanceResumed) -> Row:
    since = event.absent_since.isoformat() if event.absent_since else None
    changes: Row = {"absent_since": since}
    if isinstance(event, LeaveRecorded):
        changes |= {"leave_on": event.day.isoformat(), "leave_kind": event.kind.value}
    if event.on_probation:
        return changes
    if since is not None:
        return changes | {"status": Attendance.ABSENT_UNEXCUSED.value}
    on_leave = isinstance(event, LeaveRecorded)
    status = Attendance.ON_APPROVED_LEAVE if on_leave else Attendance.IN_SCHOOL
    return changes | {"status": status.value}


def _schooling(row: Row, event: AttendanceEvent) -> Row:
    match event:
        case SuspectedDropoutFlagged():
            return _suspected(event.flagged_on.isoformat(), event.cycle)
        case StudentRelapsed():
            return _suspected(event.relapsed_on.isoformat(), event.cycle) | {"relapses": event.relapse_count}
        case PersuasionNoted():
            return {
                "attempts": event.attempts,
                "failed_attempts": event.failed,
                "last_result": event.last_result,
            }
        case DropoutConfirmed():
            return {
                "status": Attendance.DROPPED_OUT.value,
                "registration": Registration.RETAINED_DROPOUT.value,
                "dropped_out_on": event.confirmed_on.isoformat(),
                "cause": event.cause,
            }
        case StudentReturned():
            return _returned(row, event)
        case ReturnStabilised():
            return {"status": Attendance.IN_SCHOOL.value, "stabilised_on": event.stabilised_on.isoformat()}
        case AbsenceRecorded() | LeaveRecorded() | AttendanceResumed():
            return _day(event)
        case _:
            assert_never(event)


def _suspected(day: str, cycle: int) -> Row:
    return {
        "status": Attendance.SUSPECTED_DROPOUT.value,
        "suspected_on": day,
        "cycle": cycle,
        "attempts": 0,
        "failed_attempts": 0,
    }


def _returned(row: Row, event: StudentReturned) -> Row:
    return {
        "status": Attendance.RETURNED_PROBATION.value,
        "registration": row["file_status"],
        "absent_since": None,
        "away_since": event.away_since.isoformat(),
        "returned_on": event.returned_on.isoformat(),
    }


def _fields(event: ChildFileEvent, *left_out: str) -> Row:
    """The event's fields; `file_status` keeps what the student file says while the child has dropped out."""
    content: Row = msgspec.to_builtins(event)
    row = {name: value for name, value in content.items() if name not in left_out}
    if isinstance(event, ChildRegistered):
        return row
    return row | {"file_status": event.student_number_kind.registration.value}


CHILDREN_LEDGER = Ledger(
    name="children",
    source="registry",
    events=frozenset(
        {
            ChildRegistered,
            ChildEnrolled,
            EnrolmentChanged,
            HouseholdCategorySet,
            GuardianAccountSet,
            GuardianLinked,
            GuardianUnlinked,
            GroupEntered,
            GroupLeft,
            AbsenceRecorded,
            LeaveRecorded,
            AttendanceResumed,
            SuspectedDropoutFlagged,
            PersuasionNoted,
            DropoutConfirmed,
            StudentReturned,
            ReturnStabilised,
            StudentRelapsed,
        }
    ),
    apply=apply,
    indexes=(
        Index(("id_index",), unique=True, what="身份证号"),
        Index(("student_number_index",), unique=True, what="学籍号"),
        # A unique index is partial, and a search by $in does not use a partial one: imports look up by these.
        Index(("id_index", "status")),
        Index(("student_number_index", "status")),
        Index(("status", "school")),
        Index(("school", "grade", "class_no")),
        Index(("household_no",)),
        Index(("groups",)),
    ),
)
