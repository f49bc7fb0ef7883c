"""A file to be imported, and what came of it."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from io import BytesIO

from services.registry.imports.conclusions import Conclusions
from shared.workbooks.rows import BadRow
from shared.workbooks.writing import write_refusals

Progress = Callable[[int, int, Mapping[str, int]], None]
"""Told after each batch: rows done, rows in all (about), counts so far."""


@dataclass(slots=True)
class ImportReport:
    """What came of a file, by rows: `changed`, `unchanged`, `refused`, `passed_over`, and `warned` of those taken.

    `new`: those of the changed that made somebody known. `conclusions`: what an attendance sheet left unsaid.
    """

    counts: Counter[str] = field(default_factory=Counter)
    refused: list[BadRow] = field(default_factory=list)
    new: int = 0
    conclusions: Conclusions = field(default_factory=Conclusions)

    def workbook(self) -> bytes:
        """The refused rows with reasons and remedies, in Chinese, sheet by sheet in the order of the file; mended, it
        can be imported itself."""
        stream, sheets = BytesIO(), list(dict.fromkeys(row.sheet for row in self.refused))
        rows = sorted(self.refused, key=lambda row: (sheets.index(row.sheet), row.row_number))
        write_refusals(stream, rows, notes=self.conclusions.notes())
        return stream.getvalue()


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """An uploaded workbook. `name` is what the clerk calls it. `complete`: of an attendance sheet, it claims to name
    everybody who was not there."""

    kind: str
    name: str
    content: bytes
    complete: bool = False
