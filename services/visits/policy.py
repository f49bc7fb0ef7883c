"""The parameters of the rules on visits, read from `policy.toml`."""

from dataclasses import dataclass
from pathlib import Path

import msgspec

SHIPPED = Path(__file__).with_name("policy.toml")


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitPolicy:
    out_of_school_days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PersuasionPolicy:
    attempt_due_days: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StabilityPolicy:
    check_after_days: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PhotoPolicy:
    max_bytes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """Days are calendar days."""

    visits: VisitPolicy
    persuasion: PersuasionPolicy
    stability: StabilityPolicy
    photos: PhotoPolicy


def read_policy(path: Path = SHIPPED) -> Policy:
    """Raises msgspec.ValidationError when a number is missing, or is none."""
    return msgspec.toml.decode(path.read_bytes(), type=Policy)
