"""The handler of a request: the caller answers for the receiving school, and need not see the child until it comes."""

from collections.abc import Sequence

from services.registry.children.state import CHILDREN
from services.registry.duplicates.handling import unless_merged
from services.registry.policy import TransferPolicy
from services.registry.schools.schools import SCHOOLS
from services.registry.transfers.requesting import RequestTransfer, request_transfer
from shared.calendar import CalendarInForce
from shared.calendar.live import asks
from shared.kernel.aggregates import Ref
from shared.kernel.commands import Context, Handler
from shared.kernel.unit_of_work import UnitOfWork


def asks_for_transfer(policy: TransferPolicy, calendar: CalendarInForce, roles: frozenset[str]) -> Handler:
    def handle(work: UnitOfWork, order: RequestTransfer, context: Context) -> None:
        child, school = _touches(order)
        decide = unless_merged(asks(calendar, request_transfer, policy, work.load(school)), tolerant=False)
        work.append(child, decide(work.load_anywhere(child), order, context))

    return Handler(RequestTransfer, _touches, handle, roles)


def _touches(order: RequestTransfer) -> Sequence[Ref]:
    return (CHILDREN.ref(order.child_id), SCHOOLS.ref(order.receiving_school_code))
