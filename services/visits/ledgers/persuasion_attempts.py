"""One row an attempt."""

from services.visits.persuasion.events import PersuasionAttempted
from shared.kernel.ledgers import Index, Ledger, Row
from shared.kernel.recorded import Recorded


def apply(_: Row | None, event: PersuasionAttempted, __: Recorded) -> Row:
    return {
        "child_id": event.child_id,
        "cycle": event.cycle,
        "attempt_no": event.attempt_no,
        "method": event.method.value,
        "attempted_on": event.attempted_on.isoformat(),
        "due_on": event.due_on.isoformat() if event.due_on else None,
        "entered_on": event.entered_on.isoformat(),
        "lateness": event.lateness.value if event.lateness else "",
        "persons": "、".join(event.persons),
        "place": event.place.value,
        "result": event.result.value,
        "next_on": event.next_on.isoformat() if event.next_on else None,
        "photos": list(event.photos),
        "photo_count": len(event.photos),
        "photos_reused": len(event.photos_reused),
        "recorded_by": event.recorded_by,
    }


PERSUASION_ATTEMPTS = Ledger(
    name="persuasion-attempts",
    source="visits",
    events=frozenset({PersuasionAttempted}),
    apply=apply,
    key=lambda event, _: f"{event.child_id}:{event.cycle}:{event.attempt_no}",
    indexes=(Index(("child_id",)),),
)
