"""Registering somebody whom the lists know and the registry does not: one step from the queue to a file, and, where
the person is of school age and at no school, to a return case. Rule 9-07."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import ClassVar

from services.registry.children.child import Child
from services.registry.children.files import RegisterChild, register_child
from services.registry.children.state import CHILDREN, evolve
from services.registry.entering.events import Finding
from services.registry.entering.seeking import CheckEnrolled, check_enrolled
from services.registry.policy import AgePolicy
from services.registry.reconciliation.difference import DIFFERENCES, Difference
from services.registry.reconciliation.reasons import NOT_AT_SCHOOL
from services.registry.reconciliation.refusals import DifferenceNotOpen, DifferenceUnknown, KnownAlready
from services.registry.reconciliation.resolving import KNOWN_HERE, settled_by
from shared.kernel.aggregates import Ref
from shared.kernel.commands import Context, Handler
from shared.kernel.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterListed:
    """`child`: who it is, as the list says and the caller adds, under a new id and sealed for it."""

    NAME: ClassVar[str] = "registry.register-listed"
    difference_id: str
    child: RegisterChild


def register_listed(
    policy: AgePolicy, difference: Difference, child: Child, command: RegisterListed, context: Context
) -> Sequence[object]:
    """The child's events. Raises DifferenceUnknown, DifferenceNotOpen, KnownAlready, and what a registration does."""
    if not difference.found:
        raise DifferenceUnknown()
    if difference.child_id is not None:
        raise KnownAlready()
    if not difference.open:
        raise DifferenceNotOpen()
    registered = register_child(policy, child, command.child, context)
    if difference.reason != NOT_AT_SCHOOL:
        return registered
    for event in registered:
        child = evolve(child, event)
    sought = check_enrolled(policy, child, CheckEnrolled(child_id=child.id, finding=Finding.LISTS), context)
    return [*registered, *sought]


def registers_listed(policy: AgePolicy, roles: frozenset[str]) -> Handler:
    """The child's stream begins, and the difference is settled: its person is known now."""
    decide = partial(register_listed, policy)

    def touches(order: RegisterListed) -> Sequence[Ref]:
        return CHILDREN.ref(order.child.child_id), DIFFERENCES.ref(order.difference_id)

    def handle(work: UnitOfWork, order: RegisterListed, context: Context) -> None:
        child, difference = touches(order)
        found: Difference = work.load(difference)
        work.append(child, decide(found, work.load(child), order, context))
        work.append(difference, settled_by(found, KNOWN_HERE, context))

    return Handler(RegisterListed, touches, handle, roles)
