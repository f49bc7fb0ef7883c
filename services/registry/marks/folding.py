"""Whether a child bears the mark, and since when."""

from dataclasses import replace
from typing import assert_never

from services.registry.attendance.spells import NO_SPELL
from services.registry.children.child import Child
from services.registry.children.statuses import STOPPED, Attendance
from services.registry.marks.events import DropoutMarkCorrected, DropoutMarked, DropoutUnmarked, MarkEvent


def evolve_mark(child: Child, event: MarkEvent) -> Child:
    match event:
        case DropoutMarked(marked_on=day):
            return replace(child, marked_on=day)
        case DropoutUnmarked():
            return replace(child, marked_on=None)
        case DropoutMarkCorrected():
            return _never_away(child, event)
        case _:
            assert_never(event)


def _never_away(child: Child, event: DropoutMarkCorrected) -> Child:
    """As if it had been at school; what the national system still says stays until that mark is taken off."""
    registration = child.file_status if child.registration in STOPPED else child.registration
    return replace(
        child,
        attendance=Attendance(event.back_to),
        registration=registration,
        spell=NO_SPELL,
        settled_on=event.corrected_on,
        attempts=0,
        failed_attempts=0,
        respite=None,
    )
