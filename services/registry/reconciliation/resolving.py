"""How a difference leaves the queue: by the papers that its reason asks for, or because the fact itself happened."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from services.registry.children.child import Child
from services.registry.children.ids import ChildId
from services.registry.children.state import CHILDREN
from services.registry.children.statuses import Attendance
from services.registry.reconciliation.difference import DIFFERENCES, Difference, difference_id
from services.registry.reconciliation.events import DifferenceReopened, DifferenceResolved
from services.registry.reconciliation.finding import holds_until
from services.registry.reconciliation.people import facts_of
from services.registry.reconciliation.reasons import Family, reasons
from services.registry.reconciliation.refusals import (
    DifferenceNotOpen,
    DifferenceOpen,
    DifferenceUnknown,
    MatchUndecided,
    ReasonOfOtherFamily,
)
from services.registry.transitions.papers import Papers
from services.registry.transitions.refusals import PapersMissing
from shared.kernel.aggregates import Ref
from shared.kernel.commands import Context, Handler
from shared.kernel.refusals import DateBefore, DateInFuture
from shared.kernel.unit_of_work import UnitOfWork

KNOWN_HERE = "KNOWN_HERE"
"""Somebody whom the registry did not know is now registered as a child, and differences are that child's."""

SAME_PERSON = "SAME_PERSON"
"""Somebody has confirmed that the person without a file and the file without a person are one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ResolveDifference:
    """`reason`: what it turned out to be, a reason of the same family (empty: as found). `same`: see the event."""

    NAME: ClassVar[str] = "registry.resolve-difference"
    difference_id: str
    papers: Papers
    resolved_on: date
    reason: str = ""
    remark: str = ""
    same: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReopenDifference:
    NAME: ClassVar[str] = "registry.reopen-difference"
    difference_id: str
    why: str
    reopened_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class SettleDifference:
    """Look whether what has happened to the child settles the difference. Nothing to do is no refusal."""

    NAME: ClassVar[str] = "registry.settle-difference"
    difference_id: str
    child_id: ChildId


def resolve_difference(
    difference: Difference, command: ResolveDifference, context: Context
) -> list[DifferenceResolved]:
    table = reasons()
    _check_day(difference, "resolved_on", command.resolved_on, context)
    if not difference.open:
        raise DifferenceNotOpen()
    reason = command.reason or difference.reason
    if reason not in table.of_family(difference.family):
        raise ReasonOfOtherFamily(table.families[difference.family])
    if (difference.family is Family.MATCH) != (command.same is not None):
        raise MatchUndecided()
    if missing := table.missing(reason, command.papers):
        raise PapersMissing(table.reason[reason].label, missing)
    return [
        DifferenceResolved(
            difference_id=difference.id,
            child_id=difference.child_id,
            family=difference.family,
            reason=reason,
            papers=list(command.papers),
            remark=command.remark,
            fact="",
            same=command.same,
            resolved_on=command.resolved_on,
            holds_until=holds_until(reason, command.resolved_on),
        )
    ]


def reopen_difference(difference: Difference, command: ReopenDifference, context: Context) -> list[DifferenceReopened]:
    _check_day(difference, "reopened_on", command.reopened_on, context)
    if difference.open:
        raise DifferenceOpen()
    return [
        DifferenceReopened(
            difference_id=difference.id,
            child_id=difference.child_id,
            family=difference.family,
            reason=difference.reason,
            why=command.why,
            due_on=command.reopened_on + reasons().reason[difference.reason].due_within,
            reopened_on=command.reopened_on,
        )
    ]


def settle_difference(difference: Difference, child: Child, context: Context) -> list[DifferenceResolved]:
    """Settled when a status or placement has come that was not there when the lists disagreed."""
    return settled_by(difference, _fact(difference, child), context)


def settled_by(difference: Difference, fact: str, context: Context) -> list[DifferenceResolved]:
    """An open difference leaves the queue, because `fact` has happened."""
    if not (fact and difference.open):
        return []
    return [
        DifferenceResolved(
            difference_id=difference.id,
            child_id=difference.child_id,
            family=difference.family,
            reason=difference.reason,
            papers=[],
            remark="",
            fact=fact,
            same=None,
            resolved_on=context.today,
            holds_until=context.today,
        )
    ]


def _fact(difference: Difference, child: Child) -> str:
    if not difference.open:
        return ""
    if difference.child_id is None:
        known = difference.id_index is not None and difference.id_index == child.identity.id_index
        return KNOWN_HERE if known else ""
    came = facts_of(child.registration, child.attendance, placed=child.placement is not None) - difference.statuses
    facts = reasons().reason[difference.reason].settled_by | {Attendance.MERGED.value}
    return min(came & facts, default="")


def resolves(roles: frozenset[str]) -> Handler:
    """Who confirms that two are one person thereby settles that the one has no file, and the other is nobody."""

    def touches(order: ResolveDifference) -> Sequence[Ref]:
        return (DIFFERENCES.ref(order.difference_id),)

    def handle(work: UnitOfWork, order: ResolveDifference, context: Context) -> None:
        (ref,) = touches(order)
        difference: Difference = work.load(ref)
        work.append(ref, resolve_difference(difference, order, context))
        if order.same:
            subject = order.difference_id.partition(":")[0]
            for settled in (
                difference_id(subject, Family.NO_REG),
                difference_id(difference.other_subject, Family.GHOST),
            ):
                other = DIFFERENCES.ref(settled)
                work.append(other, settled_by(work.load(other), SAME_PERSON, context))

    return Handler(ResolveDifference, touches, handle, roles)


def settles(roles: frozenset[str]) -> Handler:
    """Settling looks at two streams: the child's tells what happened, the difference is appended to."""

    def touches(order: SettleDifference) -> Sequence[Ref]:
        return DIFFERENCES.ref(order.difference_id), CHILDREN.ref(order.child_id)

    def handle(work: UnitOfWork, order: SettleDifference, context: Context) -> None:
        difference, child = touches(order)
        work.append(difference, settle_difference(work.load(difference), work.load(child), context))

    return Handler(SettleDifference, touches, handle, roles)


def _check_day(difference: Difference, field: str, day: date, context: Context) -> None:
    if not difference.found or not reasons().may_know(context.caller.role, difference.reason):
        raise DifferenceUnknown()
    if day > context.today:
        raise DateInFuture(field)
    if day < difference.since:
        raise DateBefore(field, "发现差异的日期", "the day it was found", difference.since)
