"""Transfers as a ledger of their own, and what they change in the child's row."""

from typing import Any, assert_never, get_args

import msgspec

from services.registry.attendance.rows import in_class_of
from services.registry.children.statuses import WITH_A_NUMBER, Attendance, Registration
from services.registry.due_days.events import DueDayMoved, Matter
from services.registry.due_days.rows import moved_columns
from services.registry.schools.pupils import NO_CLASS_YET
from services.registry.transfers.events import (
    PushOutReported,
    TransferArrived,
    TransferCompleted,
    TransferConfirmed,
    TransferEnded,
    TransferEvent,
    TransferGapFound,
    TransferOverdue,
    TransferredOut,
    TransferRequested,
    TransferStep,
)
from services.registry.transfers.folding import COMES_BY_ITSELF
from services.registry.transfers.transfer import Party
from shared.calendar import provisional_note
from shared.kernel.caller import PlaceFields
from shared.kernel.ledgers import Index, Ledger, Row
from shared.kernel.recorded import Recorded

RECEIVING_SIDE = PlaceFields(division="receiving_division", school="receiving_school_code")
"""The second place that a transfer concerns: its row lies where the child is."""
UNDER_WAY, AWAITED, COMPLETED = "UNDER_WAY", "AWAITED", "COMPLETED"

PUSH_OUT_FIELDS = ("push_out_on", "push_out", "push_out_reported_by")
KNOW_PUSH_OUTS = frozenset({"county_admin", "bureau_officer", "inspector"})
"""Who looks into a report. The school that it is about must not learn who made it."""


def transfer_columns(row: Row, event: TransferEvent) -> Row:
    match event:
        case TransferRequested():
            pending = row["registration"] in WITH_A_NUMBER
            return {"registration": Registration.TRANSFER_PENDING.value} if pending else {}
        case TransferCompleted():
            return _moved(row, event)
        case TransferredOut():
            gone = {"school_name": "", "grade": None, "class_no": None, "class_teacher": "", "boarder": False}
            number = {"student_number": None, "student_number_index": None}
            return gone | number | _former(event) | {"registration": Registration.NONE.value}
        case TransferEnded():
            return _registration_after(row)
        case TransferArrived():
            absent = row["status"] == Attendance.ABSENT_UNEXCUSED
            return {"absent_since": None} | ({"status": in_class_of(row).value} if absent else {})
        case TransferGapFound(absent_since=day):
            on_probation = row["status"] == Attendance.RETURNED_PROBATION
            status = row["status"] if on_probation else Attendance.ABSENT_UNEXCUSED.value
            return {"status": status, "absent_since": day.isoformat()}
        case PushOutReported():
            return {
                "push_out_on": event.reported_on.isoformat(),
                "push_out": event.what,
                "push_out_reported_by": event.reported_by,
            } | ({"sent_home_since": event.absent_since.isoformat()} if event.absent_since else {})
        case TransferConfirmed() | TransferOverdue():
            return {}
        case _:
            assert_never(event)


def _moved(row: Row, event: TransferCompleted) -> Row:
    place = {
        "school_name": event.receiving_school_name,
        "grade": event.grade,
        "class_no": NO_CLASS_YET,
        "class_teacher": "",
        "boarder": False,
        "enrolled_on": event.moved_on.isoformat(),
        "transferred_in_on": event.moved_on.isoformat(),
    }
    sought = row["status"] == Attendance.NEVER_ENROLLED and row["absent_since"] is not None
    comes = row["status"] in COMES_BY_ITSELF and not sought
    arrived = {"status": Attendance.IN_SCHOOL.value} if comes else {}
    file = {"file_status": row.get("file_status", Registration.NONE.value)}
    return place | _former(event) | arrived | file | _registration_after(row)


def _former(event: TransferCompleted | TransferredOut) -> Row:
    return {"former_school_code": event.former_school_code, "former_school_name": event.former_school_name}


def _registration_after(row: Row) -> Row:
    if row["registration"] != Registration.TRANSFER_PENDING:
        return {}
    return {"registration": row["file_status"]}


def apply(row: Row | None, event: TransferStep | DueDayMoved, _: Recorded) -> Row:
    before = row or {}
    match event:
        case TransferRequested():
            asked: Row = msgspec.to_builtins(event)
            asked["arrived_on"] = asked.pop("attending_since")
            return asked | {
                "respond_by_note": provisional_note(event.respond_by, provisional=event.provisional),
                "status": UNDER_WAY,
                "turn": Party.RECEIVING_BUREAU.value,
                "overdue": False,
                "left_on": None,
            }
        case TransferConfirmed():
            left = event.left_on.isoformat() if event.left_on else before["left_on"]
            due = event.respond_by.isoformat() if event.respond_by else None
            turn = {"turn": event.next_party, "respond_by": due, "overdue": False, "left_on": left}
            turn |= {"respond_by_note": provisional_note(event.respond_by, provisional=event.provisional)}
            turn |= {"respond_by_before": None}
            return before | turn | {f"{event.party.lower()}_on": event.confirmed_on.isoformat()}
        case DueDayMoved():
            return before | moved_columns(event)
        case TransferOverdue():
            return before | {"overdue": True, "respond_by_note": ""}
        case TransferCompleted(moved_on=day):
            status = COMPLETED if before["arrived_on"] else AWAITED
            return before | {"status": status, "moved_on": day.isoformat()}
        case TransferredOut(moved_on=day):
            return before | {"status": COMPLETED, "moved_on": day.isoformat()}
        case TransferEnded():
            ended = {"status": event.ending.value, "ended_because": event.reason, "overdue": False}
            return before | ended | {"turn": "", "ended_on": event.ended_on.isoformat()}
        case TransferArrived(arrived_on=day):
            return before | {"status": COMPLETED, "arrived_on": day.isoformat()}
        case TransferGapFound(found_on=day):
            return before | {"gap_found_on": day.isoformat()}
        case _:
            assert_never(event)


def _key(event: Any, _: Recorded) -> str | None:
    if isinstance(event, DueDayMoved):
        return f"{event.child_id}:{event.item}" if event.matter is Matter.TRANSFER else None
    return f"{event.child_id}:{event.transfer_id}"


TRANSFERS_LEDGER = Ledger(
    name="transfers",
    source="registry",
    events=frozenset({*get_args(TransferStep), DueDayMoved}),
    apply=apply,
    key=_key,
    indexes=(Index(("status", "respond_by")), Index(("receiving_school_code", "requested_on"))),
)
