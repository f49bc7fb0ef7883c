"""What every step of a transfer under way starts from."""

from datetime import date

from services.registry.children.child import Child
from services.registry.children.refusals import ChildNotRegistered
from services.registry.policy import TransferPolicy
from services.registry.transfers.refusals import NoTransferUnderWay
from services.registry.transfers.transfer import Party, Transfer
from shared.calendar import DueDay, SchoolCalendar
from shared.kernel.commands import Context
from shared.kernel.refusals import DateBefore, DateInFuture


def under_way(child: Child) -> tuple[Transfer, Party]:
    """The transfer on its way, and whose turn it is. Raises NoTransferUnderWay."""
    if not child.registered:
        raise ChildNotRegistered()
    if child.transfer is None or child.transfer.turn is None:
        raise NoTransferUnderWay()
    return child.transfer, child.transfer.turn


def party_day(policy: TransferPolicy, calendar: SchoolCalendar, since: date) -> DueDay:
    """The last working day that a party has, once it is its turn."""
    return calendar.due(since, calendar.working.add_working_days(since, policy.party_working_days))


def check_day(transfer: Transfer, field: str, day: date, context: Context) -> None:
    """Steps are told in their order, and not before they happened."""
    if day > context.today:
        raise DateInFuture(field)
    if day < transfer.last_on:
        raise DateBefore(field, "上一步办理日期", "the step before", transfer.last_on)
