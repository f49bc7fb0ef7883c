"""Mistakes that clerks make in rosters, each with the code with which its row is refused."""

from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from services.cli.sample_county.county import County
from services.cli.sample_county.people import Child
from services.cli.sample_county.styles import Cells

Spoil = Callable[[Cells], None]


@dataclass(frozen=True, slots=True)
class RosterFault:
    """A mistake. The row is spoilt, or follows its correct self (`extra`) in the same or another roster.

    `warned`: the row is taken, and this is said of it.
    """

    kind: str
    refused: str | None = None
    finding: str | None = None
    warned: str | None = None
    spoil: Spoil = lambda _cells: None
    extra: bool = False
    elsewhere: bool = False


def _wrong_check_digit(cells: Cells) -> None:
    number = cells["id_number"]
    cells["id_number"] = number[:17] + ("1" if number[17] != "1" else "2")


def _impossible_date(cells: Cells) -> None:
    cells["birth_date"] = f"{str(cells['id_number'])[6:10]}-02-30"


def _other_sex(cells: Cells) -> None:
    cells["sex"] = "女" if cells["sex"] == "男" else "男"


def _identity_as_number(cells: Cells) -> None:
    cells["id_number"] = int(cells["id_number"])


def _no_name(cells: Cells) -> None:
    cells["name"] = None


def _no_class(cells: Cells) -> None:
    cells["class_no"] = None


FAULTS = (
    RosterFault("wrong_check_digit", "resident-id-check-digit", spoil=_wrong_check_digit),
    RosterFault("impossible_date", "cell-impossible-date", spoil=_impossible_date),
    RosterFault("sex_against_identity_number", "row-sex-differs", spoil=_other_sex),
    RosterFault("identity_number_as_number", "cell-digits-lost", spoil=_identity_as_number),
    RosterFault("missing_name", "cell-missing", spoil=_no_name),
    RosterFault("missing_class", "cell-missing", spoil=_no_class),
    RosterFault("repeated_in_roster", "row-repeated", extra=True),
    RosterFault("on_two_rosters", finding="on_two_rosters", extra=True, elsewhere=True),
)
ONE_FAULT_PER_STUDENTS = 2000


def choose_faults(county: County, seed: int, spared: set[str]) -> dict[str, RosterFault]:
    """Which child's row gets which mistake; never one of the `spared`, whose facts are needed elsewhere."""
    random = Random(f"{seed}:faults")
    fit = [child for child in county.children if _is_fit(child) and child.key not in spared]
    times = max(1, len(county.children) // ONE_FAULT_PER_STUDENTS)
    chosen = random.sample(fit, min(len(fit), times * len(FAULTS)))
    return {child.key: FAULTS[at % len(FAULTS)] for at, child in enumerate(chosen)}


def _is_fit(child: Child) -> bool:
    """A number ending in X cannot become a number in Excel."""
    return child.id_number is not None and child.id_number.isdigit()
