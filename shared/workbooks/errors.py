"""Error values that are younger than the reader of values, which gives up on a workbook for one of them."""

from collections.abc import Iterable
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

from shared.workbooks.cells import NOT_CALCULATED
from shared.workbooks.marks import Marks

_KNOWN_TO_THE_READER = frozenset(["#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NUM!", "#NULL!"])


def with_known_errors(content: bytes, marks: Iterable[Marks]) -> bytes:
    """The packed file with unknown error values replaced by #N/A; the marks keep what the cells show."""
    shown = {text for found in marks for cells in found.unreadable.values() for text in cells.values()}
    unknown = [text.encode() for text in shown - _KNOWN_TO_THE_READER - {NOT_CALCULATED}]
    if not unknown:
        return content
    mended = BytesIO()
    with ZipFile(BytesIO(content)) as old, ZipFile(mended, "w", ZIP_DEFLATED, compresslevel=1) as new:
        for part in old.namelist():
            new.writestr(part, _replaced(old.read(part), unknown))
    return mended.getvalue()


def _replaced(part: bytes, unknown: Iterable[bytes]) -> bytes:
    for text in unknown:
        part = part.replace(b">" + text + b"</", b">#N/A</")
    return part
