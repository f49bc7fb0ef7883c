"""A supplement to the list of the poor with empty rows between its rows, and formats where nothing was filled in."""

from collections.abc import Sequence
from pathlib import Path

from services.cli.sample_county.people import Child
from services.cli.sample_county.planted import Planted
from services.cli.sample_county.reserve import Reserve
from services.cli.sample_county.sheets import new_book

FILE = "贫困名单-续报.xlsx"
_HEADINGS = ("户编号", "家庭成员姓名", "成员身份证号", "困难类别", "认定日期")
_ROWS_OF_EACH, _FORMATTED_BEHIND = 2, 200


def choose_for_formatted(reserve: Reserve) -> Sequence[Child]:
    return reserve.take(_ROWS_OF_EACH * reserve.each)


def write_formatted(target: Path, children: Sequence[Child], planted: Planted) -> None:
    """Behind each row an empty one and one of formats alone, and many of those at the end: they are no rows."""
    if not children:
        return
    with new_book(target / FILE) as book:
        page = book.page("续报")
        page.add(list(_HEADINGS))
        for child in children:
            number = child.household.household_no
            page.add([number, child.name, child.id_number, "低保", planted.term_began])
            page.add([])
            page.add_formatted(len(_HEADINGS))
        for _ in range(_FORMATTED_BEHIND):
            page.add_formatted(len(_HEADINGS))
    planted.count("households", FILE).good = len(children)
    planted.unread[FILE] = []
