"""The working days that each party has, and the days between leaving one school and arriving at the other."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from functools import partial

from services.registry.children.ids import ChildId
from services.registry.policy import Policy
from services.registry.transfers.arriving import CheckTransferGap
from services.registry.transfers.events import (
    TransferArrived,
    TransferCompleted,
    TransferConfirmed,
    TransferEnded,
    TransferGapFound,
    TransferredOut,
    TransferRequested,
)
from services.registry.transfers.waiting import CheckTransferParty
from shared.calendar.zone import start_of_local_day
from shared.kernel.deadlines import CancelDeadline, DeadlineChange, SetDeadline
from shared.kernel.recorded import Recorded
from shared.kernel.service import DeadlineRule

Change = list[DeadlineChange]
KeyOf = Callable[[str], str]


def party_key(child_id: str) -> str:
    return f"transfer-party:{child_id}"


def gap_key(child_id: str) -> str:
    return f"transfer-gap:{child_id}"


def _party(child_id: ChildId, respond_by: date | None) -> DeadlineChange:
    if respond_by is None:
        return CancelDeadline(party_key(child_id))
    due = start_of_local_day(respond_by + timedelta(days=1))
    return SetDeadline(party_key(child_id), due, CheckTransferParty(child_id=child_id))


def _gap(policy: Policy, child_id: ChildId, since: date) -> DeadlineChange:
    due = start_of_local_day(since + timedelta(days=policy.transfer.gap_days + 1))
    return SetDeadline(gap_key(child_id), due, CheckTransferGap(child_id=child_id))


def on_request(event: TransferRequested, _: Recorded) -> Change:
    return [_party(event.child_id, event.respond_by)]


def on_confirmation(policy: Policy, event: TransferConfirmed, _: Recorded) -> Change:
    changes = [_party(event.child_id, event.respond_by)]
    return [*changes, _gap(policy, event.child_id, event.left_on)] if event.left_on else changes


def on_completion(policy: Policy, event: TransferCompleted, _: Recorded) -> Change:
    """A child of the county is watched since it left; one from outside from now on."""
    return [] if event.former_school_code else [_gap(policy, event.child_id, event.moved_on)]


def on_end(event: TransferEnded | TransferredOut, _: Recorded) -> Change:
    return [CancelDeadline(party_key(event.child_id)), CancelDeadline(gap_key(event.child_id))]


def transfer_deadlines(policy: Policy, absence_key_of: KeyOf, absence: DeadlineRule) -> Mapping[type, DeadlineRule]:
    """`absence` starts the clock of a spell of absence, and `absence_key_of` names it."""

    def arrived(event: TransferArrived, _: Recorded) -> Change:
        return [CancelDeadline(gap_key(event.child_id)), CancelDeadline(absence_key_of(event.child_id))]

    return {
        TransferRequested: on_request,
        TransferConfirmed: partial(on_confirmation, policy),
        TransferCompleted: partial(on_completion, policy),
        TransferredOut: on_end,
        TransferEnded: on_end,
        TransferArrived: arrived,
        TransferGapFound: absence,
    }
