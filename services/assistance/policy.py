"""The parameters of this service, read from `policy.toml`."""

from dataclasses import dataclass
from pathlib import Path

import msgspec

from services.assistance.batches.layouts import BankLayout, Layouts, ReturnLayout
from services.assistance.batches.refusals import BankLayoutsNotValid
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

    @property
    def layouts(self) -> Layouts:
        return Layouts(bank_file=self.bank_file, return_file=self.return_file)


class _Own(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a county's own file may state; whatever it leaves out is as shipped."""

    bank_file: BankLayout | None = None
    return_file: ReturnLayout | None = None


def read_policy(path: Path = SHIPPED) -> Policy:
    """Raises msgspec.ValidationError when something is missing or of another kind."""
    return msgspec.toml.decode(path.read_bytes(), type=Policy)


def read_layouts(path: Path | None, shipped: Layouts) -> Layouts:
    """The county's own layouts, read anew each time: a code that is added holds at once. None: as shipped.

    Raises BankLayoutsNotValid.
    """
    if path is None:
        return shipped
    try:
        own = msgspec.toml.decode(path.read_bytes(), type=_Own, strict=True)
    except (OSError, msgspec.MsgspecError) as fault:
        raise BankLayoutsNotValid(str(fault)) from fault
    return Layouts(bank_file=own.bank_file or shipped.bank_file, return_file=own.return_file or shipped.return_file)
