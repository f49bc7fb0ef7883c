"""Opens .xlsx and .xls files and gives their sheets as rows of cells, within stated limits."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from io import BytesIO
from itertools import chain, repeat
from pathlib import Path

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from shared.workbooks.cells import Cell
from shared.workbooks.errors import with_known_errors
from shared.workbooks.extent import look_through
from shared.workbooks.marks import Marks
from shared.workbooks.refusals import (
    DamagedWorkbook,
    EmptyWorkbook,
    EncryptedWorkbook,
    NotAnExcelFile,
    WorkbookTooLarge,
)
from shared.workbooks.trial import try_apart

_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
MIB = 1 << 20


@dataclass(frozen=True, slots=True)
class Limits:
    """The largest file, and the largest content of a packed file, that is opened; both in bytes."""

    file_bytes: int = 32 * MIB
    unpacked_bytes: int = 512 * MIB


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet. Row and column positions count from 0; columns count from the first that is used.

    `marks` tell what the values do not; of an .xls file nothing is known of that.
    """

    name: str
    hidden: bool
    grid: CalamineSheet
    marks: Marks = field(default_factory=Marks)

    @property
    def is_empty(self) -> bool:
        return self.grid.end is None

    @property
    def first_column(self) -> int:
        """Where column 0 of the rows stands in the sheet."""
        return self.grid.start[1] if self.grid.start else 0

    def rows(self) -> Iterator[list[Cell]]:
        """All rows from the top of the sheet, blank ones too, all of the same width or empty.

        Where a cell shows an error, or a formula without a result, that text stands instead of nothing.
        """
        return self._with_unreadable() if self.marks.unreadable else self.grid.iter_rows()

    def _with_unreadable(self) -> Iterator[list[Cell]]:
        shown, width = self.marks.unreadable, self.grid.width
        blank: list[Cell] = [""] * width
        below = repeat(blank, max(0, max(shown) + 1 - self.grid.total_height))
        rows: Iterator[list[Cell]] = chain(self.grid.iter_rows(), below)
        for at, cells in enumerate(rows):
            yield self._overlaid(cells, shown[at]) if at in shown else cells

    def _overlaid(self, cells: list[Cell], shown: Mapping[int, str]) -> list[Cell]:
        first, width = self.first_column, self.grid.width
        whole = [*cells, *[""] * (width - len(cells))]
        for column, text in shown.items():
            if 0 <= column - first < width:
                whole[column - first] = text
        return whole

    def head(self, count: int) -> list[list[Cell]]:
        """The first `count` rows, each padded to the full width."""
        width = self.grid.width
        rows = zip(range(count), self.rows(), strict=False)
        return [[*cells, *[""] * (width - len(cells))] for _, cells in rows]

    def merged(self) -> Iterator[tuple[int, int, int, int]]:
        """Merged areas as (top, left, bottom, right), all inclusive, clipped to the used area."""
        start, end = self.grid.start, self.grid.end
        if start is None or end is None:
            return
        for (top, left), (bottom, right) in self.grid.merged_cell_ranges or ():
            if left >= start[1] and top <= end[0] and left <= end[1]:
                yield top, left - start[1], min(bottom, end[0]), min(right, end[1]) - start[1]


@dataclass(frozen=True, slots=True)
class Workbook:
    """An opened workbook; `name` is the file's name, for messages. `marked`: the marks of its sheets are known."""

    name: str
    sheets: tuple[Sheet, ...]
    marked: bool = True


def open_workbook(source: bytes | Path, name: str = "", limits: Limits | None = None) -> Workbook:
    """Open a workbook from its bytes or its path.

    Raises `NotAnExcelFile`, `DamagedWorkbook`, `EncryptedWorkbook`, `EmptyWorkbook` or `WorkbookTooLarge`.
    """
    limits = limits or Limits()
    content = _content(source, limits)
    name = name or (source.name if isinstance(source, Path) else "")
    _check_kind(content)
    packed = content.startswith(_ZIP)
    marks: Mapping[str, Marks] = {}
    if packed:
        marks = look_through(content, limits.unpacked_bytes)
        content = with_known_errors(content, marks.values())
    else:
        try_apart(content)
    try:
        sheets = tuple(_sheets(CalamineWorkbook.from_filelike(BytesIO(content)), marks))
    except PasswordError as error:
        raise EncryptedWorkbook from error
    except (CalamineError, OSError, ValueError) as error:
        raise DamagedWorkbook from error
    if all(sheet.is_empty for sheet in sheets if not sheet.hidden):
        raise EmptyWorkbook
    return Workbook(name, sheets, packed)


def _content(source: bytes | Path, limits: Limits) -> bytes:
    size = len(source) if isinstance(source, bytes) else source.stat().st_size
    if size > limits.file_bytes:
        limit = f"{limits.file_bytes / MIB:g} MB"
        raise WorkbookTooLarge(f"超过 {limit}", f"more than {limit}")
    return source if isinstance(source, bytes) else source.read_bytes()


def _check_kind(content: bytes) -> None:
    if content.startswith(_OLE):
        if _ENCRYPTED_PACKAGE in content:
            raise EncryptedWorkbook
    elif not content.startswith(_ZIP):
        raise NotAnExcelFile


def _sheets(book: CalamineWorkbook, marks: Mapping[str, Marks]) -> Iterator[Sheet]:
    for index, about in enumerate(book.sheets_metadata):
        if about.typ is SheetTypeEnum.WorkSheet:
            hidden = about.visible is not SheetVisibleEnum.Visible
            yield Sheet(about.name, hidden, book.get_sheet_by_index(index), marks.get(about.name, Marks()))
