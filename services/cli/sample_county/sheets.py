"""Writes workbooks whose bytes depend on nothing but their content."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

_CREATED = datetime(2026, 9, 1)  # noqa: DTZ001 - a fixed stamp, so that equal content is an equal file


@dataclass(slots=True)
class Page:
    """A worksheet being filled downwards; `add` gives Excel's own number of the row just written."""

    sheet: Worksheet
    name: str
    day_format: Format
    centred: Format
    next_row: int = 0

    def add(self, cells: list[Any]) -> int:
        for at, cell in enumerate(cells):
            if isinstance(cell, str):
                self.sheet.write_string(self.next_row, at, cell)
            elif isinstance(cell, date):
                self.sheet.write_datetime(self.next_row, at, cell, self.day_format)
            elif cell is not None:
                self.sheet.write_number(self.next_row, at, cell)
        self.next_row += 1
        return self.next_row

    def add_formatted(self, width: int) -> None:
        """One row of cells that have a format and nothing in them."""
        for at in range(width):
            self.sheet.write_blank(self.next_row, at, None, self.day_format)
        self.next_row += 1

    def add_title(self, title: str, width: int) -> None:
        """One row with one cell merged across all columns."""
        self.sheet.merge_range(self.next_row, 0, self.next_row, width - 1, title, self.centred)
        self.next_row += 1

    def merge_down(self, first_row: int, last_row: int, column: int, value: str) -> None:
        """Merge cells of a column; the rows count as Excel does."""
        self.sheet.merge_range(first_row - 1, column, last_row - 1, column, value, self.centred)


@dataclass(slots=True)
class Book:
    book: Any

    def page(self, name: str, hidden: bool = False) -> Page:
        sheet = self.book.add_worksheet(name)
        if hidden:
            sheet.hide()
        day = self.book.add_format({"num_format": "yyyy-mm-dd"})
        return Page(sheet, name, day, self.book.add_format({"align": "center", "bold": True}))


@contextmanager
def new_book(path: Path) -> Iterator[Book]:
    """A workbook that is written to `path` at the end."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with xlsxwriter.Workbook(path) as book:
        book.set_properties({"created": _CREATED})
        yield Book(book)
