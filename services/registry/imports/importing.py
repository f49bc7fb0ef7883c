"""Importing one file: rows are read, turned into commands in batches, and every row that was turned away is kept.

Command ids come from the file's hash and the row: a job that was killed starts again harmlessly, and the same file
a second time changes nothing.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from io import BytesIO

from services.registry import queries
from services.registry.children.ids import SchoolCode
from services.registry.imports import lists, shapes
from services.registry.imports.absences import plan_attendance
from services.registry.imports.guardians import plan_guardians
from services.registry.imports.intents import Intent, NotOurs, TurnedAway, Wanted, in_chunks, problem_of
from services.registry.imports.known import KnownChildren
from services.registry.imports.places import SchoolDirectory
from services.registry.imports.pupils import (
    Importing,
    plan_accounts,
    plan_correction_receipts,
    plan_divisions,
    plan_graduates,
    plan_groups,
    plan_households,
    plan_primary_leavers,
    plan_rosters,
    plan_schools,
)
from services.registry.personal import PersonalData
from shared.calendar import local_date
from shared.kernel.application import Application
from shared.kernel.caller import Caller
from shared.kernel.commands import Order, Outcome
from shared.kernel.deadlines import derived_id
from shared.kernel.refusals import Refused
from shared.workbooks.reading import Workbook, open_workbook
from shared.workbooks.refusals import HeaderNotFound
from shared.workbooks.rows import BadRow, GoodRow, Row, Table, read_tables
from shared.workbooks.shapes import Problem, SheetShape
from shared.workbooks.writing import write_refusals

KINDS = (
    "divisions",
    "schools",
    "rosters",
    "households",
    "attendance",
    "accounts",
    "groups",
    "guardians",
    "correction-receipts",
    "graduates",
    "primary-leavers",
)

Progress = Callable[[int, int, Mapping[str, int]], None]
"""Told after each batch: rows done, rows in all (about), counts so far."""


@dataclass(slots=True)
class ImportReport:
    """What came of a file, by rows: `changed`, `unchanged`, `refused`, `passed_over`, and `warned` of those taken."""

    counts: Counter[str] = field(default_factory=Counter)
    refused: list[BadRow] = field(default_factory=list)

    def workbook(self) -> bytes:
        """The refused rows with reasons and remedies, in Chinese; mended, it can be imported itself."""
        stream = BytesIO()
        write_refusals(stream, self.refused)
        return stream.getvalue()


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """An uploaded workbook. `name` is what the clerk calls it."""

    kind: str
    name: str
    content: bytes


def import_file(
    file: File, application: Application, personal: PersonalData, caller: Caller, progress: Progress
) -> ImportReport:
    """Import a file for a caller. Raises WorkbookRefused with nothing changed when it is no such list at all."""
    file_hash = sha256(file.kind.encode() + file.content).hexdigest()
    run = _Run(application, caller, file_hash, progress)
    schools = queries.schools_by_code(application.store)
    work = Importing(
        known=KnownChildren(application.store, personal),
        personal=personal,
        file_hash=file_hash,
        today=local_date(application.clock.now()),
        divisions={code: school["division"] for code, school in schools.items()},
    )
    directory = SchoolDirectory.of({code: school["name"] for code, school in schools.items()})
    workbook = open_workbook(file.content, file.name)
    run.tables = {table.sheet.name: table for table in read_tables(workbook, _shape(file.kind, work.today)).tables}
    run.total = sum(sheet.grid.height for sheet in workbook.sheets if not sheet.hidden)
    run.carry_out(_plan(file.kind, workbook, run, work, directory))
    return run.report


def check_file(file: File, today: date) -> None:
    """Raises WorkbookRefused when the file is no workbook, or has no sheet with the heading of its kind."""
    read_tables(open_workbook(file.content, file.name), _shape(file.kind, today))


def _shape(kind: str, today: date) -> SheetShape:
    fixed = {"divisions": shapes.DIVISIONS, "schools": shapes.SCHOOLS, "accounts": shapes.ACCOUNTS}
    dated = {
        "rosters": shapes.rosters,
        "households": shapes.households,
        "attendance": shapes.attendance,
        "groups": shapes.groups,
        "guardians": shapes.guardians,
        "correction-receipts": shapes.correction_receipts,
        "graduates": shapes.graduates,
        "primary-leavers": shapes.primary_leavers,
    }
    return fixed[kind] if kind in fixed else dated[kind](today)


def _plan(kind: str, workbook: Workbook, run: "_Run", work: Importing, directory: SchoolDirectory) -> Iterator[Intent]:
    match kind:
        case "divisions":
            return plan_divisions(run.good(lists.read_divisions(workbook)))
        case "schools":
            return plan_schools(run.good(lists.read_schools(workbook)))
        case "rosters":
            return plan_rosters(run.good(lists.read_rosters(workbook, work.today, directory)), work)
        case "households":
            return plan_households(run.good(lists.read_households(workbook, work.today)), work)
        case "accounts":
            return plan_accounts(run.good(lists.read_accounts(workbook)), work)
        case "groups":
            return plan_groups(run.good(lists.read_groups(workbook, work.today)), work)
        case "guardians":
            return plan_guardians(run.good(lists.read_guardians(workbook, work.today)), work)
        case "graduates":
            return plan_graduates(run.good(lists.read_graduates(workbook, work.today)), work)
        case "primary-leavers":
            return plan_primary_leavers(run.good(lists.read_primary_leavers(workbook, work.today)), work)
        case "correction-receipts":
            return plan_correction_receipts(run.good(lists.read_correction_receipts(workbook, work.today)))
        case _:
            absent = run.good(lists.read_attendance(workbook, work.today))
            counted = run.good(_headcounts(workbook, work.today))
            return plan_attendance(absent, counted, _school_named(run.tables.values(), directory), work)


def _headcounts(workbook: Workbook, today: date) -> Iterator[Row]:
    """The headcounts beside the absentees; a file without any is as good."""
    try:
        yield from lists.read_headcounts(workbook, today)
    except HeaderNotFound:
        return


def _school_named(tables: Iterable[Table], directory: SchoolDirectory) -> SchoolCode | None:
    for table in tables:
        for line in (*table.header.preamble, table.sheet.name, table.file):
            if code := directory.named_in(line):
                return code
    return None


class _Run:
    """One file on its way: what is done, and what came of it."""

    def __init__(self, application: Application, caller: Caller, file_hash: str, progress: Progress) -> None:
        self.report = ImportReport()
        self.tables: Mapping[str, Table] = {}
        self.total = 0
        self._application = application
        self._caller = caller
        self._file_hash = file_hash
        self._progress = progress
        self._read = 0

    def good(self, rows: Iterable[Row]) -> Iterator[GoodRow]:
        """The rows that could be read; the others are counted."""
        for row in rows:
            self._read += 1
            if isinstance(row, GoodRow):
                yield row
            elif isinstance(row, BadRow):
                self._refuse(row)
            else:
                self.report.counts["passed_over"] += 1

    def order_for(self, command: object, part: str) -> Order:
        return Order(
            command=command,
            command_id=derived_id("import", self._file_hash, part),
            caller=self._caller,
            fingerprint=self._file_hash[:32],
        )

    def carry_out(self, intents: Iterable[Intent]) -> None:
        for chunk in in_chunks(intents):
            wanted = [intent for intent in chunk if isinstance(intent, Wanted)]
            for intent in chunk:
                self._settle_without_command(intent)
            orders = [self.order_for(intent.command, intent.part) for intent in wanted]
            for intent, outcome in zip(wanted, self._application.execute_many(orders), strict=True):
                self._settle(intent, outcome)
            self._tell()
        self._tell()

    def _tell(self) -> None:
        self._progress(self._read, max(self.total, self._read), self.report.counts)

    def _settle_without_command(self, intent: Intent) -> None:
        match intent:
            case TurnedAway(row=row, problem=problem):
                self._refuse_good(row, [problem])
            case NotOurs():
                self.report.counts["passed_over"] += 1

    def _settle(self, intent: Wanted, outcome: Outcome | Refused) -> None:
        if isinstance(outcome, Refused):
            for row in intent.rows:
                self._refuse_good(row, [problem_of(outcome)])
            return
        changed = "changed" if outcome.events and not outcome.repeated else "unchanged"
        self.report.counts[changed] += len(intent.rows)
        self.report.counts["warned"] += sum(bool(row.warnings) for row in intent.rows)

    def _refuse_good(self, row: GoodRow, problems: Sequence[Problem]) -> None:
        self._refuse(self.tables[row.sheet].refuse(row.row_number, row.cells, problems))

    def _refuse(self, row: BadRow) -> None:
        self.report.counts["refused"] += 1
        self.report.refused.append(row)
