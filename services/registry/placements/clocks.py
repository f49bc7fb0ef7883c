"""When the committee must look at a placement again, and which clocks home teaching stops."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta

from services.registry.children.ids import ChildId
from services.registry.placements.decisions import MissPlacementReview
from services.registry.placements.events import HomeTeachingStarted, PlacementDecided, PlacementReviewed
from shared.calendar.zone import start_of_local_day
from shared.kernel.deadlines import DeadlineChange, SetDeadline
from shared.kernel.recorded import Recorded
from shared.kernel.service import DeadlineRule

Change = list[DeadlineChange]
StopAll = Callable[[str], Change]
Settle = Callable[[ChildId, Recorded], SetDeadline]


def review_key(child_id: str) -> str:
    return f"placement-review:{child_id}"


def placement_deadlines(stop_all: StopAll, settle: Settle) -> Mapping[type, DeadlineRule]:
    """`settle`: looks whether the queue of differences still waits for the placement."""

    def reviewed(event: PlacementReviewed, _: Recorded) -> Change:
        return [_review(event.child_id, event.review_by)]

    def placed(event: PlacementDecided, recorded: Recorded) -> Change:
        return [_review(event.child_id, event.review_by), settle(event.child_id, recorded)]

    def at_home(event: HomeTeachingStarted, recorded: Recorded) -> Change:
        review = _review(event.child_id, event.review_by)
        return [*stop_all(event.child_id), review, settle(event.child_id, recorded)]

    return {PlacementDecided: placed, PlacementReviewed: reviewed, HomeTeachingStarted: at_home}


def _review(child_id: ChildId, review_by: date) -> SetDeadline:
    due = start_of_local_day(review_by + timedelta(days=1))
    return SetDeadline(review_key(child_id), due, MissPlacementReview(child_id=child_id))
