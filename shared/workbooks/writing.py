"""Writes tables as .xlsx files, row by row in little memory; no text in them can act as a formula."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, BinaryIO, TypeAlias

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from shared.faults import Fault, InvalidValue
from shared.workbooks.cells import EXACT_DIGITS, Cell, shown
from shared.workbooks.handed_out import ADDED_HEADINGS, NOT_READ, REFUSED
from shared.workbooks.refusals import SEARCHED_ROWS
from shared.workbooks.rows import BadRow

Column: TypeAlias = tuple[str, float]
"""Heading, and width in characters."""

LAST_ROW = 1_048_576
LONGEST_TEXT = 32_767
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
_NOT_IN_SHEET_NAMES = str.maketrans(dict.fromkeys("[]:*?/\\'", " "))
_TITLE_HEIGHT = 28


class TableTooLong(InvalidValue):
    """More rows than a sheet of Excel holds."""

    def __init__(self) -> None:
        super().__init__(
            Fault(
                "workbook-table-too-long",
                f"内容超过 Excel 每个工作表 {LAST_ROW} 行的上限",
                f"More than the {LAST_ROW} rows that a sheet holds.",
                "请缩小范围后再导出",
            )
        )


def write_table(
    stream: BinaryIO,
    sheet_name: str,
    title: str,
    columns: Sequence[Column],
    rows: Iterable[Sequence[Cell | None]],
) -> int:
    """Write one sheet: the title, a frozen heading row, then `rows`. Return the number of rows written.

    Text stays text, so identity numbers keep their digits and `=1+1` is not computed. Whole numbers beyond
    the digits that Excel keeps are written as text. Raises `TableTooLong`.
    """
    with xlsxwriter.Workbook(stream, {"constant_memory": True, "strings_to_urls": False}) as book:
        return _Sheet(book, sheet_name, title, columns).append(rows)


_WIDTHS = (18, 12, 7, 14, 22, 36, 40)
REFUSAL_COLUMNS: tuple[Column, ...] = tuple(zip(ADDED_HEADINGS, _WIDTHS, strict=True))
MOST_LINES_ABOVE = SEARCHED_ROWS - 2
"""The title and these lines stand above the heading, which must be found again."""


@dataclass(frozen=True, slots=True)
class Note:
    """A sheet beside the refused rows that tells something of the import."""

    name: str
    title: str
    columns: Sequence[Column]
    rows: Iterable[Sequence[Cell | None]]


def write_refusals(stream: BinaryIO, rows: Iterable[BadRow], notes: Sequence[Note] = ()) -> int:
    """Write refused rows with their reasons, then their original cells below their original headings.

    Each refused row is one line, its problems below each other in the cells, so that the clerk can mend the
    original cells in place and upload this very workbook again. Rows of another sheet, or with other headings or
    lines above them, get another sheet: of the same name and with the same lines, which may tell the school. So does
    each of the `notes`, which is told apart from a list when the workbook comes in again.
    """
    sheets: dict[tuple[object, ...], _Sheet] = {}
    written = 0
    with xlsxwriter.Workbook(stream, {"constant_memory": True, "strings_to_urls": False}) as book:
        names = _Names([note.name for note in notes])
        for row in rows:
            of = row.sheet, row.headings, row.preamble
            if of not in sheets:
                columns = [*REFUSAL_COLUMNS, *((heading, 14.0) for heading in row.headings)]
                sheets[of] = _Sheet(book, names.free(row.sheet), REFUSED, columns, _above(row.preamble), verbatim=True)
            written += sheets[of].append([_refusal_line(row)])
        if not sheets and not notes:
            _Sheet(book, REFUSED, REFUSED, REFUSAL_COLUMNS)
        for note in notes:
            _Sheet(book, note.name, note.title + NOT_READ, note.columns).append(note.rows)
    return written


def _above(preamble: Sequence[str]) -> list[str]:
    """The lines above the heading, without our own title of the last time, and not too many of them."""
    lines = [line for line in preamble if line != REFUSED]
    most = MOST_LINES_ABOVE - 1
    return lines if len(lines) <= most else [*lines[:most], " ".join(lines[most:])]


class _Names:
    """Names of sheets, which must be different whatever their letters' case."""

    def __init__(self, taken: Iterable[str]) -> None:
        self._taken = {name.lower() for name in taken}

    def free(self, wanted: str) -> str:
        name, number = _sheet_name(wanted), 1
        while name.lower() in self._taken:
            number += 1
            name = f"{_sheet_name(wanted)[: 30 - len(str(number))]} {number}"
        self._taken.add(name.lower())
        return name


def refusal_cells(row: BadRow) -> Iterator[Cell]:
    """Where a row stood, and for each of its problems the field, the value, the reason and the remedy."""
    yield from (row.file, row.sheet, row.row_number)
    for part in ("field_title", "value_shown", "reason", "remedy"):
        yield "\n".join(dict.fromkeys(getattr(problem, part) for problem in row.problems))


def _refusal_line(row: BadRow) -> Iterator[Cell]:
    yield from refusal_cells(row)
    yield from row.cells


class _Sheet:
    """A worksheet being written downwards. `verbatim`: a yes or no stays Excel's own, as it came."""

    def __init__(
        self,
        book: Any,
        name: str,
        title: str,
        columns: Sequence[Column],
        above: Sequence[str] = (),
        verbatim: bool = False,
    ) -> None:
        self._verbatim = verbatim
        self._text: Format = book.add_format({"num_format": "@", "valign": "top", "text_wrap": True})
        self._quoted: Format = book.add_format({"num_format": "@", "quote_prefix": True, "valign": "top"})
        self._day: Format = book.add_format({"num_format": "yyyy-mm-dd", "valign": "top"})
        self._moment: Format = book.add_format({"num_format": "yyyy-mm-dd hh:mm", "valign": "top"})
        self._clock: Format = book.add_format({"num_format": "[h]:mm:ss", "valign": "top"})
        self._sheet: Worksheet = book.add_worksheet(_sheet_name(name))
        for at, (_, width) in enumerate(columns):
            self._sheet.set_column(at, at, width, self._text)
        self._sheet.set_row(0, _TITLE_HEIGHT)
        self._sheet.write_string(0, 0, title, book.add_format({"bold": True, "font_size": 16}))
        heading = book.add_format({"bold": True, "text_wrap": True, "border": 1, "bg_color": "#E8EEF4"})
        for at, line in enumerate(above, 1):
            self._sheet.write_string(at, 0, line)
        below = 1 + len(above)
        for at, (text, _) in enumerate(columns):
            self._sheet.write_string(below, at, text, heading)
        self._sheet.freeze_panes(below + 1, 0)
        self._next = below + 1

    def append(self, rows: Iterable[Iterable[Cell | None]]) -> int:
        first = self._next
        for cells in rows:
            if self._next >= LAST_ROW:
                raise TableTooLong
            for at, cell in enumerate(cells):
                self._write(at, cell)
            self._next += 1
        return self._next - first

    def _write(self, at: int, cell: Cell | None) -> None:
        if cell is None or cell == "":
            return
        if isinstance(cell, bool) and self._verbatim:
            self._sheet.write_boolean(self._next, at, cell)
            return
        if isinstance(cell, (int, float)) and not isinstance(cell, bool) and abs(cell) < 10**EXACT_DIGITS:
            self._sheet.write_number(self._next, at, cell)
        elif isinstance(cell, datetime):
            self._sheet.write_datetime(self._next, at, cell.replace(tzinfo=None), self._moment)
        elif isinstance(cell, (time, timedelta)):
            self._sheet.write_datetime(self._next, at, cell, self._clock)
        elif isinstance(cell, date):
            self._sheet.write_datetime(self._next, at, cell, self._day)
        else:
            self._write_text(at, cell if isinstance(cell, str) else _exact(cell))

    def _write_text(self, at: int, text: str) -> None:
        style = self._quoted if text.startswith(_FORMULA_STARTS) else self._text
        self._sheet.write_string(self._next, at, text[:LONGEST_TEXT], style)


def _exact(cell: Cell) -> str:
    return str(cell) if isinstance(cell, int) and not isinstance(cell, bool) else shown(cell)


def _sheet_name(name: str) -> str:
    return name.translate(_NOT_IN_SHEET_NAMES).strip()[:31] or "Sheet1"
