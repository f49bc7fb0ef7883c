"""Placing a disabled child, looking again each term, home teaching that nobody gives. C-2, transitions 19 to 21."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import ClassVar

from services.registry.attendance.daily import enrolment_of
from services.registry.attendance.events import SuspectedDropoutFlagged
from services.registry.children.child import Child
from services.registry.children.ids import ChildId
from services.registry.children.refusals import ChildNotRegistered
from services.registry.children.statuses import ENDED, Attendance, StudentNumberKind
from services.registry.placements.events import (
    HomeTeachingLapsed,
    HomeTeachingStarted,
    PlacementDecided,
    PlacementReviewed,
    PlacementReviewMissed,
)
from services.registry.placements.kinds import PlacementKind, placings
from services.registry.placements.refusals import (
    FileNeededFirst,
    MonthNotOver,
    NotOnDisabilityList,
    NotPlaced,
    NotTaughtAtHome,
    QuotaMet,
    SamePlacement,
    TeacherMissing,
)
from services.registry.policy import PlacementPolicy
from services.registry.transitions.catalogue import transitions
from services.registry.transitions.guard import guard
from services.registry.transitions.papers import Papers, missing_from
from services.registry.transitions.refusals import PapersMissing
from shared.calendar import SchoolCalendar, TermCalendar
from shared.kernel.commands import Context
from shared.kernel.refusals import DateBefore, DateInFuture

DISABLED = "DISABLED"
REVIEW_PAPERS = ("COMMITTEE_OPINION",)


@dataclass(frozen=True, slots=True, kw_only=True)
class DecidePlacement:
    """`teacher` is who teaches at home."""

    NAME: ClassVar[str] = "registry.decide-placement"
    child_id: ChildId
    placement: PlacementKind
    reason: str
    decided_on: date
    papers: Papers
    teacher: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewPlacement:
    """The committee looked again, and nothing changes."""

    NAME: ClassVar[str] = "registry.review-placement"
    child_id: ChildId
    reviewed_on: date
    papers: Papers


@dataclass(frozen=True, slots=True, kw_only=True)
class MissPlacementReview:
    """Due when the next term has begun; it does nothing where somebody has looked again."""

    NAME: ClassVar[str] = "registry.miss-placement-review"
    child_id: ChildId


@dataclass(frozen=True, slots=True, kw_only=True)
class LapseHomeTeaching:
    """`month`: any day of it; `valid_sessions`: those long enough, with all their evidence."""

    NAME: ClassVar[str] = "registry.lapse-home-teaching"
    child_id: ChildId
    month: date
    valid_sessions: int


def decide_placement(
    policy: PlacementPolicy, calendar: SchoolCalendar, child: Child, command: DecidePlacement, context: Context
) -> list[PlacementDecided | HomeTeachingStarted]:
    placing = placings()[command.placement]
    guard(placing.transition, child, ("decided_on", command.decided_on), command.papers, context)
    enrolment = enrolment_of(child)
    if DISABLED not in child.groups:
        raise NotOnDisabilityList()
    if child.placement is command.placement and child.attendance is placing.status:
        raise SamePlacement(placing.label)
    due = review_by(policy, calendar.terms, command.decided_on)
    if not placing.is_at_home:
        return [
            PlacementDecided(
                child_id=child.id,
                school_code=enrolment.school_code,
                placement=command.placement,
                was=child.attendance.value,
                reason=command.reason,
                papers=list(command.papers),
                review_by=due,
                decided_on=command.decided_on,
            )
        ]
    if enrolment.student_number_kind is StudentNumberKind.NONE:
        raise FileNeededFirst()
    if not command.teacher:
        raise TeacherMissing()
    return [
        HomeTeachingStarted(
            child_id=child.id,
            school_code=enrolment.school_code,
            placement=command.placement,
            teacher=command.teacher,
            was=child.attendance.value,
            reason=command.reason,
            papers=list(command.papers),
            review_by=due,
            cycle=child.cycle,
            started_on=command.decided_on,
        )
    ]


def review_placement(
    policy: PlacementPolicy, calendar: SchoolCalendar, child: Child, command: ReviewPlacement, context: Context
) -> list[PlacementReviewed]:
    if not child.registered:
        raise ChildNotRegistered()
    if child.placement is None or child.placed_on is None or child.attendance in ENDED:
        raise NotPlaced()
    if command.reviewed_on > context.today:
        raise DateInFuture("reviewed_on")
    if command.reviewed_on < child.placed_on:
        raise DateBefore("reviewed_on", "安置日期", "the placement", child.placed_on)
    if missing := missing_from(command.papers, REVIEW_PAPERS):
        raise PapersMissing("安置复评", [transitions().paper[kind] for kind in missing])
    return [
        PlacementReviewed(
            child_id=child.id,
            placement=child.placement,
            papers=list(command.papers),
            review_by=review_by(policy, calendar.terms, command.reviewed_on),
            reviewed_on=command.reviewed_on,
        )
    ]


def miss_placement_review(child: Child, _: MissPlacementReview, context: Context) -> list[PlacementReviewMissed]:
    if child.review_by is None or child.attendance in ENDED or context.today <= child.review_by:
        return []
    return [PlacementReviewMissed(child_id=child.id, review_by=child.review_by, missed_on=context.today)]


def lapse_home_teaching(
    policy: PlacementPolicy, child: Child, command: LapseHomeTeaching, context: Context
) -> list[HomeTeachingLapsed | SuspectedDropoutFlagged]:
    """Nobody taught the child: it is suspected of having dropped out since the month began, or since it was placed."""
    enrolment = enrolment_of(child)
    if child.attendance is not Attendance.HOME_TEACHING or child.placed_on is None:
        raise NotTaughtAtHome()
    first = command.month.replace(day=1)
    following = (first + timedelta(days=31)).replace(day=1)
    if following > context.today:
        raise MonthNotOver()
    if child.placed_on >= following:
        raise DateBefore("month", "安置日期", "the placement", child.placed_on)
    if command.valid_sessions >= policy.valid_sessions_a_month:
        raise QuotaMet(policy.valid_sessions_a_month)
    since = max(first, child.placed_on)
    lapsed = HomeTeachingLapsed(
        child_id=child.id,
        month=first,
        school_code=enrolment.school_code,
        valid_sessions=command.valid_sessions,
        absent_since=since,
        lapsed_on=context.today,
        cycle=child.cycle + 1,
    )
    suspected = SuspectedDropoutFlagged(
        child_id=child.id,
        school_code=enrolment.school_code,
        grade=enrolment.grade,
        class_no=enrolment.class_no,
        absent_since=since,
        flagged_on=context.today,
        poor=child.category.is_poor,
        cycle=child.cycle + 1,
        reason="送教中断",
    )
    return [lapsed, suspected]


def review_by(policy: PlacementPolicy, terms: TermCalendar, day: date) -> date:
    """Some days after the next term begins: the committee looks again each term."""
    present = terms.term_at_or_after(day)
    following = terms.term_at_or_after(present.last_day + timedelta(days=1))
    return following.first_day + timedelta(days=policy.reviewed_within_days)
