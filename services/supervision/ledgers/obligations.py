"""What is due, overdue and done: one row a duty of a cycle."""

from typing import get_args

from services.supervision.ledgers.stored import state_of, with_state
from services.supervision.obligations.duties import DUTIES
from services.supervision.obligations.events import ObligationEvent, ObligationMissed, ObligationRaised
from services.supervision.obligations.state import Obligation, evolve_obligation
from shared.calendar import provisional_note
from shared.calendar.lateness import Lateness
from shared.kernel.ledgers import Index, Ledger, Row
from shared.kernel.recorded import Recorded


def key(event: ObligationEvent, _: Recorded) -> str:
    return f"{event.child_id}:{event.cycle}:{event.duty}"


def apply(row: Row | None, event: ObligationEvent, recorded: Recorded) -> Row:
    obligation = evolve_obligation(state_of(row, Obligation), event)
    return with_state(
        obligation,
        {
            "child_id": event.child_id,
            "cycle": event.cycle,
            "duty": obligation.duty,
            "bearer": DUTIES[obligation.duty].bearer,
            "raised_on": obligation.raised_on,
            "due_on": obligation.due_on,
            "due_before": obligation.due_before,
            "due_note": _note(obligation),
            "met_on": obligation.met_on,
            "entered_on": obligation.entered_on,
            "entered_late": "YES" if obligation.lateness is Lateness.ENTERED_LATE else "NO",
            "lifted_on": obligation.lifted_on,
            "missed": "YES" if obligation.missed else "NO",
            "status": obligation.status,
            **_schools(row or {}, event, recorded),
        },
    )


def _schools(row: Row, event: ObligationEvent, recorded: Recorded) -> Row:
    """Which school had the duty when it was raised, and which when it was missed: a row moves, these stay."""
    return {
        "raised_school": recorded.place.school if isinstance(event, ObligationRaised) else row.get("raised_school"),
        "missed_school": recorded.place.school if isinstance(event, ObligationMissed) else row.get("missed_school"),
    }


def _note(obligation: Obligation) -> str:
    return provisional_note(obligation.due_on, provisional=obligation.provisional and obligation.open)


OBLIGATIONS = Ledger(
    name="obligations",
    source="supervision",
    events=frozenset(get_args(ObligationEvent)),
    apply=apply,
    key=key,
    indexes=(Index(("due_on", "_id")), Index(("status", "due_on", "_id"))),
)
