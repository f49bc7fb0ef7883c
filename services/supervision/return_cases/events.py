"""What happens to a return case. Every event names its cycle: a relapse or a fresh suspicion begins the next."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import ClassVar

from services.supervision.facts import Fact
from services.supervision.ids import ChildId
from services.supervision.obligations.duties import Duty
from services.supervision.return_cases.reasons import ClosureReason, Evidence
from services.supervision.return_notices.events import StopReason


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


class MoveCause(StrEnum):
    """Why the child stands elsewhere now."""

    ENROLLED = "ENROLLED"
    TRANSFERRED = "TRANSFERRED"
    SCHOOL_CLOSED = "SCHOOL_CLOSED"  # or merged: a receiving school was assigned
    FILE_CORRECTED = "FILE_CORRECTED"
    FILES_MERGED = "FILES_MERGED"  # the other file says where the child stands
    FILES_PARTED = "FILES_PARTED"


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseMoved:
    """The child stands elsewhere, and so do the case, its open duties and its live notices from `moved_on` on.

    `fact` is the registry's event that says so. What was done keeps the place where it was done.
    """

    TYPE: ClassVar[str] = "supervision.case-moved.v1"
    OCCURRED_ON: ClassVar[str] = "moved_on"
    child_id: ChildId
    cycle: int
    from_division: str
    from_school_code: str
    division: str
    school_code: str
    because: MoveCause
    fact: Fact
    moved_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchEnded:
    """The registry says why nobody need look for the child any more: the case waits to be closed on that ground."""

    TYPE: ClassVar[str] = "supervision.search-ended.v1"
    OCCURRED_ON: ClassVar[str] = "ended_on"
    child_id: ChildId
    cycle: int
    because: StopReason
    fact: Fact
    ended_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class GroundLapsed:
    """The ground holds no longer, as the registry says by `fact`; a case that was closed on it is so told of.

    `reopens`: the ground never was, so that the cycle goes on as if nothing had ended it.
    """

    TYPE: ClassVar[str] = "supervision.ground-lapsed.v1"
    OCCURRED_ON: ClassVar[str] = "lapsed_on"
    child_id: ChildId
    cycle: int
    ground: StopReason
    fact: Fact
    reopens: bool
    lapsed_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class StabilityChecksPlanned:
    """The visits service will look so many times whether the returned child still comes."""

    TYPE: ClassVar[str] = "supervision.stability-checks-planned.v1"
    child_id: ChildId
    cycle: int
    planned: int


@dataclass(frozen=True, slots=True, kw_only=True)
class StabilityCheckNoted:
    """Somebody looked. `fact` is the visits service's record of it; `finding` its word for what was seen."""

    TYPE: ClassVar[str] = "supervision.stability-check-noted.v1"
    OCCURRED_ON: ClassVar[str] = "checked_on"
    child_id: ChildId
    cycle: int
    check_no: int
    checked_on: date
    finding: str
    fact: Fact


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
    """The household was visited on `visited_on`, and somebody entered it on `entered_on`."""

    TYPE: ClassVar[str] = "supervision.household-visit-noted.v1"
    OCCURRED_ON: ClassVar[str] = "visited_on"
    child_id: ChildId
    cycle: int
    visit_id: str
    visited_on: date
    entered_on: date
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
    """The child stayed in class long enough, as the registry says by `fact`."""

    TYPE: ClassVar[str] = "supervision.case-stabilised.v1"
    OCCURRED_ON: ClassVar[str] = "stabilised_on"
    child_id: ChildId
    cycle: int
    stabilised_on: date
    fact: Fact


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosureRequested:
    """Somebody asks for 销号 on the ground of `fact`, which the registry says.

    Of a return: `checks` are the visits service's records of stability checks that found the child in class,
    `missing_checks` the planned ones without such a record, and `unchecked_because` why.
    """

    TYPE: ClassVar[str] = "supervision.closure-requested.v1"
    OCCURRED_ON: ClassVar[str] = "requested_on"
    child_id: ChildId
    cycle: int
    reason: ClosureReason
    evidence: tuple[Evidence, ...]
    return_event: str | None
    fact: Fact
    checks: tuple[str, ...]
    missing_checks: tuple[int, ...]
    unchecked_because: str
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
    """销号: one child, one cycle, one fact that the registry says, and for a return exactly one return event.

    `missing_checks` and `unchecked_because` as they were asked with.
    """

    TYPE: ClassVar[str] = "supervision.case-closed.v1"
    OCCURRED_ON: ClassVar[str] = "closed_on"
    child_id: ChildId
    cycle: int
    reason: ClosureReason
    evidence: tuple[Evidence, ...]
    return_event: str | None
    fact: Fact
    missing_checks: tuple[int, ...]
    unchecked_because: str
    requested_by: str
    closed_on: date
    closed_by: str


Begun = CaseOpened | CaseReopened
Progress = (
    CaseMoved
    | SearchEnded
    | GroundLapsed
    | StabilityChecksPlanned
    | StabilityCheckNoted
    | CaseTeamNoted
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
