"""The four parties' confirmations, of which the last completes the transfer. C-2, transition 22."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from services.registry.children.child import Child
from services.registry.children.ids import ChildId, SchoolCode
from services.registry.children.statuses import ENDED, Registration
from services.registry.leaving.refusals import SchoolingEnded
from services.registry.policy import TransferPolicy
from services.registry.transfers.events import (
    TransferCompleted,
    TransferConfirmed,
    TransferredOut,
)
from services.registry.transfers.refusals import (
    BureauConfirms,
    LastDayMissing,
    ReceiptMissing,
    SuspendedNow,
)
from services.registry.transfers.steps import check_day, party_day, under_way
from services.registry.transfers.transfer import (
    PARTY_LABELS,
    SCHOOLS_OF_THE_COUNTY,
    Direction,
    Party,
    Transfer,
)
from services.registry.transitions.papers import Paper
from services.registry.whereabouts.events import ElsewhereConfirmed
from shared.calendar import SchoolCalendar
from shared.kernel.caller import same_person
from shared.kernel.commands import Context
from shared.kernel.refusals import DateBefore, DateInFuture, SameHandNotAllowed

SCHOOL_ROLE = "school_admin"


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfirmTransfer:
    """`receipt` is the national system's, `left_on` the last day at the sending school."""

    NAME: ClassVar[str] = "registry.confirm-transfer"
    child_id: ChildId
    confirmed_on: date
    receipt: str = ""
    left_on: date | None = None


def confirm_transfer(
    policy: TransferPolicy, calendar: SchoolCalendar, child: Child, command: ConfirmTransfer, context: Context
) -> Sequence[Any]:
    """The last party's confirmation completes the transfer."""
    transfer, party = under_way(child)
    if child.attendance in ENDED:
        raise SchoolingEnded(child.attendance)
    if child.registration is Registration.SUSPENDED:
        raise SuspendedNow()
    check_day(transfer, "confirmed_on", command.confirmed_on, context)
    _check_hand(transfer, party, command, context)
    left_on = _last_day(child, transfer, party, command, context)
    parties = list(Party)
    following = parties[parties.index(party) + 1 :]
    due = party_day(policy, calendar, context.today) if following else None
    confirmed = TransferConfirmed(
        child_id=child.id,
        transfer_id=transfer.id,
        party=party,
        next_party=following[0] if following else "",
        respond_by=due.day if due else None,
        counts_from=context.today if due else None,
        provisional=due is not None and due.provisional,
        left_on=left_on,
        receipt=command.receipt,
        confirmed_on=command.confirmed_on,
        confirmed_by=context.actor,
    )
    return [confirmed] if following else [confirmed, *_completed(child, transfer, command, context)]


def _check_hand(transfer: Transfer, party: Party, command: ConfirmTransfer, context: Context) -> None:
    """Schools of the county confirm for themselves; every other step is the county's, by another hand."""
    schools = SCHOOLS_OF_THE_COUNTY[transfer.direction]
    if party in schools:
        return
    if context.caller.role == SCHOOL_ROLE:
        raise BureauConfirms(PARTY_LABELS[party])
    if not command.receipt:
        raise ReceiptMissing(PARTY_LABELS[party])
    if any(same_person(hand, context.actor) for each, hand in transfer.hands.items() if each in schools):
        raise SameHandNotAllowed("学校核办", "教育局核办")


def _last_day(
    child: Child, transfer: Transfer, party: Party, command: ConfirmTransfer, context: Context
) -> date | None:
    if party is not Party.SENDING_SCHOOL:
        return None
    day = command.left_on
    if day is None:
        if transfer.direction is Direction.IN:
            return None
        raise LastDayMissing()
    if day > context.today:
        raise DateInFuture("left_on")
    if child.enrolment and day < child.enrolment.enrolled_on:
        raise DateBefore("left_on", "入学日期", "the enrolment", child.enrolment.enrolled_on)
    return day


def _completed(child: Child, transfer: Transfer, command: ConfirmTransfer, context: Context) -> Sequence[Any]:
    enrolment = child.enrolment
    former_code = enrolment.school_code if enrolment else SchoolCode("")
    former_name = enrolment.school_name if enrolment else ""
    to = transfer.destination
    if to is None:
        return [
            TransferCompleted(
                child_id=child.id,
                transfer_id=transfer.id,
                receiving_school_code=transfer.receiving_school_code,
                receiving_school_name=transfer.receiving_school_name,
                former_school_code=former_code,
                former_school_name=former_name,
                grade=transfer.grade,
                moved_on=command.confirmed_on,
            )
        ]
    return [
        TransferredOut(
            child_id=child.id,
            transfer_id=transfer.id,
            former_school_code=former_code,
            former_school_name=former_name,
            moved_on=command.confirmed_on,
        ),
        ElsewhereConfirmed(
            child_id=child.id,
            province=to.province,
            city=to.city,
            county=to.county,
            school_name=to.school_name,
            grade=to.grade,
            out_of_province=to.out_of_province,
            verifier=context.caller.name or context.actor,
            papers=[Paper(kind="SYSTEM_RECEIPT", reference=command.receipt)],
            confirmed_on=command.confirmed_on,
            cycle=child.cycle,
        ),
    ]
