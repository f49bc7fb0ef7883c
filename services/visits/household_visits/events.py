"""What happened to a household visit. A visit lies in the stream of its child's plan."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from services.visits.household_visits.vocabulary import Cause, EndReason, Priority, Reason
from services.visits.ids import ChildId, PhotoHash, SchoolCode, VisitId
from services.visits.vocabulary import Result, Whereabouts
from shared.calendar.lateness import Lateness


@dataclass(frozen=True, slots=True, kw_only=True)
class HouseholdVisitOpened:
    """Somebody must go by the end of `due_on`, which may still move when it is `provisional`.

    `unassigned`: nobody is responsible yet, and `teacher` is empty.
    """

    TYPE: ClassVar[str] = "visits.household-visit-opened.v1"
    OCCURRED_ON: ClassVar[str] = "opened_on"
    child_id: ChildId
    visit_id: VisitId
    reason: Reason
    teacher: str
    unassigned: bool
    priority: Priority
    school_code: SchoolCode
    opened_on: date
    due_on: date
    cycle: int
    provisional: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class HouseholdVisitReassigned:
    """Another teacher goes; an empty `teacher`: nobody is known yet."""

    TYPE: ClassVar[str] = "visits.household-visit-reassigned.v1"
    child_id: ChildId
    visit_id: VisitId
    teacher: str
    previous_teacher: str
    cycle: int


@dataclass(frozen=True, slots=True, kw_only=True)
class HouseholdVisitRecorded:
    """Somebody went. `photos_reused` are those that had already served for another child.

    `entered_on` is the day of the entry, by which `lateness` goes. `afterwards`: entered when the visit was no longer
    needed, of a day on which it still was; nobody owed it any more.
    """

    TYPE: ClassVar[str] = "visits.household-visit-recorded.v1"
    OCCURRED_ON: ClassVar[str] = "visited_on"
    child_id: ChildId
    visit_id: VisitId
    visited_on: date
    place: Whereabouts
    people: tuple[str, ...]
    cause: Cause
    result: Result
    photos: tuple[PhotoHash, ...]
    photos_reused: tuple[PhotoHash, ...]
    recorded_by: str
    due_on: date
    entered_on: date
    lateness: Lateness
    afterwards: bool
    cycle: int


@dataclass(frozen=True, slots=True, kw_only=True)
class HouseholdVisitOverdue:
    """The due date passed and nobody recorded a visit."""

    TYPE: ClassVar[str] = "visits.household-visit-overdue.v1"
    child_id: ChildId
    visit_id: VisitId
    due_on: date
    cycle: int


@dataclass(frozen=True, slots=True, kw_only=True)
class HouseholdVisitCancelled:
    """The visit is no longer needed after `cancelled_on`."""

    TYPE: ClassVar[str] = "visits.household-visit-cancelled.v1"
    OCCURRED_ON: ClassVar[str] = "cancelled_on"
    child_id: ChildId
    visit_id: VisitId
    reason: EndReason
    cancelled_on: date
    cycle: int


HouseholdVisitEvent = (
    HouseholdVisitOpened
    | HouseholdVisitReassigned
    | HouseholdVisitRecorded
    | HouseholdVisitOverdue
    | HouseholdVisitCancelled
)
