"""What happens to a return case. Every event names its cycle: a relapse or a fresh suspicion begins the next."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import ClassVar

from services.supervision.ids import ChildId
from services.supervision.obligations.duties import Duty
from services.supervision.return_cases.reasons import ClosureReason, Evidence


class Trigger(StrEnum):
    """What began a cycle."""

    SUSPICION = "SUSPICION"
    RELAPSE = "RELAPSE"
    OUT_OF_SCHOOL = "OUT_OF_SCHOOL"  # of school age, and never came


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseOpened:
    """The child's first cycle begins. `opened_by` is whoever caused the fact that opened it."""

    TYPE: ClassVar[str] = "supervision.case-opened.v1"
    OCCURRED_ON: ClassVar[str] = "opened_on"
    child_id: ChildId
    cycle: int
    division: str
    school_code: str
    absent_since: date
    opened_on: date
    opened_by: str
    poor: bool
    trigger: Trigger = Trigger.SUSPICION


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseReopened:
    """A later cycle begins; `previous_cycle` stays readable as it was."""

    TYPE: ClassVar[str] = "supervision.case-reopened.v1"
    OCCURRED_ON: ClassVar[str] = "opened_on"
    child_id: ChildId
    cycle: int
    previous_cycle: int
    trigger: Trigger
    division: str
    school_code: str
    absent_since: date
    opened_on: date
    opened_by: str
    poor: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseTeamNoted:
    """Teacher, village cadre and guardian (三帮一) work on the child's return."""

    TYPE: ClassVar[str] = "supervision.case-team-noted.v1"
    child_id: ChildId
    cycle: int
    teacher: str
    village_cadre: str
    guardian: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AttemptNoted:
    TYPE: ClassVar[str] = "supervision.attempt-noted.v1"
    OCCURRED_ON: ClassVar[str] = "attempted_on"
    child_id: ChildId
    cycle: int
    attempt_no: int
    method: str
    attempted_on: date
    result: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HouseholdVisitNoted:
    TYPE: ClassVar[str] = "supervision.household-visit-noted.v1"
    OCCURRED_ON: ClassVar[str] = "visited_on"
    child_id: ChildId
    cycle: int
    visit_id: str
    visited_on: date
    cause: str
    result: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CasePersuading:
    """The dropout is confirmed: persuasion by the whole team begins."""

    TYPE: ClassVar[str] = "supervision.case-persuading.v1"
    OCCURRED_ON: ClassVar[str] = "confirmed_on"
    child_id: ChildId
    cycle: int
    confirmed_on: date
    cause: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportedUp:
    """The school reported; the document is kept under `document` (number or file reference)."""

    TYPE: ClassVar[str] = "supervision.reported-up.v1"
    OCCURRED_ON: ClassVar[str] = "reported_on"
    child_id: ChildId
    cycle: int
    duty: Duty
    reported_on: date
    document: str
    recipients: tuple[str, ...]
    reported_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseVerifying:
    """The child is back; `return_event` is the one return that may close this cycle."""

    TYPE: ClassVar[str] = "supervision.case-verifying.v1"
    OCCURRED_ON: ClassVar[str] = "returned_on"
    child_id: ChildId
    cycle: int
    returned_on: date
    return_event: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ClocksStopped:
    """No clock of this cycle runs any more; `clocks` are the deadline keys that stood."""

    TYPE: ClassVar[str] = "supervision.clocks-stopped.v1"
    OCCURRED_ON: ClassVar[str] = "stopped_on"
    child_id: ChildId
    cycle: int
    clocks: tuple[str, ...]
    stopped_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseStabilised:
    """The child stayed in class long enough: the case can be closed."""

    TYPE: ClassVar[str] = "supervision.case-stabilised.v1"
    OCCURRED_ON: ClassVar[str] = "stabilised_on"
    child_id: ChildId
    cycle: int
    stabilised_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosureRequested:
    TYPE: ClassVar[str] = "supervision.closure-requested.v1"
    OCCURRED_ON: ClassVar[str] = "requested_on"
    child_id: ChildId
    cycle: int
    reason: ClosureReason
    evidence: tuple[Evidence, ...]
    return_event: str | None
    requested_on: date
    requested_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosureRejected:
    """The request was sent back; the case stays open, and a better one may follow."""

    TYPE: ClassVar[str] = "supervision.closure-rejected.v1"
    OCCURRED_ON: ClassVar[str] = "rejected_on"
    child_id: ChildId
    cycle: int
    ground: str
    requested_by: str
    rejected_on: date
    rejected_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseClosed:
    """销号: one child, one cycle, and for a return exactly one return event."""

    TYPE: ClassVar[str] = "supervision.case-closed.v1"
    OCCURRED_ON: ClassVar[str] = "closed_on"
    child_id: ChildId
    cycle: int
    reason: ClosureReason
    evidence: tuple[Evidence, ...]
    return_event: str | None
    requested_by: str
    closed_on: date
    closed_by: str


Begun = CaseOpened | CaseReopened
Progress = (
    CaseTeamNoted
    | AttemptNoted
    | HouseholdVisitNoted
    | CasePersuading
    | ReportedUp
    | CaseVerifying
    | ClocksStopped
    | CaseStabilised
    | ClosureRequested
    | ClosureRejected
    | CaseClosed
)
