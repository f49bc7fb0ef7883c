"""School age, the enrolment notice, registration gaps and skipped gates: commands and decisions. C-2, 1, 2, 6."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from services.registry.attendance.daily import enrolment_of
from services.registry.children.child import Child
from services.registry.children.files import is_of_age
from services.registry.children.ids import ChildId, SchoolCode
from services.registry.children.refusals import ChildNotRegistered
from services.registry.children.statuses import Attendance, StudentNumberKind
from services.registry.entering.events import (
    ChildBecameDue,
    EnrolmentNoticeIssued,
    GateExplained,
    RegistrationGapFound,
)
from services.registry.entering.gates import GATE_LABELS, GateState, gates
from services.registry.entering.refusals import GateNotSkipped, RegisteredAlready, ReportBeforeNotice
from services.registry.policy import AgePolicy
from services.registry.transitions.guard import guard
from services.registry.transitions.papers import Papers
from shared.calendar import SchoolCalendar
from shared.kernel.commands import Context
from shared.kernel.refusals import DateInFuture


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckDue:
    """Due on the first day of the school year for which the child is old enough."""

    NAME: ClassVar[str] = "registry.check-due"
    child_id: ChildId


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueEnrolmentNotice:
    """`school_name` is filled in by the handler."""

    NAME: ClassVar[str] = "registry.issue-enrolment-notice"
    child_id: ChildId
    notice_no: str
    school_code: SchoolCode
    report_by: date
    issued_on: date
    school_name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportRegistrationGap:
    NAME: ClassVar[str] = "registry.report-registration-gap"
    child_id: ChildId
    reason: str
    found_on: date
    papers: Papers


@dataclass(frozen=True, slots=True, kw_only=True)
class ExplainGate:
    NAME: ClassVar[str] = "registry.explain-gate"
    child_id: ChildId
    gate: int
    reason: str
    explained_on: date


def check_due(policy: AgePolicy, child: Child, _: CheckDue, context: Context) -> list[ChildBecameDue]:
    """Only of a child that is nowhere yet: one at school, deferred or gone is where it is."""
    if child.attendance is not Attendance.NOT_DUE or not is_of_age(policy, child.birth_date, context.today):
        return []
    return [ChildBecameDue(child_id=child.id, due_on=context.today)]


def issue_notice(child: Child, command: IssueEnrolmentNotice, context: Context) -> list[EnrolmentNoticeIssued]:
    """The same notice again changes nothing."""
    if child.notice is not None and child.notice.notice_no == command.notice_no:
        return []
    guard("ENROLMENT_NOTICE", child, ("issued_on", command.issued_on), (), context)
    if command.report_by < command.issued_on:
        raise ReportBeforeNotice()
    return [
        EnrolmentNoticeIssued(
            child_id=child.id,
            notice_no=command.notice_no,
            school_code=command.school_code,
            school_name=command.school_name,
            report_by=command.report_by,
            issued_on=command.issued_on,
        )
    ]


def report_gap(
    calendar: SchoolCalendar, child: Child, command: ReportRegistrationGap, context: Context
) -> list[RegistrationGapFound]:
    """To be closed within the term."""
    if child.attendance is Attendance.IN_SCHOOL_UNREGISTERED:
        return []
    guard("REGISTRATION_GAP", child, ("found_on", command.found_on), command.papers, context)
    enrolment = enrolment_of(child)
    if enrolment.student_number_kind is not StudentNumberKind.NONE:
        raise RegisteredAlready()
    return [
        RegistrationGapFound(
            child_id=child.id,
            school_code=enrolment.school_code,
            reason=command.reason,
            papers=list(command.papers),
            complete_by=calendar.terms.term_at_or_after(command.found_on).last_day,
            found_on=command.found_on,
        )
    ]


def explain_gate(child: Child, command: ExplainGate, context: Context) -> list[GateExplained]:
    """Only a gate that was skipped, or has been explained otherwise."""
    if not child.registered:
        raise ChildNotRegistered()
    if command.explained_on > context.today:
        raise DateInFuture("explained_on")
    gate = gates(child.passages, child.gates_explained)[command.gate - 1]
    if gate.state not in (GateState.SKIPPED, GateState.EXPLAINED):
        raise GateNotSkipped(GATE_LABELS[command.gate])
    if gate.reason == command.reason:
        return []
    return [
        GateExplained(child_id=child.id, gate=command.gate, reason=command.reason, explained_on=command.explained_on)
    ]
