"""Whether a child bears the mark, and since when."""

from dataclasses import replace
from typing import assert_never

from services.registry.children.child import Child
from services.registry.marks.events import DropoutMarked, DropoutUnmarked, MarkEvent


def evolve_mark(child: Child, event: MarkEvent) -> Child:
    match event:
        case DropoutMarked(marked_on=day):
            return replace(child, marked_on=day)
        case DropoutUnmarked():
            return replace(child, marked_on=None)
        case _:
            assert_never(event)
