"""Merges as a child's ledger row keeps them, and the queue of pairs."""

from typing import assert_never

from services.registry.children.statuses import Attendance, Registration
from services.registry.duplicates.events import (
    DuplicateAbsorbed,
    DuplicateFound,
    DuplicateMerged,
    DuplicateReleased,
    DuplicateResolved,
    DuplicateUnmerged,
    MergeEvent,
    PairEvent,
)
from services.registry.duplicates.pair import pair_id
from shared.kernel.ledgers import Index, Ledger, Row
from shared.kernel.recorded import Recorded


def merge_columns(row: Row, event: MergeEvent) -> Row:
    """`before_merge` keeps the two statuses of a merged file for the case that it was a mistake."""
    match event:
        case DuplicateMerged(merged_into=kept):
            before = {"status": row["status"], "registration": row["registration"]}
            merged = {"status": Attendance.MERGED.value, "registration": Registration.CANCELLED.value}
            return merged | {"merged_into": kept, "before_merge": before}
        case DuplicateUnmerged():
            before = row["before_merge"]
            return {**before, "merged_into": None, "before_merge": None}
        case DuplicateAbsorbed(absorbed_id=absorbed):
            return {"absorbed": sorted({*row["absorbed"], absorbed})}
        case DuplicateReleased(absorbed_id=absorbed):
            return {"absorbed": [each for each in row["absorbed"] if each != absorbed]}
        case _:
            assert_never(event)


def apply(row: Row | None, event: PairEvent, _: Recorded) -> Row:
    match event:
        case DuplicateFound():
            why = {"agreements": event.agreements, "disagreements": event.disagreements, "level": event.level.value}
            found = {"found_on": event.found_on.isoformat(), "status": "OPEN"}
            return {"child_id": event.child_id, "other_id": event.other_id} | why | found
        case DuplicateResolved():
            resolved = {"status": event.resolution.value, "resolution_reason": event.reason}
            return (row or {}) | resolved | {"resolved_on": event.resolved_on.isoformat()}
        case _:
            assert_never(event)


DUPLICATES = Ledger(
    name="duplicates",
    source="registry",
    events=frozenset({DuplicateFound, DuplicateResolved}),
    apply=apply,
    key=lambda event, _: pair_id(event.child_id, event.other_id),
    indexes=(
        Index(("status", "found_on")),
        Index(("level", "found_on", "_id")),
    ),
)
