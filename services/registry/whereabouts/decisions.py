"""Losing and finding a child, and confirming that it studies elsewhere. Rules 7-05, 9-08, 9-09."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from services.registry.children.child import Child
from services.registry.children.ids import ChildId
from services.registry.children.refusals import ChildNotRegistered
from services.registry.children.statuses import Attendance
from services.registry.policy import AgePolicy
from services.registry.transitions.guard import guard
from services.registry.transitions.papers import Papers
from services.registry.whereabouts.events import (
    ElsewhereConfirmed,
    ElsewhereLapsed,
    InquiryStubFiled,
    Level,
    WhereaboutsFound,
    WhereaboutsLost,
    WhereaboutsRechecked,
    WhereaboutsRecheckMissed,
)
from services.registry.whereabouts.refusals import InvestigatorMissing, NotUntraceable, StubOutOfOrder
from shared.calendar.terms import age_on, school_year_of
from shared.kernel.commands import Context
from shared.kernel.refusals import DateBefore, DateInFuture, RoleNotAllowed

COUNTY = frozenset({"county_admin", "bureau_officer"})
MAY_FILE = {
    Level.SCHOOL: COUNTY | {"school_admin"},
    Level.TOWNSHIP: COUNTY | {"township_clerk"},
    Level.COUNTY: COUNTY,
}
"""Whose stub it is."""
LEVELS = tuple(Level)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportLost:
    NAME: ClassVar[str] = "registry.report-lost"
    child_id: ChildId
    last_seen: str
    investigators: tuple[str, ...]
    lost_on: date
    papers: Papers = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FileInquiryStub:
    NAME: ClassVar[str] = "registry.file-inquiry-stub"
    child_id: ChildId
    level: Level
    number: str
    filed_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class RecheckWhereabouts:
    NAME: ClassVar[str] = "registry.recheck-whereabouts"
    child_id: ChildId
    inquiry: str
    rechecked_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class MissRecheck:
    """Due a month after the last inquiry."""

    NAME: ClassVar[str] = "registry.miss-recheck"
    child_id: ChildId


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportFound:
    NAME: ClassVar[str] = "registry.report-found"
    child_id: ChildId
    place: str
    found_on: date
    papers: Papers = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfirmElsewhere:
    NAME: ClassVar[str] = "registry.confirm-elsewhere"
    child_id: ChildId
    province: str
    city: str
    county: str
    school_name: str
    grade: int
    out_of_province: bool
    verifier: str
    confirmed_on: date
    papers: Papers = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class LapseElsewhere:
    """Due when the next term has begun; it does nothing where somebody has confirmed again."""

    NAME: ClassVar[str] = "registry.lapse-elsewhere"
    child_id: ChildId


def report_lost(child: Child, command: ReportLost, context: Context) -> list[WhereaboutsLost]:
    """The school reports its pupils; of a child at no school the township does, on its own stub (rule 9-09)."""
    if child.enrolment is not None and context.caller.role not in MAY_FILE[Level.SCHOOL]:
        raise RoleNotAllowed(context.caller.role, "report a pupil of a school as lost")
    name = "WHEREABOUTS_LOST" if child.enrolment else "WHEREABOUTS_LOST_AT_NO_SCHOOL"
    guard(name, child, ("lost_on", command.lost_on), command.papers, context)
    if not any(command.investigators):
        raise InvestigatorMissing()
    return [
        WhereaboutsLost(
            child_id=child.id,
            after=child.attendance.value,
            last_seen=command.last_seen,
            investigators=list(command.investigators),
            papers=list(command.papers),
            lost_on=command.lost_on,
            cycle=child.cycle,
        )
    ]


def file_stub(child: Child, command: FileInquiryStub, context: Context) -> list[InquiryStubFiled]:
    """One after the other: a level passes on what the level below has passed on."""
    if context.caller.role not in MAY_FILE[command.level]:
        raise RoleNotAllowed(context.caller.role, f"file the stub of {command.level}")
    _check_untraceable(child, "filed_on", command.filed_on, context)
    if command.level in child.inquiry_stubs:
        return []
    if command.level is not (following := _next_level(child)):
        raise StubOutOfOrder(following)
    return [InquiryStubFiled(child_id=child.id, level=command.level, number=command.number, filed_on=command.filed_on)]


def _next_level(child: Child) -> Level:
    """Above the highest that has filed; of a child at no school the township is the first."""
    filed = [LEVELS.index(Level(each)) for each in child.inquiry_stubs]
    first = LEVELS.index(Level.SCHOOL if child.enrolment else Level.TOWNSHIP)
    return LEVELS[min(max([first, *(each + 1 for each in filed)]), len(LEVELS) - 1)]


def recheck(child: Child, command: RecheckWhereabouts, context: Context) -> list[WhereaboutsRechecked]:
    _check_untraceable(child, "rechecked_on", command.rechecked_on, context)
    return [WhereaboutsRechecked(child_id=child.id, inquiry=command.inquiry, rechecked_on=command.rechecked_on)]


def miss_recheck(child: Child, _: MissRecheck, context: Context) -> list[WhereaboutsRecheckMissed]:
    if child.attendance is not Attendance.UNTRACEABLE:
        return []
    return [WhereaboutsRecheckMissed(child_id=child.id, missed_on=context.today)]


def report_found(child: Child, command: ReportFound, context: Context) -> list[WhereaboutsFound]:
    guard("WHEREABOUTS_FOUND", child, ("found_on", command.found_on), command.papers, context)
    back_to = child.before_lost or Attendance.NEVER_ENROLLED
    if back_to is Attendance.NEVER_ENROLLED and child.enrolment is not None:
        back_to = Attendance.ABSENT_UNEXCUSED  # it was given a place meanwhile, and has not come
    absent_since = child.absent_since or command.found_on if back_to is Attendance.ABSENT_UNEXCUSED else None
    return [
        WhereaboutsFound(
            child_id=child.id,
            place=command.place,
            papers=list(command.papers),
            back_to=back_to.value,
            absent_since=absent_since,
            found_on=command.found_on,
        )
    ]


def confirm_elsewhere(child: Child, command: ConfirmElsewhere, context: Context) -> list[ElsewhereConfirmed]:
    guard("ELSEWHERE", child, ("confirmed_on", command.confirmed_on), command.papers, context)
    return [
        ElsewhereConfirmed(
            child_id=child.id,
            province=command.province,
            city=command.city,
            county=command.county,
            school_name=command.school_name,
            grade=command.grade,
            out_of_province=command.out_of_province,
            verifier=command.verifier,
            papers=list(command.papers),
            confirmed_on=command.confirmed_on,
            cycle=child.cycle,
        )
    ]


def lapse_elsewhere(policy: AgePolicy, child: Child, _: LapseElsewhere, context: Context) -> list[ElsewhereLapsed]:
    """Back to where a child stands of whom nothing else is known: by its student file here, or by its age."""
    if child.attendance is not Attendance.ELSEWHERE_CONFIRMED or child.elsewhere_on is None:
        return []
    enrolled = child.enrolment is not None
    at_no_school = Attendance.NEVER_ENROLLED if not _too_young(policy, child, context.today) else Attendance.NOT_DUE
    back_to = Attendance.ABSENT_UNEXCUSED if enrolled else at_no_school
    return [
        ElsewhereLapsed(
            child_id=child.id,
            confirmed_on=child.elsewhere_on,
            back_to=back_to.value,
            absent_since=context.today if enrolled else None,
            lapsed_on=context.today,
        )
    ]


def _too_young(policy: AgePolicy, child: Child, today: date) -> bool:
    return age_on(child.birth_date, school_year_of(today).age_cut_off) < policy.youngest


def _check_untraceable(child: Child, field: str, day: date, context: Context) -> None:
    if not child.registered:
        raise ChildNotRegistered()
    if child.attendance is not Attendance.UNTRACEABLE or child.lost_on is None:
        raise NotUntraceable()
    if day > context.today:
        raise DateInFuture(field)
    if day < child.lost_on:
        raise DateBefore(field, "去向不明日期", "the day on which it was lost", child.lost_on)
