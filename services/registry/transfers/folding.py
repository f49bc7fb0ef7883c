"""What the steps of a transfer make of a child."""

from dataclasses import replace
from typing import assert_never

from services.registry.attendance.spells import NO_SPELL, missed_from
from services.registry.children.child import Child, Enrolment
from services.registry.children.statuses import WITH_A_NUMBER, Attendance, Registration, StudentNumberKind
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
)
from services.registry.transfers.transfer import Party, Transfer

COMES_BY_ITSELF = frozenset({Attendance.NEVER_ENROLLED, Attendance.NOT_DUE, Attendance.ELSEWHERE_CONFIRMED})
"""Who had no place in the county is at school when the transfer is complete."""


def evolve_transfer(child: Child, event: TransferEvent) -> Child:
    transfer = child.transfer
    match event:
        case TransferRequested():
            pending = child.registration in WITH_A_NUMBER
            registration = Registration.TRANSFER_PENDING if pending else child.registration
            return replace(child, transfer=_requested(event), registration=registration)
        case TransferConfirmed() if transfer:
            return replace(child, transfer=_confirmed(transfer, event))
        case TransferOverdue() if transfer:
            return replace(child, transfer=replace(transfer, respond_by=None))
        case TransferCompleted() if transfer:
            done = replace(transfer, over=True, completed_on=event.moved_on)
            return _moved(replace(child, transfer=done), event)
        case TransferredOut() if transfer:
            done = replace(transfer, over=True, completed_on=event.moved_on)
            return replace(child, transfer=done, enrolment=None, registration=Registration.NONE)
        case TransferEnded() if transfer:
            ended = replace(transfer, over=True)
            return replace(child, transfer=ended, registration=registration_after(child))
        case TransferArrived(arrived_on=day) if transfer:
            arrived = replace(child, transfer=replace(transfer, arrived_on=day))
            if child.attendance is not Attendance.ABSENT_UNEXCUSED:
                return replace(arrived, spell=NO_SPELL)
            return replace(arrived, attendance=child.in_class, spell=NO_SPELL, settled_on=day)
        case TransferGapFound(absent_since=day):
            attendance = child.attendance if child.on_probation else Attendance.ABSENT_UNEXCUSED
            missed = replace(transfer, missed=True) if transfer else None
            return replace(child, transfer=missed, attendance=attendance, spell=missed_from(day))
        case PushOutReported(absent_since=since):
            return replace(child, sent_home_since=since or child.sent_home_since)
        case (
            TransferConfirmed()
            | TransferOverdue()
            | TransferCompleted()
            | TransferredOut()
            | TransferEnded()
            | TransferArrived()
        ):
            raise ValueError(f"{event.TYPE} without a request before it")
        case _:
            assert_never(event)


def registration_after(child: Child) -> Registration:
    """The registration follows the student number again; what else happened meanwhile stays."""
    if child.registration is not Registration.TRANSFER_PENDING:
        return child.registration
    return child.enrolment.student_number_kind.registration if child.enrolment else Registration.NONE


def _requested(event: TransferRequested) -> Transfer:
    return Transfer(
        id=event.transfer_id,
        direction=event.direction,
        receiving_school_code=event.receiving_school_code,
        receiving_school_name=event.receiving_school_name,
        grade=event.grade,
        last_on=event.requested_on,
        hands={Party.RECEIVING_SCHOOL: event.requested_by},
        destination=event.destination,
        respond_by=event.respond_by,
        counts_from=event.counts_from,
        provisional=event.provisional,
        arrived_on=event.attending_since,
    )


def _confirmed(transfer: Transfer, event: TransferConfirmed) -> Transfer:
    return replace(
        transfer,
        hands={**transfer.hands, event.party: event.confirmed_by},
        last_on=event.confirmed_on,
        respond_by=event.respond_by,
        counts_from=event.counts_from,
        provisional=event.provisional,
        left_on=event.left_on or transfer.left_on,
    )


def _moved(child: Child, event: TransferCompleted) -> Child:
    before = child.enrolment
    enrolment = Enrolment(
        school_code=event.receiving_school_code,
        school_name=event.receiving_school_name,
        grade=event.grade,
        class_no=NO_CLASS_YET,
        boarder=False,
        student_number=before.student_number if before else None,
        student_number_index=before.student_number_index if before else None,
        student_number_kind=before.student_number_kind if before else StudentNumberKind.NONE,
        class_teacher="",
        enrolled_on=event.moved_on,
    )
    moved = replace(child, enrolment=enrolment, registration=registration_after(child))
    if child.attendance not in COMES_BY_ITSELF or child.is_sought:
        return moved
    return replace(moved, attendance=Attendance.IN_SCHOOL, respite=None)
