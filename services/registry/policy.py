"""The parameters of the registry's rules, read from `policy.toml`."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import msgspec

from services.registry.respites.kinds import RespiteKind

SHIPPED = Path(__file__).with_name("policy.toml")


@dataclass(frozen=True, slots=True, kw_only=True)
class AbsencePolicy:
    suspected_after_days: int
    manual_suspicion_after_days: int
    relapsed_after_days: int
    late_entry_days: int
    late_entry_grace_minutes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DropoutPolicy:
    confirmable_after_days: int
    failed_attempts: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnPolicy:
    stable_after_days: int
    evidence_items: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AgePolicy:
    youngest: int
    oldest: int
    impossible_below: int
    impossible_above: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LeavePolicy:
    no_leave_words: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterPolicy:
    frozen_after_days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LeavingPolicy:
    last_grade: int
    last_primary_grade: int
    next_school_after_days: int
    missing_after_years: int


@dataclass(frozen=True, slots=True, kw_only=True)
class EnteringPolicy:
    sought_after_days: int
    sought_after_entry_days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferPolicy:
    party_working_days: int
    gap_days: int
    push_out_words: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacementPolicy:
    reviewed_within_days: int
    valid_sessions_a_month: int


@dataclass(frozen=True, slots=True, kw_only=True)
class WhereaboutsPolicy:
    recheck_after_days: int
    reconfirm_after_days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RespitePolicy:
    """`renewals`: how often each kind may follow itself."""

    longest_days: int
    remind_working_days_before: int
    renewals: Mapping[RespiteKind, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class SchoolPolicy:
    pupils_moved_at_once: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """Days are calendar days, ages completed years."""

    absence: AbsencePolicy
    dropout: DropoutPolicy
    return_: ReturnPolicy
    age: AgePolicy
    leave: LeavePolicy
    school: SchoolPolicy
    roster: RosterPolicy
    leaving: LeavingPolicy
    entering: EnteringPolicy
    transfer: TransferPolicy
    placement: PlacementPolicy
    whereabouts: WhereaboutsPolicy
    respite: RespitePolicy


def read_policy(path: Path = SHIPPED) -> Policy:
    """Raises msgspec.ValidationError when a number is missing, or is none."""
    content = msgspec.toml.decode(path.read_bytes())
    content["return_"] = content.pop("return", None)
    return msgspec.convert(content, Policy)
