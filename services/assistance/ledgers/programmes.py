"""The programmes: one row each for people, and one row of all for whoever assesses a child."""

from dataclasses import replace

import msgspec

from services.assistance.programmes.events import (
    PROGRAMME_EVENTS,
    AssessmentRequested,
    ChildrenAssessed,
    ProgrammeEvent,
    ProgrammeOpened,
)
from services.assistance.programmes.state import Terms
from shared.kernel.ledgers import Ledger, Row
from shared.kernel.recorded import Recorded


def apply(row: Row | None, event: ProgrammeEvent, _: Recorded) -> Row | None:
    match event:
        case ProgrammeOpened():
            opened: Row = {**msgspec.to_builtins(event), "seen": 0, "status": "ASSESSING"}
            return opened
        case AssessmentRequested():
            return {**(row or {}), "seen": 0, "status": "ASSESSING"}
        case ChildrenAssessed(seen=seen, finished=finished):
            seen += row["seen"] if row else 0
            return {**(row or {}), "seen": seen, "status": "OPEN" if finished else "ASSESSING"}


PROGRAMMES_LEDGER = Ledger(
    name="programmes",
    source="assistance",
    events=frozenset(PROGRAMME_EVENTS),
    apply=apply,
    key=lambda event, _: event.programme_id,
)


def enrol(row: Row | None, event: ProgrammeOpened, _: Recorded) -> Row:
    programmes = [*(row or {}).get("programmes", []), msgspec.to_builtins(event)]
    return {"programmes": programmes}


ROLL = Ledger(name="programme-roll", source="assistance", events=frozenset({ProgrammeOpened}), apply=enrol)


def open_programmes(row: Row | None) -> list[Terms]:
    """All programmes in the order of their opening. A conflict that one of two names binds both."""
    terms = [msgspec.convert(each, Terms) for each in (row or {}).get("programmes", [])]
    return [
        replace(each, conflicts=each.conflicts | {other.programme_id for other in terms if _names(other, each)})
        for each in terms
    ]


def _names(one: Terms, other: Terms) -> bool:
    return other.programme_id in one.conflicts
