"""Why a case may be closed, and the evidence that each reason needs. Lost whereabouts are no reason."""

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
    COMPLETED = "COMPLETED"
    DECEASED = "DECEASED"
    MISSING_DECLARED = "MISSING_DECLARED"
    DATA_ERROR = "DATA_ERROR"
    AGED_OUT = "AGED_OUT"


class EvidenceKind(StrEnum):
    ATTENDANCE_RECORD = "ATTENDANCE_RECORD"
    STABILITY_CHECK = "STABILITY_CHECK"
    TRANSFER_RECEIPT = "TRANSFER_RECEIPT"
    HOME_TEACHING_AGREEMENT = "HOME_TEACHING_AGREEMENT"
    SESSION_RECORD = "SESSION_RECORD"
    SUSPENSION_APPROVAL = "SUSPENSION_APPROVAL"
    DEFERRAL_APPROVAL = "DEFERRAL_APPROVAL"
    SCHOOL_CERTIFICATE = "SCHOOL_CERTIFICATE"
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
    ClosureReason.RETURNED_STABLE: frozenset({EvidenceKind.ATTENDANCE_RECORD, EvidenceKind.STABILITY_CHECK}),
    ClosureReason.TRANSFERRED_CONFIRMED: frozenset({EvidenceKind.TRANSFER_RECEIPT}),
    ClosureReason.HOME_TEACHING_ACTIVE: frozenset({EvidenceKind.HOME_TEACHING_AGREEMENT, EvidenceKind.SESSION_RECORD}),
    ClosureReason.SUSPENDED_APPROVED: frozenset({EvidenceKind.SUSPENSION_APPROVAL}),
    ClosureReason.DEFERRED_APPROVED: frozenset({EvidenceKind.DEFERRAL_APPROVAL}),
    ClosureReason.ELSEWHERE_CONFIRMED: frozenset({EvidenceKind.SCHOOL_CERTIFICATE}),
    ClosureReason.COMPLETED: frozenset({EvidenceKind.DIPLOMA}),
    ClosureReason.DECEASED: frozenset({EvidenceKind.DEATH_CERTIFICATE}),
    ClosureReason.MISSING_DECLARED: frozenset({EvidenceKind.COURT_JUDGMENT}),
    ClosureReason.DATA_ERROR: frozenset({EvidenceKind.CORRECTION_APPROVAL}),
    ClosureReason.AGED_OUT: frozenset({EvidenceKind.BIRTH_PROOF, EvidenceKind.SUPERVISOR_APPROVAL}),
}
