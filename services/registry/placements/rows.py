"""A placement as a child's ledger row keeps it."""

from typing import assert_never

from services.registry.children.statuses import Attendance
from services.registry.placements.events import (
    HomeTeachingLapsed,
    HomeTeachingStarted,
    PlacementDecided,
    PlacementEvent,
    PlacementReviewed,
    PlacementReviewMissed,
)
from services.registry.placements.kinds import placings
from shared.kernel.ledgers import Row


def placement_columns(row: Row, event: PlacementEvent) -> Row:
    match event:
        case PlacementDecided():
            placed = {"placement": event.placement.value, "placed_on": event.decided_on.isoformat()}
            status = placings()[event.placement].status.value
            return placed | _review(event) | {"status": status, "absent_since": None, "home_teacher": ""}
        case HomeTeachingStarted():
            placed = {"placement": event.placement.value, "placed_on": event.started_on.isoformat()}
            home = {"status": Attendance.HOME_TEACHING.value, "home_teacher": event.teacher}
            return placed | _review(event) | home | {"registration": row["file_status"], "absent_since": None}
        case PlacementReviewed(reviewed_on=day):
            return _review(event) | {"reviewed_on": day.isoformat()}
        case PlacementReviewMissed():
            return {"review_missed": True}
        case HomeTeachingLapsed(absent_since=day):
            return {"status": Attendance.ABSENT_UNEXCUSED.value, "absent_since": day.isoformat()}
        case _:
            assert_never(event)


def _review(event: PlacementDecided | HomeTeachingStarted | PlacementReviewed) -> Row:
    return {"review_by": event.review_by.isoformat(), "review_missed": False}
