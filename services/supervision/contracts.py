"""This service's own reading of the registry's and the visits service's events: only what it uses of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import ClassVar, get_args

from services.supervision.ids import ChildId
from shared.calendar import CalendarContent
from shared.kernel.events import EventTypes


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarLoaded:
    TYPE: ClassVar[str] = "registry.calendar-loaded.v1"
    content: CalendarContent


@dataclass(frozen=True, slots=True, kw_only=True)
class ChildRegistered:
    TYPE: ClassVar[str] = "registry.child-registered.v1"
    child_id: ChildId
    name: str
    birth_date: date
    guardian_name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChildEnrolled:
    TYPE: ClassVar[str] = "registry.child-enrolled.v1"
    child_id: ChildId
    school_code: str
    school_name: str
    grade: int
    class_no: int
    class_teacher: str
    enrolled_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class EnrolmentChanged:
    TYPE: ClassVar[str] = "registry.enrolment-changed.v1"
    child_id: ChildId
    grade: int
    class_no: int
    class_teacher: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HouseholdCategorySet:
    TYPE: ClassVar[str] = "registry.household-category-set.v1"
    child_id: ChildId
    category: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SuspectedDropoutFlagged:
    TYPE: ClassVar[str] = "registry.suspected-dropout-flagged.v1"
    child_id: ChildId
    school_code: str
    absent_since: date
    flagged_on: date
    poor: bool
    cycle: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OutOfSchoolChildFound:
    """`school_code`: the school that its notice names, or empty."""

    TYPE: ClassVar[str] = "registry.out-of-school-child-found.v1"
    child_id: ChildId
    school_code: str
    absent_since: date
    found_on: date
    poor: bool
    cycle: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DropoutConfirmed:
    TYPE: ClassVar[str] = "registry.dropout-confirmed.v1"
    child_id: ChildId
    confirmed_on: date
    cause: str
    cycle: int


@dataclass(frozen=True, slots=True, kw_only=True)
class StudentReturned:
    TYPE: ClassVar[str] = "registry.student-returned.v1"
    child_id: ChildId
    returned_on: date
    cycle: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnStabilised:
    TYPE: ClassVar[str] = "registry.return-stabilised.v1"
    child_id: ChildId
    stabilised_on: date
    cycle: int


@dataclass(frozen=True, slots=True, kw_only=True)
class StudentRelapsed:
    TYPE: ClassVar[str] = "registry.student-relapsed.v1"
    child_id: ChildId
    school_code: str
    absent_since: date
    relapsed_on: date
    poor: bool
    cycle: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PersuasionAttempted:
    TYPE: ClassVar[str] = "visits.persuasion-attempted.v1"
    child_id: ChildId
    attempt_no: int
    method: str
    attempted_on: date
    result: str
    cycle: int


@dataclass(frozen=True, slots=True, kw_only=True)
class HouseholdVisitRecorded:
    """`cycle` is 0 for a visit that answers no suspicion."""

    TYPE: ClassVar[str] = "visits.household-visit-recorded.v1"
    child_id: ChildId
    visit_id: str
    visited_on: date
    cause: str
    result: str
    cycle: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class StabilityChecksScheduled:
    TYPE: ClassVar[str] = "visits.stability-checks-scheduled.v1"
    child_id: ChildId
    checks: tuple[date, ...]
    cycle: int


@dataclass(frozen=True, slots=True, kw_only=True)
class StabilityCheckRecorded:
    TYPE: ClassVar[str] = "visits.stability-check-recorded.v1"
    child_id: ChildId
    check_no: int
    checked_on: date
    finding: str
    cycle: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnTeamAssigned:
    TYPE: ClassVar[str] = "visits.return-team-assigned.v1"
    child_id: ChildId
    teacher: str
    village_cadre: str
    guardian: str
    cycle: int


@dataclass(frozen=True, slots=True, kw_only=True)
class GuardianLinked:
    TYPE: ClassVar[str] = "registry.guardian-linked.v1"
    child_id: ChildId
    principal_name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GuardianUnlinked:
    TYPE: ClassVar[str] = "registry.guardian-unlinked.v1"
    child_id: ChildId
    principal_name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChildCorrected:
    TYPE: ClassVar[str] = "registry.child-corrected.v1"
    child_id: ChildId
    field: str
    new_value: str
    corrected_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class SuspensionApproved:
    TYPE: ClassVar[str] = "registry.suspension-approved.v1"
    child_id: ChildId
    approved_on: date
    cycle: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DeferralApproved:
    """`cycle` is 0 for a child that nobody sought."""

    TYPE: ClassVar[str] = "registry.deferral-approved.v1"
    child_id: ChildId
    approved_on: date
    cycle: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeTeachingStarted:
    TYPE: ClassVar[str] = "registry.home-teaching-started.v1"
    child_id: ChildId
    started_on: date
    cycle: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DropoutMarkCorrected:
    TYPE: ClassVar[str] = "registry.dropout-mark-corrected.v1"
    child_id: ChildId
    corrected_on: date
    cycle: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DeathRecorded:
    TYPE: ClassVar[str] = "registry.death-recorded.v1"
    child_id: ChildId
    died_on: date
    cycle: int


@dataclass(frozen=True, slots=True, kw_only=True)
class WentAbroad:
    TYPE: ClassVar[str] = "registry.went-abroad.v1"
    child_id: ChildId
    left_on: date
    cycle: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DeclaredMissing:
    TYPE: ClassVar[str] = "registry.declared-missing.v1"
    child_id: ChildId
    declared_on: date
    cycle: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ElsewhereConfirmed:
    TYPE: ClassVar[str] = "registry.elsewhere-confirmed.v1"
    child_id: ChildId
    confirmed_on: date
    cycle: int


@dataclass(frozen=True, slots=True, kw_only=True)
class GraduationRecorded:
    TYPE: ClassVar[str] = "registry.graduation-recorded.v1"
    child_id: ChildId
    graduated_on: date
    cycle: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DuplicateMerged:
    TYPE: ClassVar[str] = "registry.duplicate-merged.v1"
    child_id: ChildId
    merged_on: date
    cycle: int
    kept_division: str
    kept_school_code: str


Gone = (
    DeathRecorded
    | SuspensionApproved
    | WentAbroad
    | DeclaredMissing
    | ElsewhereConfirmed
    | GraduationRecorded
    | DuplicateMerged
    | HomeTeachingStarted
    | DeferralApproved
    | DropoutMarkCorrected
)
"""Nobody need look for the child any more: events with a day of their own and a cycle."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceivingSchoolAssigned:
    TYPE: ClassVar[str] = "registry.receiving-school-assigned.v1"
    child_id: ChildId
    receiving_school_code: str
    receiving_school_name: str
    grade: int
    moved_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferCompleted:
    TYPE: ClassVar[str] = "registry.transfer-completed.v1"
    child_id: ChildId
    receiving_school_code: str
    receiving_school_name: str
    grade: int
    moved_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferredOut:
    TYPE: ClassVar[str] = "registry.transferred-out.v1"
    child_id: ChildId
    moved_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class StudentResumed:
    TYPE: ClassVar[str] = "registry.student-resumed.v1"
    child_id: ChildId
    resumed_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ElsewhereLapsed:
    TYPE: ClassVar[str] = "registry.elsewhere-lapsed.v1"
    child_id: ChildId
    lapsed_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class DeferralExpired:
    TYPE: ClassVar[str] = "registry.deferral-expired.v1"
    child_id: ChildId
    expired_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class SuspensionExpired:
    TYPE: ClassVar[str] = "registry.suspension-expired.v1"
    child_id: ChildId
    expired_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeTeachingLapsed:
    TYPE: ClassVar[str] = "registry.home-teaching-lapsed.v1"
    child_id: ChildId
    lapsed_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class DuplicateUnmerged:
    TYPE: ClassVar[str] = "registry.duplicate-unmerged.v1"
    child_id: ChildId
    unmerged_on: date


Moved = ChildEnrolled | ReceivingSchoolAssigned | TransferCompleted | ChildCorrected | DuplicateUnmerged
"""The child may stand elsewhere since: where, says the event's place."""

Lapsed = ElsewhereLapsed | DeferralExpired | SuspensionExpired | HomeTeachingLapsed | DuplicateUnmerged
"""What had ended the search for the child holds no longer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DivisionRegistered:
    TYPE: ClassVar[str] = "registry.division-registered.v1"
    division_code: str
    name: str
    valid_from: date
    valid_to: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SchoolRegistered:
    TYPE: ClassVar[str] = "registry.school-registered.v1"
    school_code: str
    name: str


ChildFileEvent = (
    ChildRegistered
    | ReceivingSchoolAssigned
    | TransferCompleted
    | ChildCorrected
    | ChildEnrolled
    | EnrolmentChanged
    | HouseholdCategorySet
    | GuardianLinked
    | GuardianUnlinked
)

REGISTRY = EventTypes(
    [
        CalendarLoaded,
        DivisionRegistered,
        SchoolRegistered,
        ChildRegistered,
        ChildCorrected,
        ChildEnrolled,
        ReceivingSchoolAssigned,
        TransferCompleted,
        EnrolmentChanged,
        HouseholdCategorySet,
        GuardianLinked,
        GuardianUnlinked,
        SuspectedDropoutFlagged,
        OutOfSchoolChildFound,
        DropoutConfirmed,
        StudentReturned,
        ReturnStabilised,
        StudentRelapsed,
        TransferredOut,
        StudentResumed,
        *get_args(Gone),
        *get_args(Lapsed),
    ],
    ignored=[
        "registry.list-imported.v1",
        "registry.due-day-moved.v1",
        "registry.difference-found.v1",
        "registry.difference-reclassified.v1",
        "registry.difference-resolved.v1",
        "registry.difference-recurred.v1",
        "registry.difference-reopened.v1",
        "registry.reconciliation-run.v1",
        "registry.school-merged.v1",  # each of its pupils is told of by itself
        "registry.school-closed.v1",
        "registry.school-restored.v1",
        "registry.pupils-moved.v1",
        "registry.boarding-places-set.v1",
        "registry.guardian-account-set.v1",
        "registry.correction-requested.v1",
        "registry.correction-advanced.v1",
        "registry.correction-returned.v1",
        "registry.quality-issue-accepted.v1",
        "registry.dropout-marked.v1",
        "registry.dropout-unmarked.v1",
        "registry.primary-completed.v1",
        "registry.next-school-missed.v1",
        "registry.transfer-requested.v1",
        "registry.transfer-confirmed.v1",
        "registry.transfer-overdue.v1",
        "registry.transfer-ended.v1",
        "registry.transfer-arrived.v1",
        "registry.transfer-gap-found.v1",  # a suspicion follows it
        "registry.push-out-reported.v1",
        "registry.placement-decided.v1",
        "registry.placement-reviewed.v1",
        "registry.placement-review-missed.v1",
        "registry.external-system-told.v1",
        "registry.external-entry-returned.v1",
        "registry.risk-plan-set.v1",
        "registry.leading-post-filled.v1",
        "registry.leading-post-vacated.v1",
        "registry.central-school-named.v1",
        "registry.inspection-district-set.v1",
        "registry.inspection-district-dissolved.v1",
        "registry.village-profile-recorded.v1",
        "registry.village-exported.v1",
        "registry.enterprise-registered.v1",
        "registry.worker-surveyed.v1",
        "registry.child-became-due.v1",
        "registry.enrolment-notice-issued.v1",
        "registry.registration-gap-found.v1",
        "registry.registration-completed.v1",
        "registry.gate-explained.v1",
        "registry.whereabouts-lost.v1",
        "registry.inquiry-stub-filed.v1",
        "registry.whereabouts-rechecked.v1",
        "registry.whereabouts-recheck-missed.v1",
        "registry.whereabouts-found.v1",
        "registry.duplicate-found.v1",
        "registry.duplicate-resolved.v1",
        "registry.duplicate-absorbed.v1",
        "registry.duplicate-released.v1",
        "registry.roster-snapshot-taken.v1",
        "registry.class-counted.v1",
        "registry.class-day-counted.v1",
        "registry.class-day-handed-in.v1",
        "registry.headcount-signed-off.v1",
        "registry.headcount-reopened.v1",
        "registry.group-entered.v1",
        "registry.group-left.v1",
        "registry.absence-recorded.v1",
        "registry.leave-recorded.v1",
        "registry.attendance-resumed.v1",
        "registry.persuasion-noted.v1",
        "registry.respite-applied.v1",
        "registry.respite-refused.v1",
        "registry.respite-filed.v1",
        "registry.respite-ends-soon.v1",
    ],
)

VISITS = EventTypes(
    [
        PersuasionAttempted,
        HouseholdVisitRecorded,
        ReturnTeamAssigned,
        StabilityChecksScheduled,
        StabilityCheckRecorded,
    ],
    ignored=[
        "visits.class-teacher-assigned.v1",
        "visits.due-day-moved.v1",  # this service computes its own days anew
        "visits.village-cadre-assigned.v1",
        "visits.photo-uploaded.v1",
        "visits.photo-used.v1",
        "visits.household-visit-opened.v1",
        "visits.household-visit-reassigned.v1",
        "visits.household-visit-overdue.v1",
        "visits.household-visit-cancelled.v1",
        "visits.plan-opened.v1",
        "visits.plan-reopened.v1",
        "visits.plan-closed.v1",
        "visits.plan-moved.v1",  # the registry said so first
        "visits.persuasion-planned.v1",
        "visits.persuasion-stopped.v1",
        "visits.return-team-proposed.v1",
    ],
)

CONTRACTS: Mapping[str, EventTypes] = {"registry": REGISTRY, "visits": VISITS}
