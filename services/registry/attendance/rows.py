"""Attendance, suspicion and return as a child's ledger row keeps them."""

from datetime import date
from typing import assert_never

from services.registry.attendance.events import (
    AbsenceRecorded,
    AttendanceEvent,
    AttendanceResumed,
    DayEvent,
    DropoutConfirmed,
    LeaveRecorded,
    PersuasionNoted,
    ReturnStabilised,
    StudentRelapsed,
    StudentReturned,
    SuspectedDropoutFlagged,
)
from services.registry.attendance.folding import status_after
from services.registry.children.statuses import Attendance, Registration, in_class
from shared.kernel.ledgers import Row


def attendance_columns(row: Row, event: AttendanceEvent) -> Row:
    match event:
        case SuspectedDropoutFlagged():
            return _suspected(event, event.flagged_on)
        case StudentRelapsed():
            return _suspected(event, event.relapsed_on) | {"relapses": event.relapse_count}
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
            return {"status": in_class_of(row).value, "stabilised_on": event.stabilised_on.isoformat()}
        case AbsenceRecorded() | LeaveRecorded() | AttendanceResumed():
            return _day(row, event)
        case _:
            assert_never(event)


def in_class_of(row: Row) -> Attendance:
    """Where the child stands whenever it is present."""
    unregistered = bool(row.get("gap_on")) and not row.get("gap_closed_on")
    return in_class(unregistered=unregistered, placed=row.get("placement"))


def _day(row: Row, event: DayEvent) -> Row:
    since = event.absent_since.isoformat() if event.absent_since else None
    changes: Row = {"absent_since": since}
    if since is None or isinstance(event, AbsenceRecorded):
        changes |= {"absence_remark": event.remark if since and isinstance(event, AbsenceRecorded) else ""}
    if isinstance(event, LeaveRecorded):
        changes |= {"leave_on": event.day.isoformat(), "leave_kind": event.kind.value}
    return changes if event.on_probation else changes | {"status": status_after(event, in_class_of(row)).value}


def _suspected(event: SuspectedDropoutFlagged | StudentRelapsed, day: date) -> Row:
    return {
        "status": Attendance.SUSPECTED_DROPOUT.value,
        "suspected_on": day.isoformat(),
        "absent_since": event.absent_since.isoformat(),
        "cycle": event.cycle,
        "attempts": 0,
        "failed_attempts": 0,
    }


def _returned(row: Row, event: StudentReturned) -> Row:
    return {
        "status": Attendance.RETURNED_PROBATION.value,
        "registration": row["file_status"],
        "absent_since": None,
        "absence_remark": "",
        "away_since": event.away_since.isoformat(),
        "returned_on": event.returned_on.isoformat(),
    }
