"""What happened to a child's attendance.

A *spell* is a run of unexcused days that no day of presence or approved leave has ended; its first day is
`absent_since`. `cycle` counts the suspicions of one child, from 1.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from services.registry.attendance.marks import MarkKind
from services.registry.children.ids import ChildId, SchoolCode


@dataclass(frozen=True, slots=True, kw_only=True)
class AbsenceRecorded:
    """An unexcused day. `absent_since`: the first day of the spell that stands now; null when the child is presumed
    to have come since.

    `on_leave`: with no spell standing, the last day known of the child is one of leave. `on_probation`: shortly after
    a return, where less patience holds. `believed_from`: of an old sheet, the moment
    before which nobody acts upon the spell, for the next sheet may show the child back; otherwise null.
    """

    TYPE: ClassVar[str] = "registry.absence-recorded.v1"
    OCCURRED_ON: ClassVar[str] = "day"
    child_id: ChildId
    school_code: SchoolCode
    day: date
    absent_since: date | None
    on_leave: bool
    kind: MarkKind
    remark: str
    on_probation: bool
    believed_from: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class LeaveRecorded:
    """An approved day of leave. It ends a spell up to this day; `absent_since` is where a later rest begins.

    `steady_since`: on probation, the day from which unbroken attendance counts; otherwise null. `on_leave` and
    `believed_from` as in AbsenceRecorded.
    """

    TYPE: ClassVar[str] = "registry.leave-recorded.v1"
    OCCURRED_ON: ClassVar[str] = "day"
    child_id: ChildId
    day: date
    kind: MarkKind
    remark: str
    absent_since: date | None
    on_leave: bool
    on_probation: bool
    steady_since: date | None
    believed_from: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AttendanceResumed:
    """The child came on `present_on`, and was not suspected. Otherwise as LeaveRecorded.

    `inferred`: nobody said so; it was concluded from a complete sheet of the class, or a headcount that adds up, that
    does not name the child. Such presence gives way to an absence that somebody says of the same day.
    """

    TYPE: ClassVar[str] = "registry.attendance-resumed.v1"
    OCCURRED_ON: ClassVar[str] = "present_on"
    child_id: ChildId
    school_code: SchoolCode
    present_on: date
    inferred: bool
    absent_since: date | None
    on_leave: bool
    on_probation: bool
    steady_since: date | None
    believed_from: datetime | None


DayEvent = AbsenceRecorded | LeaveRecorded | AttendanceResumed


@dataclass(frozen=True, slots=True, kw_only=True)
class SuspectedDropoutFlagged:
    """Absent too long without excuse: somebody must go and see. `reason` is the school's when it flagged by hand."""

    TYPE: ClassVar[str] = "registry.suspected-dropout-flagged.v1"
    OCCURRED_ON: ClassVar[str] = "flagged_on"
    child_id: ChildId
    school_code: SchoolCode
    grade: int
    class_no: int
    absent_since: date
    flagged_on: date
    poor: bool
    cycle: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PersuasionNoted:
    """The visits service recorded another attempt; `attempts` and `failed` count within the cycle."""

    TYPE: ClassVar[str] = "registry.persuasion-noted.v1"
    OCCURRED_ON: ClassVar[str] = "noted_on"
    child_id: ChildId
    attempts: int
    failed: int
    last_result: str
    noted_on: date
    cycle: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DropoutConfirmed:
    """The school states after failed persuasion that the child has dropped out. The student file is kept."""

    TYPE: ClassVar[str] = "registry.dropout-confirmed.v1"
    OCCURRED_ON: ClassVar[str] = "confirmed_on"
    child_id: ChildId
    school_code: SchoolCode
    absent_since: date
    confirmed_on: date
    cause: str
    cycle: int


@dataclass(frozen=True, slots=True, kw_only=True)
class StudentReturned:
    """The child checked in at its school after suspicion or dropout (`after`); probation begins."""

    TYPE: ClassVar[str] = "registry.student-returned.v1"
    OCCURRED_ON: ClassVar[str] = "returned_on"
    child_id: ChildId
    school_code: SchoolCode
    away_since: date
    returned_on: date
    after: str
    evidence: list[str]
    cycle: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnStabilised:
    """Long enough back without an unexcused day."""

    TYPE: ClassVar[str] = "registry.return-stabilised.v1"
    OCCURRED_ON: ClassVar[str] = "stabilised_on"
    child_id: ChildId
    school_code: SchoolCode
    returned_on: date
    stabilised_on: date
    cycle: int


@dataclass(frozen=True, slots=True, kw_only=True)
class StudentRelapsed:
    """Away again during probation: suspected at once, in the next cycle."""

    TYPE: ClassVar[str] = "registry.student-relapsed.v1"
    OCCURRED_ON: ClassVar[str] = "relapsed_on"
    child_id: ChildId
    school_code: SchoolCode
    absent_since: date
    relapsed_on: date
    poor: bool
    relapse_count: int
    cycle: int


AttendanceEvent = (
    AbsenceRecorded
    | LeaveRecorded
    | AttendanceResumed
    | SuspectedDropoutFlagged
    | PersuasionNoted
    | DropoutConfirmed
    | StudentReturned
    | ReturnStabilised
    | StudentRelapsed
)
