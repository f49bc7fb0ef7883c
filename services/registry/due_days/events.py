"""A child's due day that moved because the county's calendar changed."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import ClassVar

from services.registry.children.ids import ChildId


class Matter(StrEnum):
    """What is due."""

    TRANSFER = "TRANSFER"
    RESPITE_REMINDER = "RESPITE_REMINDER"
    PLACEMENT_REVIEW = "PLACEMENT_REVIEW"
    REGISTRATION_GAP = "REGISTRATION_GAP"


class MoveReason(StrEnum):
    CALENDAR = "CALENDAR"


@dataclass(frozen=True, slots=True, kw_only=True)
class DueDayMoved:
    """`item`: the transfer's or application's id, else empty.

    Where only the mark goes, since the year's notice has been loaded, the two days are the same.
    """

    TYPE: ClassVar[str] = "registry.due-day-moved.v1"
    child_id: ChildId
    matter: Matter
    item: str
    due_before: date
    due_on: date
    provisional: bool
    reason: MoveReason
