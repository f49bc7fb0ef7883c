"""A correction as the child's decisions see it, and what a corrected file says."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any, assert_never

from services.registry.attendance.spells import NO_SPELL
from services.registry.children.statuses import Attendance
from services.registry.corrections.events import (
    ChildCorrected,
    CorrectionAdvanced,
    CorrectionEvent,
    CorrectionRequested,
    CorrectionReturned,
)
from services.registry.corrections.steps import Step

if TYPE_CHECKING:
    from services.registry.children.child import Child


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """`hands`: who took which step."""

    asked: CorrectionRequested
    step: Step
    hands: Mapping[Step, str]
    last_on: date


def evolve_correction(child: "Child", event: CorrectionEvent) -> "Child":
    match event:
        case CorrectionRequested():
            return _with(child, event.correction_id, _requested(event))
        case CorrectionAdvanced(step=step, actor=actor):
            before = child.corrections[event.correction_id]
            hands = {**before.hands, step: actor}
            after = replace(before, step=step, hands=hands, last_on=event.advanced_on)
            return _with(child, event.correction_id, after)
        case CorrectionReturned():
            before = child.corrections[event.correction_id]
            return _with(child, event.correction_id, replace(before, step=Step.RETURNED))
        case ChildCorrected():
            return _corrected(child, event)
        case _:
            assert_never(event)


def _requested(event: CorrectionRequested) -> Correction:
    return Correction(asked=event, step=Step.REQUESTED, hands={}, last_on=event.requested_on)


def _with(child: "Child", id_: str, correction: Correction) -> "Child":
    return replace(child, corrections={**child.corrections, id_: correction})


def _corrected(child: "Child", event: ChildCorrected) -> "Child":
    value = event.new_value
    match event.field:
        case "birth_date":
            status = status_for_age(child.attendance, of_age=bool(event.of_age))
            spell = NO_SPELL if status is Attendance.NOT_DUE else child.spell
            return replace(child, birth_date=date.fromisoformat(value), attendance=status, spell=spell)
        case "division":
            return replace(child, division=value)
        case "household_no":
            return replace(child, household_no=value)
        case _:
            told: dict[str, Any] = {event.field: value}
            if event.field == "id_number":
                told["id_index"] = event.new_index
            return replace(child, identity=replace(child.identity, **told))


def status_for_age(before: Attendance, *, of_age: bool) -> Attendance:
    """Whether a child that is at no school is due depends on its age alone; every other status stays."""
    if before in (Attendance.NOT_DUE, Attendance.NEVER_ENROLLED):
        return Attendance.NEVER_ENROLLED if of_age else Attendance.NOT_DUE
    return before
