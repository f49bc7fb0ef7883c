"""What can be asked of a return case. Notes come from other services' facts and are never refused."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from services.supervision.facts import Fact
from services.supervision.ids import ChildId
from services.supervision.obligations.duties import Duty
from services.supervision.return_cases.events import MoveCause, Trigger
from services.supervision.return_cases.reasons import ClosureReason, Evidence
from services.supervision.return_notices.events import StopReason


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenCase:
    NAME: ClassVar[str] = "supervision.open-case"
    child_id: ChildId
    cycle: int
    trigger: Trigger
    division: str
    school_code: str
    absent_since: date
    opened_on: date
    opened_by: str
    poor: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteTeam:
    NAME: ClassVar[str] = "supervision.note-team"
    child_id: ChildId
    cycle: int
    teacher: str
    village_cadre: str
    guardian: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteAttempt:
    NAME: ClassVar[str] = "supervision.note-attempt"
    child_id: ChildId
    cycle: int
    attempt_no: int
    method: str
    attempted_on: date
    result: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteHouseholdVisit:
    NAME: ClassVar[str] = "supervision.note-household-visit"
    child_id: ChildId
    cycle: int
    visit_id: str
    visited_on: date
    entered_on: date
    cause: str
    result: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteDropout:
    NAME: ClassVar[str] = "supervision.note-dropout"
    child_id: ChildId
    cycle: int
    confirmed_on: date
    cause: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteReturn:
    NAME: ClassVar[str] = "supervision.note-return"
    child_id: ChildId
    cycle: int
    returned_on: date
    return_event: str


CURRENT = 0
"""As a cycle's number: whichever is the current one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EndSearch:
    """Nobody need look for the child: it is gone, away by right, or never was away. The case waits to be closed."""

    NAME: ClassVar[str] = "supervision.end-search"
    child_id: ChildId
    cycle: int
    because: StopReason
    fact: Fact
    ended_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteLapse:
    """What ended the search holds no longer; `reopens`: it never did."""

    NAME: ClassVar[str] = "supervision.note-lapse"
    child_id: ChildId
    ground: StopReason
    fact: Fact
    reopens: bool
    lapsed_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteBirth:
    """The file says another birth date from `corrected_on` on."""

    NAME: ClassVar[str] = "supervision.note-birth"
    child_id: ChildId
    born_on: date
    fact: Fact
    corrected_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveCase:
    """The child stands at this place now; at no school: the one that had the case last keeps it."""

    NAME: ClassVar[str] = "supervision.move-case"
    child_id: ChildId
    division: str
    school_code: str
    because: MoveCause
    fact: Fact
    moved_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteChecksPlanned:
    NAME: ClassVar[str] = "supervision.note-checks-planned"
    child_id: ChildId
    cycle: int
    planned: int


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteCheck:
    NAME: ClassVar[str] = "supervision.note-check"
    child_id: ChildId
    cycle: int
    check_no: int
    checked_on: date
    finding: str
    fact: Fact


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteStabilised:
    NAME: ClassVar[str] = "supervision.note-stabilised"
    child_id: ChildId
    cycle: int
    stabilised_on: date
    fact: Fact


@dataclass(frozen=True, slots=True, kw_only=True)
class MissObligation:
    """The end of a duty's due day has come."""

    NAME: ClassVar[str] = "supervision.miss-obligation"
    child_id: ChildId
    cycle: int
    duty: Duty


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportUp:
    """The school reports on the child; `document` is the report's number or file."""

    NAME: ClassVar[str] = "supervision.report-up"
    child_id: ChildId
    duty: Duty
    reported_on: date
    document: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestClosure:
    """Ask for 销号. `cycle` and `return_event` are what the asker has before them.

    `unchecked_because` is needed when stability checks of a returned child are missing.
    """

    NAME: ClassVar[str] = "supervision.request-closure"
    child_id: ChildId
    cycle: int
    reason: ClosureReason
    evidence: tuple[Evidence, ...]
    return_event: str | None = None
    unchecked_because: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RejectClosure:
    """Send a request for 销号 back, and say what is wrong with it."""

    NAME: ClassVar[str] = "supervision.reject-closure"
    child_id: ChildId
    cycle: int
    ground: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseCase:
    """Approve 销号 as it was asked for."""

    NAME: ClassVar[str] = "supervision.close-case"
    child_id: ChildId
    cycle: int
