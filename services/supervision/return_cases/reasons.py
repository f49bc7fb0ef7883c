"""Why a case may be closed: the registry's events that prove each reason, and the papers that it needs.

Lost whereabouts are no reason.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class ClosureReason(StrEnum):
    RETURNED_STABLE = "RETURNED_STABLE"
    TRANSFERRED_CONFIRMED = "TRANSFERRED_CONFIRMED"
    HOME_TEACHING_ACTIVE = "HOME_TEACHING_ACTIVE"
    SUSPENDED_APPROVED = "SUSPENDED_APPROVED"
    DEFERRED_APPROVED = "DEFERRED_APPROVED"
    ELSEWHERE_CONFIRMED = "ELSEWHERE_CONFIRMED"
    WENT_ABROAD = "WENT_ABROAD"
    COMPLETED = "COMPLETED"
    DECEASED = "DECEASED"
    MISSING_DECLARED = "MISSING_DECLARED"
    DATA_ERROR = "DATA_ERROR"
    AGED_OUT = "AGED_OUT"


class EvidenceKind(StrEnum):
    ATTENDANCE_RECORD = "ATTENDANCE_RECORD"
    TRANSFER_RECEIPT = "TRANSFER_RECEIPT"
    HOME_TEACHING_AGREEMENT = "HOME_TEACHING_AGREEMENT"
    SESSION_RECORD = "SESSION_RECORD"
    SUSPENSION_APPROVAL = "SUSPENSION_APPROVAL"
    DEFERRAL_APPROVAL = "DEFERRAL_APPROVAL"
    SCHOOL_CERTIFICATE = "SCHOOL_CERTIFICATE"
    EXIT_PROOF = "EXIT_PROOF"
    DIPLOMA = "DIPLOMA"
    DEATH_CERTIFICATE = "DEATH_CERTIFICATE"
    COURT_JUDGMENT = "COURT_JUDGMENT"
    CORRECTION_APPROVAL = "CORRECTION_APPROVAL"
    BIRTH_PROOF = "BIRTH_PROOF"
    SUPERVISOR_APPROVAL = "SUPERVISOR_APPROVAL"


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """A paper or record: what it is, where it is found (number, file hash, event id), and its date."""

    kind: EvidenceKind
    reference: str
    dated_on: date


REQUIRED: Mapping[ClosureReason, frozenset[EvidenceKind]] = {
    ClosureReason.RETURNED_STABLE: frozenset({EvidenceKind.ATTENDANCE_RECORD}),
    ClosureReason.TRANSFERRED_CONFIRMED: frozenset({EvidenceKind.TRANSFER_RECEIPT}),
    ClosureReason.HOME_TEACHING_ACTIVE: frozenset({EvidenceKind.HOME_TEACHING_AGREEMENT, EvidenceKind.SESSION_RECORD}),
    ClosureReason.SUSPENDED_APPROVED: frozenset({EvidenceKind.SUSPENSION_APPROVAL}),
    ClosureReason.DEFERRED_APPROVED: frozenset({EvidenceKind.DEFERRAL_APPROVAL}),
    ClosureReason.ELSEWHERE_CONFIRMED: frozenset({EvidenceKind.SCHOOL_CERTIFICATE}),
    ClosureReason.WENT_ABROAD: frozenset({EvidenceKind.EXIT_PROOF}),
    ClosureReason.COMPLETED: frozenset({EvidenceKind.DIPLOMA}),
    ClosureReason.DECEASED: frozenset({EvidenceKind.DEATH_CERTIFICATE}),
    ClosureReason.MISSING_DECLARED: frozenset({EvidenceKind.COURT_JUDGMENT}),
    ClosureReason.DATA_ERROR: frozenset({EvidenceKind.CORRECTION_APPROVAL}),
    ClosureReason.AGED_OUT: frozenset({EvidenceKind.BIRTH_PROOF, EvidenceKind.SUPERVISOR_APPROVAL}),
}
"""The papers of each reason. That a returned child was looked after is on record, and needs none."""

PROOFS: Mapping[ClosureReason, frozenset[str]] = {
    ClosureReason.RETURNED_STABLE: frozenset({"registry.return-stabilised.v1"}),
    ClosureReason.TRANSFERRED_CONFIRMED: frozenset({"registry.transfer-completed.v1", "registry.transferred-out.v1"}),
    ClosureReason.HOME_TEACHING_ACTIVE: frozenset({"registry.home-teaching-started.v1"}),
    ClosureReason.SUSPENDED_APPROVED: frozenset({"registry.suspension-approved.v1", "registry.student-resumed.v1"}),
    ClosureReason.DEFERRED_APPROVED: frozenset({"registry.deferral-approved.v1"}),
    ClosureReason.ELSEWHERE_CONFIRMED: frozenset({"registry.elsewhere-confirmed.v1"}),
    ClosureReason.WENT_ABROAD: frozenset({"registry.went-abroad.v1"}),
    ClosureReason.COMPLETED: frozenset({"registry.graduation-recorded.v1"}),
    ClosureReason.DECEASED: frozenset({"registry.death-recorded.v1"}),
    ClosureReason.MISSING_DECLARED: frozenset({"registry.declared-missing.v1"}),
    ClosureReason.DATA_ERROR: frozenset({"registry.dropout-mark-corrected.v1", "registry.duplicate-merged.v1"}),
    ClosureReason.AGED_OUT: frozenset({"registry.child-registered.v1", "registry.child-corrected.v1"}),
}
"""The types of the registry's events of which one must have been the last word on the child.

A transfer within the county needs the child to be back besides, and the birth date of the file must be old enough.
"""
