"""What a merge makes of the two children."""

from dataclasses import replace
from typing import assert_never

from services.registry.children.child import BeforeMerge, Child
from services.registry.children.statuses import Attendance, Registration
from services.registry.duplicates.events import (
    DuplicateAbsorbed,
    DuplicateMerged,
    DuplicateReleased,
    DuplicateUnmerged,
    MergeEvent,
)


def evolve_merge(child: Child, event: MergeEvent) -> Child:
    match event:
        case DuplicateMerged(merged_into=kept):
            return replace(
                child,
                merged_into=kept,
                before_merge=BeforeMerge(attendance=child.attendance, registration=child.registration),
                attendance=Attendance.MERGED,
                registration=Registration.CANCELLED,
            )
        case DuplicateUnmerged():
            before = child.before_merge or BeforeMerge()
            return replace(
                child,
                merged_into=None,
                before_merge=None,
                attendance=before.attendance,
                registration=before.registration,
            )
        case DuplicateAbsorbed() | DuplicateReleased():
            return child
        case _:
            assert_never(event)
