"""A file to be imported, and what came of it."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass, field
from io import BytesIO
from pathlib import PurePath
from typing import Any

from services.registry.imports.conclusions import Conclusions
from shared.workbooks.handed_out import EXPLAINED, LEFT_OUT, WARNED
from shared.workbooks.rows import BadRow, GoodRow, Table
from shared.workbooks.unread import Unread
from shared.workbooks.writing import REFUSAL_COLUMNS, Note, refusal_cells, write_refusals

Progress = Callable[[int, int, Mapping[str, int]], None]
"""Told after each batch: rows done, rows in all (about), counts so far."""
MOST_NOTED = 20
_RETURNED, _TO_CHECK = "-退回", "-核对"


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """A pupil of a class that a roster speaks of, whom it does not name."""

    name: str
    school: str
    grade: int
    class_no: int


@dataclass(slots=True)
class ImportReport:
    """What came of a file, by rows: `changed`, `unchanged`, `refused`, `passed_over`, and `warned` of those taken.

    `new`: those of the changed that made somebody known. `conclusions`: what followed
    from an attendance sheet, and what it left in doubt.
    `unread`: what of the file was left, and never names anybody. `warned`, `left_out` and `conclusions` do, and stand
    in the returned workbook alone. `kept`: of a list that is kept, which one now is and how many lines it has, the one
    whose place it takes (null: none), and whether that was kept already.
    """

    counts: Counter[str] = field(default_factory=Counter)
    refused: list[BadRow] = field(default_factory=list)
    warned: list[BadRow] = field(default_factory=list)
    unread: list[Unread] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    new: int = 0
    kept: Mapping[str, Any] = field(default_factory=dict)
    conclusions: Conclusions = field(default_factory=Conclusions)

    def take(self, table: Table, rows: Iterable[GoodRow]) -> None:
        """Rows were taken: those about which something is to be said are kept for it."""
        for row in rows:
            self.counts["warned"] += bool(row.warnings)
            if row.warnings:
                self.warned.append(table.refuse(row.row_number, row.cells, row.warnings))

    def conclude(self, conclusions: Conclusions) -> None:
        self.conclusions = conclusions
        self.counts.update(conclusions.counts)

    def told(self) -> dict[str, Any]:
        """The answer of the job: counts, and what was not read, in words."""
        told = {**self.counts, "unread": [asdict(each) for each in self.unread]}
        return told | ({"kept": dict(self.kept)} if self.kept else {})

    def note(self) -> tuple[str, ...]:
        """What was left that somebody may miss, for the ledger of lists; not too much of it."""
        lost = [each.zh for each in self.unread if each.lost]
        more = (f"另有 {len(lost) - MOST_NOTED} 项，见读取说明",) if len(lost) > MOST_NOTED else ()
        return (*lost[:MOST_NOTED], *more)

    def returned(self, name: str) -> tuple[bytes | None, str]:
        """The workbook that goes back to whoever sent the file of this name, and what it is called; or none."""
        if not (self.refused or self._people() or any(each.lost for each in self.unread)):
            return None, ""
        stem = PurePath(name).stem.removesuffix(_RETURNED).removesuffix(_TO_CHECK)
        return self.workbook(), f"{stem}{_RETURNED if self.refused else _TO_CHECK}.xlsx"

    def _people(self) -> bool:
        """Whether somebody is to be looked at by name."""
        return bool(self.warned or self.left_out or self.conclusions.notes())

    def workbook(self) -> bytes:
        """The refused rows with reasons and remedies, in Chinese, sheet by sheet in the order of the file; mended, it
        can be imported itself. Beside them: what was taken with a warning, who was left out, what was concluded, and
        what was not read."""
        stream = BytesIO()
        write_refusals(stream, _in_order(self.refused), list(self._notes()))
        return stream.getvalue()

    def _notes(self) -> Iterable[Note]:
        if self.warned:
            yield Note("需核对", WARNED, REFUSAL_COLUMNS, (list(refusal_cells(row)) for row in _in_order(self.warned)))
        if self.left_out:
            pupils = [(each.name, each.school, each.grade, each.class_no) for each in self.left_out]
            columns = (("姓名", 12), ("学校", 28), ("年级", 8), ("班级", 8))
            yield Note("未列入的学生", LEFT_OUT, columns, pupils)
        yield from self.conclusions.notes()
        if self.unread:
            lines = [(each.sheet, each.zh) for each in self.unread]
            yield Note("读取说明", EXPLAINED, (("工作表", 18), ("说明", 100)), lines)


def _in_order(rows: Iterable[BadRow]) -> list[BadRow]:
    rows = list(rows)
    sheets = list(dict.fromkeys(row.sheet for row in rows))
    return sorted(rows, key=lambda row: (sheets.index(row.sheet), row.row_number))


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """An uploaded workbook. `name` is what the clerk calls it. `complete`: of an attendance sheet, it claims to name
    everybody who was not there."""

    kind: str
    name: str
    content: bytes
    complete: bool = False
