"""Keeping one file as a snapshot: its rows are checked, kept in pages, and compared with the list before."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from typing import Protocol

import msgspec

from services.registry import queries
from services.registry.children.ids import SchoolCode
from services.registry.imports.intents import in_chunks
from services.registry.imports.kinds import looks_like
from services.registry.imports.known import KnownChildren
from services.registry.imports.lists import unrepeated
from services.registry.imports.places import placed
from services.registry.imports.report import ImportReport, Progress
from services.registry.personal import PersonalData
from services.registry.snapshots.kinds import ListKind
from services.registry.snapshots.lines import Line, line_of
from services.registry.snapshots.pages import ListPages, PageLost
from services.registry.snapshots.recording import RecordList
from services.registry.snapshots.rows import in_force
from services.registry.snapshots.shapes import SPECS, ListSpec
from shared.calendar import local_date
from shared.faults import Fault
from shared.kernel.application import Application
from shared.kernel.caller import Caller, Place, Scope
from shared.kernel.commands import Order
from shared.kernel.deadlines import derived_id
from shared.kernel.ledgers import Row as LedgerRow
from shared.kernel.store import Store
from shared.workbooks.reading import Workbook, open_workbook
from shared.workbooks.refusals import HeaderNotFound
from shared.workbooks.rows import BadRow, GoodRow, Row, Table, read_tables
from shared.workbooks.shapes import Problem
from shared.workbooks.unread import unread_of

LOST = "lost"
OUTSIDE = Fault(
    "row-outside-scope",
    "不属于导入单位的辖区或学校",
    "The row lies outside the division or school for which the list is imported.",
    "请由所在乡镇或学校导入，或更正区划代码和学校",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ListFile:
    """An uploaded workbook: a list of `kind` as it was on `list_on`, from `source`."""

    kind: ListKind
    list_on: date
    source: str
    name: str
    content: bytes


class Hash(Protocol):
    """What a running SHA-256 is asked for."""

    def update(self, content: bytes, /) -> None: ...


@dataclass(frozen=True, slots=True)
class _Before:
    """The list before, by lines; where that is one of the same day, what it `says`."""

    id: str | None
    says: str = ""
    lines: dict[str, bytes] = field(default_factory=dict)


def import_list(
    file: ListFile, application: Application, personal: PersonalData, caller: Caller, progress: Progress
) -> ImportReport:
    """Keep a file as a snapshot for the caller's division or school, in place of what was kept of that day.

    What says the same as that makes no event. The same file may say more than the first time: what it rests on, such
    as the schools that the registry knows, has changed. Raises WorkbookRefused with nothing kept when it is no such
    list at all, and Refused for a day to come.
    """
    reading = _Reading(file, application.store, personal, caller.scope, local_date(application.clock.now()))
    before = _list_before(application.store, personal, file, caller.scope)
    pages = ListPages(application.store, personal.cipher)
    counts, said = reading.report.counts, sha256()
    kept: list[str] = []
    for page, lines in pages.write(_compared(reading.lines(), before, counts, said)):
        kept.append(page)
        counts["good"] += lines
        progress(counts["good"] + counts["refused"], max(reading.total, counts["good"]), counts)
    counts["gone"] = len(before.lines)
    said.update(f"{counts['refused']}".encode())
    command = _command(file, reading.report, caller.scope, before, says=said.hexdigest()[:32], pages=tuple(kept))
    repeated = before.id is not None and before.says == command.says
    if not repeated:
        id_ = command.list_id
        application.execute(Order(command=command, command_id=id_, caller=caller, fingerprint=command.file_hash[:32]))
    reading.report.kept = {
        "list_id": before.id if repeated else command.list_id,
        "lines": counts["good"],
        "replaces": before.id if before.says and not repeated else None,
        "repeated": repeated,
    }
    return reading.report


def _command(
    file: ListFile, report: ImportReport, scope: Scope, before: _Before, *, says: str, pages: tuple[str, ...]
) -> RecordList:
    """A list follows on the one before, so that what was said first may be said again after something else was."""
    day, counts = file.list_on.isoformat(), report.counts
    return RecordList(
        list_id=derived_id("list", file.kind, day, scope.division, scope.school, says, before.id or ""),
        kind=file.kind.value,
        list_on=file.list_on,
        source=file.source,
        file_name=file.name,
        file_hash=sha256(file.content).hexdigest(),
        pages=pages,
        warned=counts["warned"],
        unread=report.note(),
        previous=before.id,
        says=says,
        division=scope.division,
        school=scope.school,
        good=counts["good"],
        refused=counts["refused"],
        new=counts["new"],
        gone=counts["gone"],
        changed=counts["changed"],
    )


def check_list(file: ListFile, today: date) -> None:
    """Raises WorkbookRefused when the file is no workbook, or has no sheet with the heading of its kind."""
    workbook = open_workbook(file.content, file.name)
    try:
        read_tables(workbook, SPECS[file.kind].shape(today))
    except HeaderNotFound as fault:
        if like := looks_like(workbook, today):
            raise fault.looking_like(like) from fault
        raise


class _Reading:
    """The rows of one file on their way to be lines; those turned away are kept for the report."""

    def __init__(self, file: ListFile, store: Store, personal: PersonalData, scope: Scope, today: date) -> None:
        self.report = ImportReport()
        self._spec: ListSpec = SPECS[file.kind]
        self._personal, self._scope, self._today = personal, scope, today
        self._store = store
        self._schools = queries.schools_by_code(store)
        self._known = KnownChildren(store, personal)
        self._workbook: Workbook = open_workbook(file.content, file.name)
        self.total = sum(sheet.grid.height for sheet in self._workbook.sheets if not sheet.hidden)
        self._read = read_tables(self._workbook, self._spec.shape(today))
        self.report.unread = unread_of(self._workbook, [self._read])

    def lines(self) -> Iterator[Line]:
        directory = queries.school_directory(self._store, self._scope, self._today)
        tables = {table.sheet.name: table for table in self._read.tables}

        def rows_of(table: Table) -> Iterator[Row]:
            return _as_persons(placed(table, directory) if self._spec.at_school else table.rows(), self._spec)

        rows = unrepeated(self._read.tables, rows_of, self._spec.key, self._known.contradicts)
        for row in self._so_named(tables, rows):
            if (line := self._line(tables[row.sheet], row)) is not None:
                yield line

    def _so_named(self, tables: Mapping[str, Table], rows: Iterable[Row]) -> Iterator[Row]:
        """The rows, of which one with a registered child's number and another name is refused."""
        for chunk in in_chunks(rows):
            known = iter(self._known.of_rows([row.values for row in chunk if isinstance(row, GoodRow)]))
            for row in chunk:
                if isinstance(row, GoodRow) and (against := next(known).against):
                    problem = Problem.of(against, "姓名", row.values["name"])
                    yield tables[row.sheet].refuse(row.row_number, row.cells, [problem], row.values)
                else:
                    yield row

    def _line(self, table: Table, row: Row) -> Line | None:
        if isinstance(row, GoodRow):
            school = self._schools.get(SchoolCode(row.values.get("school_code") or ""), {})
            key = derived_id("line", repr(self._spec.key(row.values)))
            line = line_of(key, row.values, self._personal, school.get("division", ""))
            if self._is_ours(line):
                self.report.take(table, [row])
                return line
            row = table.refuse(row.row_number, row.cells, [Problem.of(OUTSIDE, "整行", None)], row.values)
        if isinstance(row, BadRow):
            self.report.counts["refused"] += 1
            self.report.refused.append(row)
        else:
            self.report.counts["passed_over"] += 1
        return None

    def _is_ours(self, line: Line) -> bool:
        """A line that says nothing of its place is taken at the importer's word."""
        told = line.school if self._scope.school else line.division
        return not told or self._scope.covers(Place(line.division, line.school))


def _as_persons(rows: Iterable[Row], spec: ListSpec) -> Iterator[Row]:
    for row in rows:
        if isinstance(row, GoodRow):
            row.values.update(spec.person(row.values))
        yield row


def _compared(lines: Iterable[Line], before: _Before, counts: Counter[str], said: Hash) -> Iterator[Line]:
    """The same lines, noted in `said` and counted against the list before; what then is left of that one is gone."""
    counts.update(dict.fromkeys(("good", "refused", "new", "gone", "changed"), 0))
    for line in lines:
        was, digest = before.lines.pop(line.key, None), _digest(line)
        said.update(digest)
        if was is None:
            counts["new"] += 1
        elif was != digest:
            counts["changed"] += 1
        yield line


def _list_before(store: Store, personal: PersonalData, file: ListFile, scope: Scope) -> _Before:
    """The list that now is believed of this place, or was on that day. One of which a page is lost has no lines, and
    whatever takes its place says something else.
    """
    place = {"division": scope.division, "school": scope.school}
    earlier = {"kind": file.kind.value, "list_on": {"$lte": file.list_on.isoformat()}}
    order = [("list_on", -1), ("imported_at", -1)]
    rows = in_force(store.ledger_collection("lists").find({**earlier, **place}, sort=order))
    if not rows:
        return _Before(None)
    found = rows[0]
    id_, same_day = str(found["_id"]), found["list_on"] == file.list_on.isoformat()
    try:
        lines = {line.key: _digest(line) for line in lines_of(store, personal, found)}
    except PageLost:
        return _Before(id_, LOST if same_day else "")
    return _Before(id_, found["says"] if same_day else "", lines)


def lines_of(store: Store, personal: PersonalData, kept: LedgerRow) -> Iterator[Line]:
    """The lines of a kept list, told by its ledger row. Raises PageLost."""
    return ListPages(store, personal.cipher).read(kept["pages"])


def _digest(line: Line) -> bytes:
    return sha256(msgspec.msgpack.encode(line)).digest()[:8]
