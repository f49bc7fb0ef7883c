"""Where a disabled child learns. All lie in the child's stream."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from services.registry.children.ids import ChildId, SchoolCode
from services.registry.placements.kinds import PlacementKind
from services.registry.transitions.papers import Paper


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacementDecided:
    """The child learns at a school: an ordinary one (随班就读) or a special one. `review_by`: the next evaluation."""

    TYPE: ClassVar[str] = "registry.placement-decided.v1"
    OCCURRED_ON: ClassVar[str] = "decided_on"
    child_id: ChildId
    school_code: SchoolCode
    placement: PlacementKind
    was: str
    reason: str
    papers: list[Paper]
    review_by: date
    decided_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeTeachingStarted:
    """The child cannot come: a teacher comes to it (送教上门), or teaches from afar. Absence and suspicion end.

    `cycle` is that of the child's last suspicion (0: none). `was`: where the child stood before.
    """

    TYPE: ClassVar[str] = "registry.home-teaching-started.v1"
    OCCURRED_ON: ClassVar[str] = "started_on"
    child_id: ChildId
    school_code: SchoolCode
    placement: PlacementKind
    teacher: str
    was: str
    reason: str
    papers: list[Paper]
    review_by: date
    cycle: int
    started_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacementReviewed:
    """The committee looked again and leaves the child where it is."""

    TYPE: ClassVar[str] = "registry.placement-reviewed.v1"
    OCCURRED_ON: ClassVar[str] = "reviewed_on"
    child_id: ChildId
    placement: PlacementKind
    papers: list[Paper]
    review_by: date
    reviewed_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacementReviewMissed:
    """A term has begun and nobody has looked again."""

    TYPE: ClassVar[str] = "registry.placement-review-missed.v1"
    OCCURRED_ON: ClassVar[str] = "missed_on"
    child_id: ChildId
    review_by: date
    missed_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeTeachingLapsed:
    """Too few sessions in a month: nobody teaches the child. A suspicion of `cycle` is flagged in the same breath."""

    TYPE: ClassVar[str] = "registry.home-teaching-lapsed.v1"
    OCCURRED_ON: ClassVar[str] = "lapsed_on"
    child_id: ChildId
    month: date
    school_code: SchoolCode
    valid_sessions: int
    absent_since: date
    lapsed_on: date
    cycle: int


PlacementEvent = (
    PlacementDecided | HomeTeachingStarted | PlacementReviewed | PlacementReviewMissed | HomeTeachingLapsed
)
