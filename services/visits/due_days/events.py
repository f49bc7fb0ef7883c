"""A due day that moved because the county's calendar changed."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import ClassVar

from services.visits.ids import ChildId


class Matter(StrEnum):
    """What is due."""

    VISIT = "VISIT"
    ATTEMPT = "ATTEMPT"
    CHECK = "CHECK"


class MoveReason(StrEnum):
    CALENDAR = "CALENDAR"


@dataclass(frozen=True, slots=True, kw_only=True)
class DueDayMoved:
    """`item` is the visit's id, or the number of the attempt or check, from 1.

    Where only the mark goes, since the year's notice has been loaded, the two days are the same.
    """

    TYPE: ClassVar[str] = "visits.due-day-moved.v1"
    child_id: ChildId
    matter: Matter
    item: str
    due_before: date
    due_on: date
    provisional: bool
    reason: MoveReason
    cycle: int
