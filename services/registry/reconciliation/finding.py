"""What a run finds: a difference is told once, changes its reason, or comes again; never does a run take one away."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import ClassVar

from services.registry.children.ids import ChildId
from services.registry.reconciliation.difference import Difference
from services.registry.reconciliation.events import (
    DifferenceEvent,
    DifferenceFound,
    DifferenceReclassified,
    DifferenceRecurred,
)
from services.registry.reconciliation.reasons import Family, Owner, reasons
from shared.kernel.commands import Context


@dataclass(frozen=True, slots=True, kw_only=True)
class FindDifference:
    """See DifferenceFound. `id_number` comes sealed."""

    NAME: ClassVar[str] = "registry.find-difference"
    difference_id: str
    child_id: ChildId | None
    reason: str
    poor: bool
    name: str
    division: str
    school_code: str
    school_name: str
    lists: tuple[str, ...]
    lists_on: date
    sex: str = ""
    birth_date: date | None = None
    id_number: str | None = None
    id_index: str | None = None
    other: str = ""
    other_subject: str = ""
    child_cycle: int = 0
    registration: str = ""
    attendance: str = ""

    @property
    def family(self) -> Family:
        return reasons().reason[self.reason].family

    @property
    def owner(self) -> Owner:
        """A school that is none cannot work anything off."""
        return reasons().reason[self.reason].owner if self.school_code else Owner.VILLAGE


def find_difference(difference: Difference, command: FindDifference, context: Context) -> Sequence[DifferenceEvent]:
    rule = reasons().reason[command.reason]
    papers, due_on = list(rule.papers), context.today + rule.due_within
    if not difference.found:
        return [_found(difference, command, papers, due_on, context.today)]
    if not difference.open:
        return _again(difference, command, papers, due_on, context.today)
    if (difference.reason, difference.poor) == (command.reason, command.poor):
        return []
    same_reason = difference.reason == command.reason
    return [
        DifferenceReclassified(
            difference_id=difference.id,
            child_id=difference.child_id,
            family=difference.family,
            reason=command.reason,
            previous_reason=difference.reason,
            poor=command.poor,
            owner=command.owner,
            papers=papers,
            due_on=difference.since + rule.due_within if same_reason else due_on,
            reclassified_on=context.today,
            registration=command.registration,
            attendance=command.attendance,
        )
    ]


def _found(
    difference: Difference, command: FindDifference, papers: list[str], due_on: date, today: date
) -> DifferenceFound:
    return DifferenceFound(
        difference_id=difference.id,
        child_id=command.child_id,
        family=command.family,
        reason=command.reason,
        poor=command.poor,
        name=command.name,
        sex=command.sex,
        birth_date=command.birth_date,
        id_number=command.id_number,
        id_index=command.id_index,
        division=command.division,
        school_code=command.school_code,
        school_name=command.school_name,
        other=command.other,
        other_subject=command.other_subject,
        child_cycle=command.child_cycle,
        owner=command.owner,
        papers=papers,
        due_on=due_on,
        found_on=today,
        lists=list(command.lists),
        lists_on=command.lists_on,
        registration=command.registration,
        attendance=command.attendance,
    )


def _again(
    difference: Difference, command: FindDifference, papers: list[str], due_on: date, today: date
) -> list[DifferenceEvent]:
    """Only lists that are newer than what explains the difference say anything new."""
    if command.lists_on <= difference.holds_until:
        return []
    return [
        DifferenceRecurred(
            difference_id=difference.id,
            child_id=difference.child_id,
            family=difference.family,
            reason=command.reason,
            poor=command.poor,
            owner=command.owner,
            papers=papers,
            due_on=due_on,
            recurred_on=today,
            lists=list(command.lists),
            lists_on=command.lists_on,
            cycle=difference.cycle + 1,
            registration=command.registration,
            attendance=command.attendance,
        )
    ]


def holds_until(reason: str, resolved_on: date) -> date:
    """The last day whose lists the papers explain."""
    return resolved_on + timedelta(days=reasons().reason[reason].holds_days)
