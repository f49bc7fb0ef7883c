"""Hold, suspend, resume, each with what it means for the child's lines, their batches and funds."""

from collections.abc import Callable
from typing import Any

from services.assistance.beneficiaries.attendance import (
    HoldEntitlements,
    ResumeEntitlements,
    SuspendEntitlements,
    hold,
    resume,
    suspend,
)
from services.assistance.beneficiaries.consequences import BatchFacts
from services.assistance.beneficiaries.state import BENEFICIARIES, Beneficiary, BeneficiaryEvent
from services.assistance.processes.booking import batch_facts, book, load_child
from shared.calendar import CalendarInForce
from shared.kernel.commands import Context, Handler
from shared.kernel.unit_of_work import UnitOfWork

Decide = Callable[[Beneficiary, Any, BatchFacts], list[BeneficiaryEvent]]


def attends(calendar: CalendarInForce) -> list[Handler]:
    """The handlers of the three commands that a child's coming and going causes."""
    return [
        _moves_lines(HoldEntitlements, hold),
        _moves_lines(SuspendEntitlements, lambda child, cmd, facts: suspend(child, cmd, calendar().terms, facts)),
        _moves_lines(ResumeEntitlements, lambda child, cmd, facts: resume(child, cmd, calendar().terms, facts)),
    ]


def _moves_lines(command: type[Any], decide: Decide) -> Handler:
    def handle(work: UnitOfWork, order: Any, _: Context) -> None:
        child = load_child(work, order.child_id)
        book(work, {child.id: decide(child, order, batch_facts(work, child))})

    return Handler(command, lambda order: (BENEFICIARIES.ref(order.child_id),), handle, frozenset())
