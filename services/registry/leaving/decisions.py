"""Graduation, primary school completed, death, abroad, declared missing: commands and decisions."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import ClassVar

from services.registry.children.child import Child, Enrolment
from services.registry.children.ids import ChildId, SchoolCode
from services.registry.children.refusals import NotEnrolled
from services.registry.children.statuses import AT_SCHOOL, Attendance, Registration
from services.registry.leaving.events import (
    Certificate,
    DeathRecorded,
    DeclaredMissing,
    GraduationRecorded,
    NextSchoolMissed,
    PrimaryCompleted,
    WentAbroad,
)
from services.registry.leaving.refusals import GraduatedWhileSuspended, NotInLastGrade, NotLostLongEnough, SameSchool
from services.registry.policy import LeavingPolicy
from services.registry.transitions.guard import guard
from services.registry.transitions.papers import Paper, Papers
from shared.calendar.terms import school_year_of
from shared.kernel.commands import Context


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordGraduation:
    NAME: ClassVar[str] = "registry.record-graduation"
    child_id: ChildId
    certificate: Certificate
    certificate_no: str
    graduated_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class CompletePrimary:
    """`next_school_name` is filled in by the handler."""

    NAME: ClassVar[str] = "registry.complete-primary"
    child_id: ChildId
    next_school_code: SchoolCode
    completed_on: date
    next_school_name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckNextSchool:
    """Due some days after the next school year begins; it does nothing when the child has arrived."""

    NAME: ClassVar[str] = "registry.check-next-school"
    child_id: ChildId


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordDeath:
    NAME: ClassVar[str] = "registry.record-death"
    child_id: ChildId
    died_on: date
    papers: Papers = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordAbroad:
    NAME: ClassVar[str] = "registry.record-abroad"
    child_id: ChildId
    country: str
    left_on: date
    papers: Papers = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordDeclaredMissing:
    NAME: ClassVar[str] = "registry.record-declared-missing"
    child_id: ChildId
    declared_on: date
    papers: Papers = ()


def record_graduation(
    policy: LeavingPolicy, child: Child, command: RecordGraduation, context: Context
) -> list[GraduationRecorded]:
    """A child with the same certificate already changes nothing: a list may come twice."""
    if child.attendance is Attendance.COMPLETED:
        return []
    kind = "DIPLOMA" if command.certificate is Certificate.DIPLOMA else "COMPLETION_CERTIFICATE"
    papers = [Paper(kind=kind, reference=command.certificate_no)]
    guard("GRADUATION", child, ("graduated_on", command.graduated_on), papers, context)
    if child.registration is Registration.SUSPENDED:
        raise GraduatedWhileSuspended()
    enrolment = _in_grade(child, policy.last_grade)
    return [
        GraduationRecorded(
            child_id=child.id,
            school_code=enrolment.school_code,
            certificate=command.certificate,
            certificate_no=command.certificate_no,
            graduated_on=command.graduated_on,
            cycle=child.cycle,
        )
    ]


def complete_primary(
    policy: LeavingPolicy, child: Child, command: CompletePrimary, context: Context
) -> list[PrimaryCompleted]:
    if child.next_school == command.next_school_code:
        return []
    guard("PRIMARY_COMPLETION", child, ("completed_on", command.completed_on), (), context)
    enrolment = _in_grade(child, policy.last_primary_grade)
    if enrolment.school_code == command.next_school_code:
        raise SameSchool()
    return [
        PrimaryCompleted(
            child_id=child.id,
            school_code=enrolment.school_code,
            next_school_code=command.next_school_code,
            next_school_name=command.next_school_name,
            completed_on=command.completed_on,
        )
    ]


def check_next_school(child: Child, _: CheckNextSchool, context: Context) -> list[NextSchoolMissed]:
    """Only a child of whom nothing else is known counts as absent: one that moved or died has left the wait."""
    if child.next_school is None or child.attendance not in AT_SCHOOL:
        return []
    return [
        NextSchoolMissed(
            child_id=child.id,
            next_school_code=child.next_school,
            absent_since=school_year_of(context.today).first_day,
            missed_on=context.today,
        )
    ]


def record_death(child: Child, command: RecordDeath, context: Context) -> list[DeathRecorded]:
    if child.attendance is Attendance.DECEASED:
        return []
    guard("DEATH", child, ("died_on", command.died_on), command.papers, context)
    return [
        DeathRecorded(
            child_id=child.id,
            after=child.attendance.value,
            papers=list(command.papers),
            died_on=command.died_on,
            cycle=child.cycle,
        )
    ]


def record_abroad(child: Child, command: RecordAbroad, context: Context) -> list[WentAbroad]:
    if child.attendance is Attendance.ABROAD:
        return []
    guard("ABROAD", child, ("left_on", command.left_on), command.papers, context)
    return [
        WentAbroad(
            child_id=child.id,
            country=command.country,
            papers=list(command.papers),
            left_on=command.left_on,
            cycle=child.cycle,
        )
    ]


def record_declared_missing(
    policy: LeavingPolicy, child: Child, command: RecordDeclaredMissing, context: Context
) -> list[DeclaredMissing]:
    if child.attendance is Attendance.MISSING_DECLARED:
        return []
    guard("DECLARED_MISSING", child, ("declared_on", command.declared_on), command.papers, context)
    lost_on = child.lost_on or context.today
    if command.declared_on < _years_after(lost_on, policy.missing_after_years):
        raise NotLostLongEnough(lost_on, policy.missing_after_years)
    return [
        DeclaredMissing(
            child_id=child.id,
            lost_on=lost_on,
            papers=list(command.papers),
            declared_on=command.declared_on,
            cycle=child.cycle,
        )
    ]


def _in_grade(child: Child, grade: int) -> Enrolment:
    if child.enrolment is None:
        raise NotEnrolled()
    if child.enrolment.grade != grade:
        raise NotInLastGrade(child.enrolment.grade, grade)
    return child.enrolment


def _years_after(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:  # 29 February
        return day.replace(year=day.year + years, day=28) + timedelta(days=1)
