"""A difference as decisions see it, folded from its stream."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any, assert_never

from services.registry.children.ids import ChildId
from services.registry.reconciliation.events import (
    DifferenceEvent,
    DifferenceFound,
    DifferenceReclassified,
    DifferenceRecurred,
    DifferenceReopened,
    DifferenceResolved,
)
from services.registry.reconciliation.reasons import Family
from shared.kernel.aggregates import Aggregate
from shared.kernel.caller import Place

NOWHERE = Place()


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """`statuses`: the child's registration and attendance when the lists last disagreed."""

    id: str
    found: bool = False
    open: bool = False
    child_id: ChildId | None = None
    family: Family = Family.NO_REG
    reason: str = ""
    poor: bool = False
    id_index: str | None = None
    other_subject: str = ""
    place: Place = NOWHERE
    statuses: frozenset[str] = frozenset()
    holds_until: date = date.min
    cycle: int = 0
    since: date = date.min


def evolve(difference: Difference, event: Any) -> Difference:
    told: DifferenceEvent = event
    match told:
        case DifferenceFound():
            return replace(
                difference,
                found=True,
                open=True,
                child_id=told.child_id,
                family=told.family,
                reason=told.reason,
                poor=told.poor,
                id_index=told.id_index,
                other_subject=told.other_subject,
                place=Place(told.division, told.school_code),
                statuses=frozenset({told.registration, told.attendance}),
                cycle=1,
                since=told.found_on,
            )
        case DifferenceReclassified():
            statuses = frozenset({told.registration, told.attendance})
            return replace(difference, reason=told.reason, poor=told.poor, statuses=statuses)
        case DifferenceResolved():
            return replace(difference, open=False, reason=told.reason, holds_until=told.holds_until)
        case DifferenceRecurred():
            return replace(
                difference,
                open=True,
                reason=told.reason,
                poor=told.poor,
                statuses=frozenset({told.registration, told.attendance}),
                cycle=told.cycle,
                since=told.recurred_on,
            )
        case DifferenceReopened():
            return replace(difference, open=True, holds_until=date.min, since=told.reopened_on)
        case _:
            assert_never(told)


DIFFERENCES: Aggregate[Difference] = Aggregate(
    category="difference",
    initial=lambda id_: Difference(id=id_),
    evolve=evolve,
    place=lambda difference: difference.place,
)


def difference_id(subject: str, family: Family) -> str:
    return f"{subject}:{family}"
