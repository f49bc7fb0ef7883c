"""Keeps a small .xlsx file from unpacking into more memory than the machine has, and says what stands in its XML.

A sheet is held as a dense grid, so two stray cells far apart would claim seventeen thousand million cells. Every part
that could be opened as a sheet is therefore looked through before, wherever in the package it lies, and each part is
unpacked once against its checksum, which also finds broken files.
"""

import zlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from io import BytesIO
from zipfile import BadZipFile, ZipFile

from shared.workbooks.marks import Marks, plain_rows_shortened, read_marks
from shared.workbooks.package import check_names, sheet_parts
from shared.workbooks.refusals import DamagedWorkbook, WorkbookTooLarge

MOST_CELLS = 32 << 20
"""Of the rectangles around the content of all sheets together; the grid takes 32 bytes a cell: 1 GiB."""

_SHEET_DATA = b"sheetData"
_CHUNK = 1 << 20


def look_through(content: bytes, unpacked_bytes: int) -> Mapping[str, Marks]:
    """The marks of each sheet of a packed file, by the sheet's name.

    Raises `NotAnExcelFile`, `DamagedWorkbook`, `NotCalculated` or `WorkbookTooLarge`.
    """
    try:
        with ZipFile(BytesIO(content)) as package:
            check_names(package.namelist())
            if sum(part.file_size for part in package.infolist()) > unpacked_bytes:
                limit = f"{unpacked_bytes >> 20} MB"
                raise WorkbookTooLarge(f"解压后超过 {limit}", f"more than {limit} when unpacked")
            return _marks_of_sheets(package)
    except (BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        raise DamagedWorkbook from error


def _marks_of_sheets(package: ZipFile) -> Mapping[str, Marks]:
    parts = [part for part in package.namelist() if _may_be_a_sheet(package, part)]
    marks = {part.lower(): read_marks(plain_rows_shortened(_pieces(package, part))) for part in parts}
    sheets = sheet_parts(package)
    times = Counter(part for _, part in sheets)
    if _cells(marks, times) > MOST_CELLS:  # at most so many: now exactly
        marks = {part.lower(): read_marks(_pieces(package, part)) for part in parts}
        _refuse_too_many(marks, times, sheets)
    return {name: marks[part] for name, part in sheets if part in marks}


def _cells(marks: Mapping[str, Marks], times: Mapping[str, int]) -> int:
    """A part that several sheets name is opened for each of them."""
    return sum(found.cells * max(1, times.get(part, 0)) for part, found in marks.items())


def _refuse_too_many(marks: Mapping[str, Marks], times: Mapping[str, int], sheets: Sequence[tuple[str, str]]) -> None:
    if _cells(marks, times) <= MOST_CELLS:
        return
    worst = max(marks, key=lambda part: marks[part].cells)
    name = next((name for name, part in sheets if part == worst), "")
    rows, columns = marks[worst].bottom + 1, marks[worst].right + 1
    raise WorkbookTooLarge(
        f"工作表“{name}”的内容一直到第 {rows} 行、第 {columns} 列",
        f"a sheet has content down to row {rows} and column {columns}",
    )


def _may_be_a_sheet(package: ZipFile, part: str) -> bool:
    tail = b""
    for piece in _pieces(package, part):
        if _SHEET_DATA in tail + piece:
            return True
        tail = piece[-len(_SHEET_DATA) :]
    return False


def _pieces(package: ZipFile, part: str) -> Iterator[bytes]:
    with package.open(part) as stream:
        while piece := stream.read(_CHUNK):
            yield piece
