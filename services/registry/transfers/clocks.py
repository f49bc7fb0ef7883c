"""The working days that each party has, and the days between leaving one school and arriving at the other."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from services.registry.children.child import Child
from services.registry.policy import TransferPolicy
from services.registry.transfers.arriving import CheckTransferGap
from services.registry.transfers.waiting import CheckTransferParty
from shared.calendar import SchoolCalendar
from shared.calendar.zone import start_of_local_day
from shared.kernel.deadlines import SetDeadline


def party_clocks(child: Child, _: datetime) -> Sequence[SetDeadline]:
    transfer = child.transfer
    if transfer is None or transfer.turn is None or transfer.respond_by is None:
        return []
    day_after = start_of_local_day(transfer.respond_by + timedelta(days=1))
    return [SetDeadline(f"transfer-party:{child.id}", day_after, CheckTransferParty(child_id=child.id))]


def gap_clocks(policy: TransferPolicy, calendar: SchoolCalendar, child: Child, _: datetime) -> Sequence[SetDeadline]:
    """A child of the county is watched since it left; one from outside since it was entered here.

    Nobody arrives at a school that is closed: the holidays do not count.
    """
    transfer = child.transfer
    if transfer is None or (since := transfer.awaited_since) is None:
        return []
    due = start_of_local_day(calendar.is_over_on(since + timedelta(days=1), policy.gap_days))
    return [SetDeadline(f"transfer-gap:{child.id}", due, CheckTransferGap(child_id=child.id))]
