"""What the school has done about a dropout in the national student-file system. Rules 10-10, 11-06."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from services.registry.children.ids import ChildId, SchoolCode
from services.registry.transitions.papers import Paper


@dataclass(frozen=True, slots=True, kw_only=True)
class DropoutMarked:
    """The national system calls the pupil a dropout too. `receipt`: the number that it gave."""

    TYPE: ClassVar[str] = "registry.dropout-marked.v1"
    OCCURRED_ON: ClassVar[str] = "marked_on"
    child_id: ChildId
    receipt: str
    marked_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class DropoutUnmarked:
    """The mark is taken off there, for the pupil is back, or is none of the school's any more."""

    TYPE: ClassVar[str] = "registry.dropout-unmarked.v1"
    OCCURRED_ON: ClassVar[str] = "unmarked_on"
    child_id: ChildId
    receipt: str
    unmarked_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class DropoutMarkCorrected:
    """The child never was away: the suspicion or confirmed dropout was a mistake, and is undone from its beginning.

    `after`: the mistaken status; `back_to`: the restored one; `away_since`: the first day that was taken for absence.
    """

    TYPE: ClassVar[str] = "registry.dropout-mark-corrected.v1"
    OCCURRED_ON: ClassVar[str] = "corrected_on"
    child_id: ChildId
    school_code: SchoolCode
    after: str
    back_to: str
    away_since: date
    reason: str
    papers: list[Paper]
    cycle: int
    corrected_on: date


MarkEvent = DropoutMarked | DropoutUnmarked | DropoutMarkCorrected
