"""The parameters of this service, read from `policy.toml`."""

from dataclasses import dataclass
from pathlib import Path

import msgspec

from services.assistance.batches.layouts import BankLayout, ReturnLayout
from services.assistance.programmes.events import Standard

SHIPPED = Path(__file__).with_name("policy.toml")


@dataclass(frozen=True, slots=True, kw_only=True)
class Steps:
    """How much one transaction takes on; `lines_a_batch` is what one bank file may hold."""

    children_assessed: int
    lines_prepared: int
    lines_settled: int
    lines_a_batch: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LivingSubsidy:
    """What a living-subsidy programme is opened with unless it says otherwise."""

    memo: str
    categories: list[str]
    attendance_bound: bool
    standards: list[Standard]


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    steps: Steps
    living_subsidy: LivingSubsidy
    bank_file: BankLayout
    return_file: ReturnLayout


def read_policy(path: Path = SHIPPED) -> Policy:
    """Raises msgspec.ValidationError when something is missing or of another kind."""
    return msgspec.toml.decode(path.read_bytes(), type=Policy)
