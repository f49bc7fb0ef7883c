"""How a child's schooling here ends, or goes on at the next school. All lie in the child's stream."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import ClassVar

from services.registry.children.ids import ChildId, SchoolCode
from services.registry.transitions.papers import Paper


class Certificate(StrEnum):
    """毕业 or 结业."""

    DIPLOMA = "DIPLOMA"
    COMPLETION = "COMPLETION"


@dataclass(frozen=True, slots=True, kw_only=True)
class GraduationRecorded:
    """The nine years are over."""

    TYPE: ClassVar[str] = "registry.graduation-recorded.v1"
    OCCURRED_ON: ClassVar[str] = "graduated_on"
    child_id: ChildId
    school_code: SchoolCode
    certificate: Certificate
    certificate_no: str
    graduated_on: date
    cycle: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PrimaryCompleted:
    """The six years of primary school are over; the junior school is awaited."""

    TYPE: ClassVar[str] = "registry.primary-completed.v1"
    OCCURRED_ON: ClassVar[str] = "completed_on"
    child_id: ChildId
    school_code: SchoolCode
    next_school_code: SchoolCode
    next_school_name: str
    completed_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class NextSchoolMissed:
    """The junior school has begun without the child. From `absent_since` on the child counts as absent."""

    TYPE: ClassVar[str] = "registry.next-school-missed.v1"
    OCCURRED_ON: ClassVar[str] = "missed_on"
    child_id: ChildId
    next_school_code: SchoolCode
    absent_since: date
    missed_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class DeathRecorded:
    """The child died. `after`: the status until then."""

    TYPE: ClassVar[str] = "registry.death-recorded.v1"
    OCCURRED_ON: ClassVar[str] = "died_on"
    child_id: ChildId
    after: str
    papers: list[Paper]
    died_on: date
    cycle: int


@dataclass(frozen=True, slots=True, kw_only=True)
class WentAbroad:
    """The child left the country; its student file is closed."""

    TYPE: ClassVar[str] = "registry.went-abroad.v1"
    OCCURRED_ON: ClassVar[str] = "left_on"
    child_id: ChildId
    country: str
    papers: list[Paper]
    left_on: date
    cycle: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DeclaredMissing:
    """A court has declared the child missing, years after every trace was lost."""

    TYPE: ClassVar[str] = "registry.declared-missing.v1"
    OCCURRED_ON: ClassVar[str] = "declared_on"
    child_id: ChildId
    lost_on: date
    papers: list[Paper]
    declared_on: date
    cycle: int


LeavingEvent = GraduationRecorded | PrimaryCompleted | NextSchoolMissed | DeathRecorded | WentAbroad | DeclaredMissing
