"""Supplements to the list of the poor of which a reader could leave something in silence."""

from collections.abc import Sequence
from pathlib import Path

from services.cli.sample_county.people import Child
from services.cli.sample_county.planted import Planted, PlantedFault
from services.cli.sample_county.reserve import Reserve
from services.cli.sample_county.sheets import Page, new_book

_HEADINGS = ("户编号", "家庭成员姓名", "成员身份证号", "困难类别", "认定日期", "鞋码", "成员身份证号")
_NUMBER_COLUMN, _LAST_ROW = 2, 1_048_575
_ROWS = 4
"""In each: a good one, a hidden one, one whose number shows an error, one whose formula was never reckoned."""


def choose_for_supplements(reserve: Reserve) -> list[Sequence[Child]]:
    return [reserve.take(_ROWS) for _ in range(reserve.each)]


def write_supplements(target: Path, chosen: list[Sequence[Child]], planted: Planted) -> None:
    for number, children in enumerate(chosen, 1):
        if len(children) == _ROWS:
            _write(target, f"贫困名单-增补{number}.xlsx", children, planted)


def _write(target: Path, file: str, children: Sequence[Child], planted: Planted) -> None:
    count = planted.count("households", file)
    with new_book(target / file) as book:
        page = book.page("增补")
        page.add(list(_HEADINGS))
        _, hidden, with_error, never_reckoned = [_add(page, child, planted) for child in children]
        page.sheet.set_row(hidden - 1, None, None, {"hidden": True})
        page.sheet.write_formula(with_error - 1, _NUMBER_COLUMN, "=NA()", None, "#N/A")
        page.sheet.write_formula(never_reckoned - 1, _NUMBER_COLUMN, "=H1", None, "")
        page.sheet.write_blank(_LAST_ROW, 0, None, page.day_format)
        book.page("填表说明").add(["一、按户填写。"])
    count.good += 2
    for kind, row, child in (
        ("number_with_error", with_error, children[2]),
        ("number_never_reckoned", never_reckoned, children[3]),
    ):
        count.refused["cell-unreadable"] += 1
        planted.faults.append(
            PlantedFault(kind=kind, file=file, sheet=page.name, row=row, refused="cell-unreadable", key=child.key)
        )
    planted.unread[file] = ["column-doubled", "column-left", "rows-hidden", "sheet-without-heading"]


def _add(page: Page, child: Child, planted: Planted) -> int:
    number = child.household.household_no
    return page.add([number, child.name, child.id_number, "低保", planted.term_began, 36, "见前列"])
