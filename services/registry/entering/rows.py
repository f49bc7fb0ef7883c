"""The way into school as a child's ledger row keeps it."""

from typing import assert_never

from services.registry.children.statuses import Attendance
from services.registry.entering.events import (
    ChildBecameDue,
    EnrolmentNoticeIssued,
    EnteringEvent,
    GateExplained,
    OutOfSchoolChildFound,
    RegistrationCompleted,
    RegistrationGapFound,
)
from shared.kernel.ledgers import Row


def entering_columns(row: Row, event: EnteringEvent) -> Row:
    match event:
        case ChildBecameDue(due_on=day):
            return {"status": Attendance.NEVER_ENROLLED.value, "of_age": True, "due_on": day.isoformat()}
        case EnrolmentNoticeIssued():
            return {
                "notice_no": event.notice_no,
                "notice_school": event.school_name,
                "notice_on": event.issued_on.isoformat(),
                "report_by": event.report_by.isoformat(),
            }
        case RegistrationGapFound():
            return {
                "status": Attendance.IN_SCHOOL_UNREGISTERED.value,
                "gap_reason": event.reason,
                "gap_on": event.found_on.isoformat(),
                "gap_closed_on": None,
                "complete_by": event.complete_by.isoformat(),
                "certificate": event.papers[0].reference if event.papers else "",
            }
        case RegistrationCompleted(completed_on=day):
            unregistered = row["status"] == Attendance.IN_SCHOOL_UNREGISTERED
            back = {"status": Attendance.IN_SCHOOL.value} if unregistered else {}
            return back | {"gap_closed_on": day.isoformat()}
        case GateExplained():
            return {}
        case OutOfSchoolChildFound():
            return {
                "absent_since": event.absent_since.isoformat(),
                "sought_on": event.found_on.isoformat(),
                "finding": event.finding.value,
                "cycle": event.cycle,
                "attempts": 0,
                "failed_attempts": 0,
            }
        case _:
            assert_never(event)
