"""This service's own reading of the registry's events: only what payment depends on."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar, get_args

from services.assistance.ids import ChildId
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
    id_number: str | None
    guardian_name: str
    guardian_account: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChildEnrolled:
    TYPE: ClassVar[str] = "registry.child-enrolled.v1"
    child_id: ChildId
    school_code: str
    school_name: str
    grade: int
    boarder: bool
    enrolled_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class EnrolmentChanged:
    TYPE: ClassVar[str] = "registry.enrolment-changed.v1"
    child_id: ChildId
    grade: int
    boarder: bool
    changed_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class HouseholdCategorySet:
    TYPE: ClassVar[str] = "registry.household-category-set.v1"
    child_id: ChildId
    category: str
    effective_from: date


@dataclass(frozen=True, slots=True, kw_only=True)
class GuardianAccountSet:
    TYPE: ClassVar[str] = "registry.guardian-account-set.v1"
    child_id: ChildId
    guardian_account: str
    account_name: str
    set_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class SuspectedDropoutFlagged:
    TYPE: ClassVar[str] = "registry.suspected-dropout-flagged.v1"
    child_id: ChildId
    flagged_on: date
    cycle: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DropoutConfirmed:
    TYPE: ClassVar[str] = "registry.dropout-confirmed.v1"
    child_id: ChildId
    confirmed_on: date
    cycle: int


@dataclass(frozen=True, slots=True, kw_only=True)
class StudentReturned:
    TYPE: ClassVar[str] = "registry.student-returned.v1"
    child_id: ChildId
    returned_on: date
    cycle: int


@dataclass(frozen=True, slots=True, kw_only=True)
class StudentRelapsed:
    TYPE: ClassVar[str] = "registry.student-relapsed.v1"
    child_id: ChildId
    relapsed_on: date
    cycle: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ChildCorrected:
    TYPE: ClassVar[str] = "registry.child-corrected.v1"
    child_id: ChildId
    field: str
    new_value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SuspensionApproved:
    TYPE: ClassVar[str] = "registry.suspension-approved.v1"
    child_id: ChildId
    from_on: date
    cycle: int


@dataclass(frozen=True, slots=True, kw_only=True)
class StudentResumed:
    TYPE: ClassVar[str] = "registry.student-resumed.v1"
    child_id: ChildId
    resumed_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeTeachingStarted:
    TYPE: ClassVar[str] = "registry.home-teaching-started.v1"
    child_id: ChildId
    started_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class DropoutMarkCorrected:
    TYPE: ClassVar[str] = "registry.dropout-mark-corrected.v1"
    child_id: ChildId
    away_since: date


@dataclass(frozen=True, slots=True, kw_only=True)
class WhereaboutsLost:
    TYPE: ClassVar[str] = "registry.whereabouts-lost.v1"
    child_id: ChildId
    lost_on: date
    cycle: int


@dataclass(frozen=True, slots=True, kw_only=True)
class WhereaboutsFound:
    TYPE: ClassVar[str] = "registry.whereabouts-found.v1"
    child_id: ChildId
    found_on: date


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


@dataclass(frozen=True, slots=True, kw_only=True)
class DuplicateUnmerged:
    TYPE: ClassVar[str] = "registry.duplicate-unmerged.v1"
    child_id: ChildId
    unmerged_on: date


Gone = DeathRecorded | WentAbroad | DeclaredMissing | ElsewhereConfirmed | GraduationRecorded | DuplicateMerged
"""The child is paid nothing from the day on: events with a day of their own and a cycle."""


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


RegistryEvent = (
    ChildRegistered
    | ChildCorrected
    | ChildEnrolled
    | ReceivingSchoolAssigned
    | TransferCompleted
    | EnrolmentChanged
    | HouseholdCategorySet
    | GuardianAccountSet
    | SuspectedDropoutFlagged
    | DropoutConfirmed
    | StudentReturned
    | StudentRelapsed
    | SuspensionApproved
    | StudentResumed
    | HomeTeachingStarted
    | DropoutMarkCorrected
    | WhereaboutsLost
    | WhereaboutsFound
    | Gone
    | DuplicateUnmerged
)
REGISTRY_EVENTS = get_args(RegistryEvent)

REGISTRY = EventTypes(
    [CalendarLoaded, *REGISTRY_EVENTS],
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
        "registry.school-registered.v1",
        "registry.guardian-linked.v1",  # an account stays its holder's until another is set
        "registry.guardian-unlinked.v1",
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
        "registry.transferred-out.v1",  # elsewhere-confirmed follows it
        "registry.transfer-ended.v1",
        "registry.transfer-arrived.v1",
        "registry.transfer-gap-found.v1",  # a suspicion follows it
        "registry.push-out-reported.v1",
        "registry.placement-decided.v1",
        "registry.placement-reviewed.v1",
        "registry.placement-review-missed.v1",
        "registry.home-teaching-lapsed.v1",  # a suspicion goes with it
        "registry.external-system-told.v1",
        "registry.external-entry-returned.v1",
        "registry.external-change-struck-off.v1",
        "registry.risk-plan-set.v1",
        "registry.leading-post-filled.v1",
        "registry.leading-post-vacated.v1",
        "registry.division-registered.v1",
        "registry.central-school-named.v1",
        "registry.inspection-district-set.v1",
        "registry.inspection-district-dissolved.v1",
        "registry.village-profile-recorded.v1",
        "registry.village-exported.v1",
        "registry.enterprise-registered.v1",
        "registry.worker-surveyed.v1",
        "registry.child-became-due.v1",
        "registry.out-of-school-child-found.v1",  # nothing is paid to who is at no school
        "registry.enrolment-notice-issued.v1",
        "registry.registration-gap-found.v1",
        "registry.registration-completed.v1",
        "registry.gate-explained.v1",
        "registry.inquiry-stub-filed.v1",
        "registry.whereabouts-rechecked.v1",
        "registry.whereabouts-recheck-missed.v1",
        "registry.elsewhere-lapsed.v1",
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
        "registry.deferral-approved.v1",
        "registry.deferral-expired.v1",
        "registry.suspension-expired.v1",
        "registry.return-stabilised.v1",  # the entitlement was resumed when the child returned
    ],
)

CONTRACTS = {"registry": REGISTRY}
