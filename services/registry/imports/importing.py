"""Importing one file: rows are read, turned into commands in batches, and every row that was turned away is kept.

Command ids come from the file's hash and the row, or what the rows say together: a job that was killed starts again
harmlessly, and the same file a second time changes nothing but what it could not say the first time.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from hashlib import sha256

from services.registry import queries
from services.registry.attendance.daily import RecordAttendance
from services.registry.imports.attempts import Attempt, Earlier, address_of
from services.registry.imports.conclusions import conclusions_of
from services.registry.imports.intents import (
    Intent,
    NoNews,
    NotOurs,
    TurnedAway,
    Wanted,
    in_chunks,
    part_of,
    problem_of,
)
from services.registry.imports.kinds import looks_like, plan_of, readings_of, says_complete, shape_of
from services.registry.imports.known import KnownChildren
from services.registry.imports.pupils import (
    Importing,
)
from services.registry.imports.recording import Listed, makes_known, record_import
from services.registry.imports.report import File, ImportReport, Progress
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
from shared.workbooks.shapes import Problem
from shared.workbooks.unread import unread_of

FIRST = Attempt()


def import_file(
    file: File,
    application: Application,
    personal: PersonalData,
    caller: Caller,
    progress: Progress,
    attempt: Attempt = FIRST,
) -> ImportReport:
    """Import a file for a caller. Raises WorkbookRefused with nothing changed when it is no such list at all.

    What earlier attempts of the same job brought in is reported as if this one had.
    """
    file_hash = sha256((file.kind + ":complete" * file.complete).encode() + file.content).hexdigest()
    run = _Run(application, caller, file_hash, progress, attempt)
    work = _work(application, personal, file_hash)
    directory = queries.school_directory(application.store, caller.scope, work.today)
    workbook = open_workbook(file.content, file.name)
    run.read(file.kind, workbook, work.today)
    handed_back = _handed_back(run.tables.values())
    if file.kind == "attendance":
        claimed = file.complete or says_complete(run.tables.values())
        file = replace(file, complete=claimed and not handed_back)
    run.carry_out(plan_of(file, workbook, run, work, directory))
    run.report.conclude(conclusions_of(application.store, work.doubts, run.attendance))
    run.tell()
    if not handed_back:
        run.report.left_out = run.listed.left_out(application.store)
    record_import(file, run.report, application, caller)
    return run.report


def _work(application: Application, personal: PersonalData, file_hash: str) -> Importing:
    schools = queries.schools_by_code(application.store)
    return Importing(
        known=KnownChildren(application.store, personal),
        personal=personal,
        file_hash=file_hash,
        today=local_date(application.clock.now()),
        divisions={code: school["division"] for code, school in schools.items()},
        store=application.store,
    )


def _handed_back(tables: Iterable[Table]) -> bool:
    """Whether these are rows that were handed back and mended: never whole classes, nor all who were absent."""
    return any(table.header.added for table in tables)


def check_file(file: File, today: date) -> None:
    """Raises WorkbookRefused when the file is no workbook, or has no sheet with the heading of its kind."""
    workbook = open_workbook(file.content, file.name)
    try:
        read_tables(workbook, shape_of(file.kind, today))
    except HeaderNotFound as fault:
        if like := looks_like(workbook, today):
            raise fault.looking_like(like) from fault
        raise


class _Run:
    """One file on its way: what is done, and what came of it. `attendance`: the addresses of the events
    of children's days."""

    def __init__(
        self, application: Application, caller: Caller, file_hash: str, progress: Progress, attempt: Attempt
    ) -> None:
        self.report = ImportReport()
        self.tables: Mapping[str, Table] = {}
        self.total = 0
        self._application = application
        self._caller = caller
        self._file_hash = file_hash
        self._progress = progress
        self._read = 0
        self.listed = Listed()
        self._job = attempt.job
        self._earlier = Earlier.of(attempt, application.store)
        self.attendance = self._earlier.resumed()

    def read(self, kind: str, workbook: Workbook, today: date) -> None:
        """Find the tables, and note what stands beside them. Raises HeaderNotFound when there is none."""
        readings = readings_of(kind, workbook, today)
        self.tables = {table.sheet.name: table for reading in readings for table in reading.tables}
        self.report.unread = unread_of(workbook, readings)
        self.total = sum(sheet.grid.height for sheet in workbook.sheets if not sheet.hidden)

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
            command_id=self._command_id(part),
            caller=self._caller,
            fingerprint=self._file_hash[:32],
            correlation=self._job,
        )

    def _command_id(self, part: str) -> str:
        return derived_id("import", self._file_hash, part)

    def carry_out(self, intents: Iterable[Intent]) -> None:
        for chunk in in_chunks(intents):
            wanted = [intent for intent in chunk if isinstance(intent, Wanted)]
            self._settle_without_command([intent for intent in chunk if not isinstance(intent, Wanted)])
            self.listed.note(intent.command for intent in wanted)
            orders = [self.order_for(intent.command, intent.part) for intent in wanted]
            for intent, outcome in zip(wanted, self._application.execute_many(orders), strict=True):
                self._settle(intent, outcome)
            self.tell()
        self.tell()

    def tell(self) -> None:
        self._progress(self._read, max(self.total, self._read), self.report.counts)

    def _settle_without_command(self, intents: Sequence[TurnedAway | NotOurs | NoNews]) -> None:
        """An earlier attempt may have carried out what is now no news, or can no more be done."""
        ids = [self._command_id(part_of(intent)) for intent in intents]
        earlier = self._earlier.outcomes(self._application, ids)
        for intent, id_ in zip(intents, ids, strict=True):
            if outcome := earlier.get(id_):
                self._count([intent.row], outcome, makes_known=False)
                continue
            match intent:
                case TurnedAway(row=row, problem=problem):
                    self._refuse_good(row, [problem])
                case NotOurs():
                    self.report.counts["passed_over"] += 1
                case NoNews(row=row):
                    self.report.counts["unchanged"] += 1
                    self.report.take(self.tables[row.sheet], [row])

    def _settle(self, intent: Wanted, outcome: Outcome | Refused) -> None:
        if isinstance(outcome, Refused):
            for row in intent.rows:
                self._refuse_good(row, [problem_of(outcome)])
            return
        if isinstance(intent.command, RecordAttendance):
            self.attendance.extend(map(address_of, outcome.events))
        self._count(intent.rows, outcome, makes_known=makes_known(intent.command))

    def _count(self, rows: Sequence[GoodRow], outcome: Outcome, *, makes_known: bool) -> None:
        """What came of rows: what an earlier attempt of this job did is this job's, what another one did is not."""
        own = self._earlier.wrote(outcome)
        changed = "changed" if outcome.events and (own or not outcome.repeated) else "unchanged"
        self.report.counts[changed] += len(rows)
        known = self._earlier.made_known(outcome) if own else makes_known and changed == "changed"
        self.report.new += len(rows) if known else 0
        for row in rows:
            self.report.take(self.tables[row.sheet], [row])

    def _refuse_good(self, row: GoodRow, problems: Sequence[Problem]) -> None:
        self._refuse(self.tables[row.sheet].refuse(row.row_number, row.cells, problems, row.values))

    def _refuse(self, row: BadRow) -> None:
        self.report.counts["refused"] += 1
        self.report.refused.append(row)
