"""Keeps a small .xlsx file from unpacking into more memory than the machine has.

A sheet is held as a dense grid, so a single stray cell in the last row and column of Excel would claim
seventeen thousand million cells. The positions are therefore looked through before the sheet is opened,
and each packed part is unpacked once against its checksum, which also finds broken files.
"""

import re
import zlib
from collections.abc import Iterator
from io import BytesIO
from zipfile import BadZipFile, ZipFile, ZipInfo

from shared.workbooks.refusals import DamagedWorkbook, NotAnExcelFile, WorkbookTooLarge

LAST_ROW, LAST_COLUMN = 999_999, "ZZ"
LAST_ROW_OF_A_WIDE_SHEET, LAST_COLUMN_OF_A_LONG_SHEET = 199_999, "AZ"
"""A county's list of residents is long, a form with a column a day is wide; no sheet is both."""

_TOO_FAR = (
    f"工作表中有内容超出第 {LAST_ROW} 行或 {LAST_COLUMN} 列",
    f"a sheet goes beyond row {LAST_ROW} or column {LAST_COLUMN}",
)
_LONG_AND_WIDE = (
    f"工作表中有内容超出第 {LAST_ROW_OF_A_WIDE_SHEET} 行，又有内容超出 {LAST_COLUMN_OF_A_LONG_SHEET} 列",
    f"a sheet goes beyond row {LAST_ROW_OF_A_WIDE_SHEET} and beyond column {LAST_COLUMN_OF_A_LONG_SHEET}",
)
_BEYOND = re.compile(rb""" r=["'](?:[A-Z]{3,}\d+|[A-Z]*0*[1-9]\d{6,})["']""")
_LONG = re.compile(rb""" r=["'][A-Z]*0*[2-9]\d{5}["']""")
_WIDE = re.compile(rb""" r=["'][B-Z][A-Z]\d+["']""")
_CHUNK = 1 << 20
_LONGEST_REFERENCE = 64


def check_extent(content: bytes, unpacked_bytes: int) -> None:
    """Raise `NotAnExcelFile`, `DamagedWorkbook` or `WorkbookTooLarge` for a packed file; else return."""
    try:
        with ZipFile(BytesIO(content)) as package:
            parts = package.infolist()
            if "xl/workbook.xml" not in package.namelist():
                raise NotAnExcelFile
            if sum(part.file_size for part in parts) > unpacked_bytes:
                limit = f"{unpacked_bytes >> 20} MB"
                raise WorkbookTooLarge(f"解压后超过 {limit}", f"more than {limit} when unpacked")
            for part in parts:
                _check_part(package, part)
    except (BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        raise DamagedWorkbook from error


def _check_part(package: ZipFile, part: ZipInfo) -> None:
    is_sheet = part.filename.startswith("xl/worksheets/")
    long = wide = False
    for piece in _overlapping(package, part):
        if not is_sheet:
            continue
        if _BEYOND.search(piece):
            raise WorkbookTooLarge(*_TOO_FAR)
        long = long or _LONG.search(piece) is not None
        wide = wide or _WIDE.search(piece) is not None
        if long and wide:
            raise WorkbookTooLarge(*_LONG_AND_WIDE)


def _overlapping(package: ZipFile, part: ZipInfo) -> Iterator[bytes]:
    tail = b""
    with package.open(part) as stream:
        while piece := stream.read(_CHUNK):
            yield tail + piece
            tail = piece[-_LONGEST_REFERENCE:]
