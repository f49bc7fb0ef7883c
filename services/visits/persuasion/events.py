"""What was done to win the child back."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from services.visits.ids import ChildId, Division, PhotoHash, SchoolCode
from services.visits.persuasion.vocabulary import Method
from services.visits.vocabulary import Result, Whereabouts
from shared.calendar.lateness import Lateness


@dataclass(frozen=True, slots=True, kw_only=True)
class PersuasionPlanned:
    """After a confirmed dropout: by when each attempt is due, and which of these days may still move."""

    TYPE: ClassVar[str] = "visits.persuasion-planned.v1"
    OCCURRED_ON: ClassVar[str] = "planned_on"
    child_id: ChildId
    planned_on: date
    attempts_due: tuple[date, ...]
    cycle: int
    provisional: tuple[date, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PersuasionAttempted:
    """One attempt; `attempt_no` counts from 1 within the cycle.

    `due_on` and `lateness`: where the plan had set a day for it. `entered_on` is the day of the entry. `afterwards`:
    entered when the child was no longer to be persuaded, of a day on which it still was.
    """

    TYPE: ClassVar[str] = "visits.persuasion-attempted.v1"
    OCCURRED_ON: ClassVar[str] = "attempted_on"
    child_id: ChildId
    attempt_no: int
    method: Method
    attempted_on: date
    persons: tuple[str, ...]
    place: Whereabouts
    result: Result
    next_on: date | None
    photos: tuple[PhotoHash, ...]
    photos_reused: tuple[PhotoHash, ...]
    recorded_by: str
    due_on: date | None
    entered_on: date
    lateness: Lateness | None
    afterwards: bool
    cycle: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PersuasionStopped:
    """The child came back: nobody is to be persuaded any more. The team stays."""

    TYPE: ClassVar[str] = "visits.persuasion-stopped.v1"
    OCCURRED_ON: ClassVar[str] = "returned_on"
    child_id: ChildId
    division: Division
    school_code: SchoolCode
    returned_on: date
    attempts: int
    cycle: int


PersuasionEvent = PersuasionPlanned | PersuasionAttempted | PersuasionStopped
