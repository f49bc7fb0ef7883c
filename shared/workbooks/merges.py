"""Cells merged downwards: a household's number stands once beside all of its members."""

from collections import defaultdict
from collections.abc import Iterator

from shared.workbooks.cells import Cell
from shared.workbooks.reading import Sheet


def filled_down(sheet: Sheet, first: int) -> Iterator[list[Cell]]:
    """All rows of the sheet; from row `first` on, a merged cell's value stands in each row it covers."""
    ending = _downward_merges(sheet, first)
    if not ending:
        yield from sheet.rows()
        return
    running: list[tuple[int, int, Cell]] = []
    for at, cells in enumerate(sheet.rows()):
        running = [merge for merge in running if merge[0] >= at]
        for _, column, value in running:
            cells[column] = value
        running.extend((bottom, column, cells[column]) for bottom, column in ending.get(at, ()))
        yield cells


def _downward_merges(sheet: Sheet, first: int) -> dict[int, list[tuple[int, int]]]:
    found: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for top, left, bottom, _ in sheet.merged():
        if bottom > top >= first:
            found[top].append((bottom, left))
    return found
