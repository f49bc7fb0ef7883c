"""What happens to a programme."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from services.assistance.ids import ChildId, ProgrammeId


@dataclass(frozen=True, slots=True, kw_only=True)
class Standard:
    """What a pupil of one level (PRIMARY, JUNIOR), boarding or not, gets a year."""

    level: str
    boarder: bool
    year_fen: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgrammeOpened:
    """A programme pays from its first term on.

    `categories` are the household categories that make a child eligible; `conflicts` are programmes that a child
    cannot have at the same time; `attendance_bound` ones wait while a child is suspected to have dropped out and
    stop while it has; `memo` is what the bank prints beside the payment.
    """

    TYPE: ClassVar[str] = "assistance.programme-opened.v1"
    OCCURRED_ON: ClassVar[str] = "opened_on"
    programme_id: ProgrammeId
    name: str
    division: str
    memo: str
    standards: list[Standard]
    categories: list[str]
    attendance_bound: bool
    first_term: str
    conflicts: list[ProgrammeId]
    opened_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ChildrenAssessed:
    """All known children up to `through` in the order of their ids were assessed; `finished` says none is left."""

    TYPE: ClassVar[str] = "assistance.children-assessed.v1"
    programme_id: ProgrammeId
    run: str
    through: ChildId
    seen: int
    finished: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class AssessmentRequested:
    """Somebody asked to assess all known children again; `run` names the pass."""

    TYPE: ClassVar[str] = "assistance.assessment-requested.v1"
    programme_id: ProgrammeId
    run: str


ProgrammeEvent = ProgrammeOpened | ChildrenAssessed | AssessmentRequested
PROGRAMME_EVENTS = (ProgrammeOpened, ChildrenAssessed, AssessmentRequested)
