"""Optional cells of a roster that cannot be read as they stand: the row is taken, with a warning or without."""

from services.cli.sample_county.reserve import Reserve
from services.cli.sample_county.roster_faults import RosterFault
from services.cli.sample_county.styles import Cells

MONTH_OF_ENTRY = "2025年9月"


def _no_ethnic_group(cells: Cells) -> None:
    cells["ethnicity"] = "第一组"


def _broken_reference(cells: Cells) -> None:
    cells["class_teacher"] = "#REF!"


def _month_alone(cells: Cells) -> None:
    cells["enrolled_on"] = MONTH_OF_ENTRY


DOUBTFUL = (
    RosterFault("unknown_ethnic_group", warned="cell-unknown-choice", spoil=_no_ethnic_group),
    RosterFault("broken_reference", warned="cell-unreadable", spoil=_broken_reference),
    RosterFault("month_of_entry", spoil=_month_alone),
)


def choose_doubtful(reserve: Reserve) -> dict[str, RosterFault]:
    return {child.key: fault for fault in DOUBTFUL for child in reserve.take()}
