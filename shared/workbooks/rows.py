"""Reads the rows below a heading: each is good, bad with its reasons, or passed over and counted as such."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, TypeAlias

from shared.faults import Fault, InvalidValue
from shared.identifiers.text import compact
from shared.workbooks.cells import Cell, is_blank, unreadable
from shared.workbooks.handed_out import is_ours
from shared.workbooks.headers import Header, NearestRow, find_header, lower_heading
from shared.workbooks.merges import filled_down
from shared.workbooks.reading import Sheet, Workbook
from shared.workbooks.refusals import HeaderNotFound
from shared.workbooks.shapes import Field, Problem, SheetShape

_TOTAL = re.compile(r"(合计|总计|小计|共计|本页合计|本页小计|本班合计|全校合计)")
_FOOTNOTE = re.compile(
    r"(注|备注|说明|填表说明|填表人|填报人|制表人|制表|审核人|审核|负责人|校长|班主任|填表日期|制表日期|盖章)[:(]"
)
_ASIDE_STARTS = frozenset("合总小共本全注备说填制审负校班盖")
VALUE_MISSING = Fault("cell-missing", "必填项没有填写", "A required value is missing.", "请补充填写")


@dataclass(frozen=True, slots=True)
class GoodRow:
    """A row that can be taken; a field without column or value, or of which the value was lost, is None in `values`.

    `warnings` say which values were lost, and what else is odd.
    """

    sheet: str
    row_number: int
    values: dict[str, Any]
    warnings: tuple[Problem, ...] = ()
    cells: Sequence[Cell] = ()


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row that cannot be taken, why, and its cells as they stand below their `headings`.

    `values`: what could be read of it all the same, by field; a cell that could not is missing or None. `preamble`:
    the lines above the heading, which may say of which school or day the rows are.
    """

    sheet: str
    row_number: int
    problems: tuple[Problem, ...]
    cells: Sequence[Cell]
    headings: tuple[str, ...] = ()
    file: str = ""
    values: Mapping[str, Any] = field(default_factory=dict)
    preamble: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PassedOver:
    """A row that is no record: a total (`total`), the heading again (`heading`), a note (`note`),
    or a line of which nothing but columns that no field takes, such as a printed serial number, is filled
    (`unfilled`)."""

    sheet: str
    row_number: int
    why: str


Row: TypeAlias = GoodRow | BadRow | PassedOver
"""`row_number` is Excel's own, counted from 1. Blank rows do not appear."""


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet whose heading fits the shape. `file` is the workbook's name."""

    file: str
    sheet: Sheet
    header: Header
    shape: SheetShape

    def refuse(
        self,
        row_number: int,
        cells: Sequence[Cell],
        problems: Iterable[Problem],
        values: Mapping[str, Any] | None = None,
    ) -> BadRow:
        """A row of this table turned away, also one that was good when seen alone."""
        return BadRow(
            self.sheet.name,
            row_number,
            tuple(problems),
            cells[self.header.added :],
            self.header.headings[self.header.added :],
            self.file,
            values or {},
            self.header.preamble,
        )

    def rows(self) -> Iterator[Row]:
        """The rows below the heading in order; can be asked for again."""
        first = self.header.bottom + 1
        reader = RowReader(self)
        for number, cells in enumerate(islice(filled_down(self.sheet, first), first, None), first + 1):
            row = reader.read(number, cells)
            if row is not None:
                yield row


@dataclass(frozen=True, slots=True)
class SkippedSheet:
    """A sheet of which nothing was read: `hidden`, `empty`, `no-header` (`missing`: the columns it lacks) or `low`.

    `heading_row`: where a heading that fits stands, counted from 1, in a sheet that is hidden or has it too far below.
    """

    name: str
    why: str
    missing: tuple[str, ...] = ()
    heading_row: int = 0


@dataclass(frozen=True, slots=True)
class Reading:
    tables: tuple[Table, ...]
    skipped: tuple[SkippedSheet, ...]


def read_tables(workbook: Workbook, shape: SheetShape) -> Reading:
    """All visible sheets whose heading fits `shape`, but for those that the product itself wrote beside a list.

    Raises `HeaderNotFound` when there is none.
    """
    tables: list[Table] = []
    skipped: list[SkippedSheet] = []
    nearest = NearestRow(0, shape.required)
    for sheet in workbook.sheets:
        if is_ours(sheet):
            continue
        found = None if sheet.is_empty else find_header(sheet, shape)
        if isinstance(found, Header) and not sheet.hidden:
            tables.append(Table(workbook.name, sheet, found, shape))
            continue
        skipped.append(_skipped(sheet, shape, found))
        if isinstance(found, NearestRow) and not sheet.hidden:
            nearest = max(nearest, found, key=lambda row: row.matched)
    if not tables:
        low = next(((sheet.name, sheet.heading_row) for sheet in skipped if sheet.why == "low"), None)
        raise HeaderNotFound(shape.title, _titles(shape.required), _titles(nearest.missing), low)
    return Reading(tuple(tables), tuple(skipped))


def _skipped(sheet: Sheet, shape: SheetShape, found: Header | NearestRow | None) -> SkippedSheet:
    if found is None:
        return SkippedSheet(sheet.name, "hidden" if sheet.hidden else "empty")
    if sheet.hidden:
        row = found.bottom + 1 if isinstance(found, Header) else 0
        return SkippedSheet(sheet.name, "hidden", heading_row=row)
    if row := lower_heading(sheet, shape):
        return SkippedSheet(sheet.name, "low", heading_row=row)
    return SkippedSheet(sheet.name, "no-header", _titles(found.missing) if isinstance(found, NearestRow) else ())


def _titles(fields: Sequence[Field]) -> tuple[str, ...]:
    return tuple(field.title for field in fields)


class RowReader:
    """The inner loop, run once for every row of every roster: plain tuples, nothing looked up twice."""

    def __init__(self, table: Table) -> None:
        self._table = table
        self._sheet = table.sheet.name
        self._check = table.shape.check
        self._columns = [
            (field, field.name, field.parse, field.costs_the_row, at) for field, at in table.header.columns
        ]
        self._empty: dict[str, Any] = dict.fromkeys(field.name for field in table.shape.fields)
        heading = table.sheet.head(table.header.bottom + 1)[table.header.bottom]
        self._heading = [(at, heading[at]) for _, at in table.header.columns if not is_blank(heading[at])]

    def read(self, number: int, cells: list[Cell]) -> Row | None:
        why = self.why_no_record(cells)
        if why is not None:
            return PassedOver(self._sheet, number, why) if why else None
        values = self._empty.copy()
        problems: list[Problem] = []
        for column, name, parse, blocking, at in self._columns:
            cell = cells[at]
            if is_blank(cell):
                if column.required:
                    problems.append(Problem.of(VALUE_MISSING, column.title, cell))
                continue
            try:
                values[name] = parse(cell)
            except InvalidValue as invalid:
                problems.append(Problem.of(unreadable(cell) or invalid.fault, column.title, cell, blocking))
            else:
                if column.doubts is not None:
                    doubts = column.doubts(cell)
                    problems.extend(Problem.of(doubt, column.title, cell, blocking=False) for doubt in doubts)
        if values == self._empty and all(problem.code == VALUE_MISSING.code for problem in problems):
            return PassedOver(self._sheet, number, "unfilled")
        if not problems or not any(problem.blocking for problem in problems):
            problems.extend(self._check(values))
        if any(problem.blocking for problem in problems):
            return self._table.refuse(number, cells, problems, values)
        return GoodRow(self._sheet, number, values, tuple(problems), cells)

    def why_no_record(self, cells: list[Cell]) -> str | None:
        """None for a record, the empty string for a blank row, else the reason to pass it over."""
        first = next((cell for cell in cells if cell != "" and not _is_space(cell)), "")
        if first == "":
            return ""
        if self._heading and all(cells[at] == heading for at, heading in self._heading):
            return "heading"
        if isinstance(first, str):
            return _aside(compact(first))
        return None


def _is_space(cell: Cell) -> bool:
    return isinstance(cell, str) and cell.isspace()


def _aside(first: str) -> str | None:
    if first[:1] not in _ASIDE_STARTS:
        return None
    if _TOTAL.match(first):
        return "total"
    return "note" if _FOOTNOTE.match(first) else None
