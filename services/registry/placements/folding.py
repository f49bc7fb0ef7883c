"""What a placement makes of a child."""

from dataclasses import replace
from datetime import date
from typing import assert_never

from services.registry.attendance.spells import NO_SPELL, missed_from
from services.registry.children.child import Child
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


def evolve_placement(child: Child, event: PlacementEvent) -> Child:
    match event:
        case PlacementDecided(placement=placement, decided_on=day):
            return replace(_placed(child, event, day), attendance=placings()[placement].status)
        case HomeTeachingStarted(started_on=day):
            return _at_home(_placed(child, event, day))
        case PlacementReviewed(reviewed_on=day):
            return replace(child, review_by=event.review_by, review_counts_from=day)
        case PlacementReviewMissed():
            return replace(child, review_by=None)
        case HomeTeachingLapsed(absent_since=day):
            return replace(child, attendance=Attendance.ABSENT_UNEXCUSED, spell=missed_from(day))
        case _:
            assert_never(event)


def _placed(child: Child, event: PlacementDecided | HomeTeachingStarted, day: date) -> Child:
    placed = replace(child, placement=event.placement, placed_on=day)
    return replace(placed, review_by=event.review_by, review_counts_from=day)


def _at_home(child: Child) -> Child:
    """No spell, probation or suspension runs on; a student file that a dropout had frozen is as its number says."""
    enrolment = child.enrolment
    return replace(
        child,
        attendance=Attendance.HOME_TEACHING,
        registration=enrolment.student_number_kind.registration if enrolment else child.registration,
        spell=NO_SPELL,
        returned_on=None,
        steady_since=None,
        respite=None,
    )
