"""How a child comes into school. All lie in the child's stream."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import ClassVar

from services.registry.children.ids import ChildId, SchoolCode
from services.registry.transitions.papers import Paper


class Finding(StrEnum):
    """How a child at no school came to light."""

    NOT_ENROLLED = "NOT_ENROLLED"  # the day for it has gone by
    LISTS = "LISTS"  # the population has it, the student files have not
    REPORT = "REPORT"  # somebody went and asked


FINDING_LABELS: dict[str, str] = {
    Finding.NOT_ENROLLED: "逾期未入学",
    Finding.LISTS: "名单比对",
    Finding.REPORT: "摸排上报",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ChildBecameDue:
    """The child has come to school age and is at no school."""

    TYPE: ClassVar[str] = "registry.child-became-due.v1"
    OCCURRED_ON: ClassVar[str] = "due_on"
    child_id: ChildId
    due_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class EnrolmentNoticeIssued:
    """入学通知书: the guardian is told to bring the child to this school by `report_by`."""

    TYPE: ClassVar[str] = "registry.enrolment-notice-issued.v1"
    OCCURRED_ON: ClassVar[str] = "issued_on"
    child_id: ChildId
    notice_no: str
    school_code: SchoolCode
    school_name: str
    report_by: date
    issued_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class RegistrationGapFound:
    """In class without a student file; why, and the school's certificate that the child is there. Rule 9-06."""

    TYPE: ClassVar[str] = "registry.registration-gap-found.v1"
    OCCURRED_ON: ClassVar[str] = "found_on"
    child_id: ChildId
    school_code: SchoolCode
    reason: str
    papers: list[Paper]
    complete_by: date
    found_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class RegistrationCompleted:
    """The number is there: the gap has closed."""

    TYPE: ClassVar[str] = "registry.registration-completed.v1"
    OCCURRED_ON: ClassVar[str] = "completed_on"
    child_id: ChildId
    school_code: SchoolCode
    completed_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class GateExplained:
    """Why one of the gates (八关) was not gone through. Rule 8-03."""

    TYPE: ClassVar[str] = "registry.gate-explained.v1"
    OCCURRED_ON: ClassVar[str] = "explained_on"
    child_id: ChildId
    gate: int
    reason: str
    explained_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class OutOfSchoolChildFound:
    """失学: of school age, and at no school since `absent_since`. Somebody must bring it in. Rule 9-07.

    `school_code`: the school that its enrolment notice names, or empty. `finding`: who or what found it.
    """

    TYPE: ClassVar[str] = "registry.out-of-school-child-found.v1"
    OCCURRED_ON: ClassVar[str] = "found_on"
    child_id: ChildId
    school_code: SchoolCode
    absent_since: date
    found_on: date
    finding: Finding
    remark: str
    poor: bool
    cycle: int


EnteringEvent = (
    ChildBecameDue
    | EnrolmentNoticeIssued
    | RegistrationGapFound
    | RegistrationCompleted
    | GateExplained
    | OutOfSchoolChildFound
)
