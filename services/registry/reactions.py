"""What the other services' events cause here."""

from collections.abc import Mapping, Sequence

from services.registry.attendance.returning import NotePersuasion
from services.registry.contracts import PersuasionAttempted
from shared.kernel.recorded import Recorded
from shared.kernel.service import Reaction


def when_persuasion_attempted_note_it(event: PersuasionAttempted, _: Recorded) -> Sequence[NotePersuasion]:
    return [
        NotePersuasion(
            child_id=event.child_id, attempted_on=event.attempted_on, result=event.result, cycle=event.cycle
        )
    ]


REACTIONS: Mapping[type, Sequence[Reaction]] = {PersuasionAttempted: [when_persuasion_attempted_note_it]}
