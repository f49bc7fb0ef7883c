"""When the committee must have looked at a placement again."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from services.registry.children.child import Child
from services.registry.children.statuses import Attendance
from services.registry.placements.decisions import MissPlacementReview
from shared.calendar.zone import start_of_local_day
from shared.kernel.deadlines import SetDeadline

OUT_OF_SIGHT = frozenset({Attendance.UNTRACEABLE, Attendance.ELSEWHERE_CONFIRMED})
"""No committee of the county can look at a child that is not here."""


def review_clocks(child: Child, _: datetime) -> Sequence[SetDeadline]:
    if child.review_by is None or child.attendance in OUT_OF_SIGHT:
        return []
    day_after = start_of_local_day(child.review_by + timedelta(days=1))
    return [SetDeadline(f"placement-review:{child.id}", day_after, MissPlacementReview(child_id=child.id))]
