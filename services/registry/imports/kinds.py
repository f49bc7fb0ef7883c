"""The county's lists by kind: what their sheets look like, and what their rows ask for."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import date
from typing import Protocol

from services.registry.children.ids import SchoolCode
from services.registry.imports import lists, shapes, vocabulary
from services.registry.imports.absences import AttendanceFile, plan_attendance
from services.registry.imports.guardians import plan_guardians
from services.registry.imports.intents import Intent
from services.registry.imports.pupils import (
    Importing,
    plan_accounts,
    plan_correction_receipts,
    plan_divisions,
    plan_graduates,
    plan_groups,
    plan_households,
    plan_primary_leavers,
    plan_schools,
)
from services.registry.imports.report import File, ImportReport
from services.registry.imports.rosters import plan_rosters
from services.registry.schools.directory import SchoolDirectory
from services.registry.snapshots.kinds import IMPORT_LABELS
from shared.faults import Fault
from shared.identifiers.text import compact
from shared.workbooks.reading import Workbook
from shared.workbooks.refusals import HeaderNotFound
from shared.workbooks.rows import GoodRow, Reading, Row, Table, read_tables
from shared.workbooks.shapes import SheetShape

KINDS = tuple(IMPORT_LABELS)


class Run(Protocol):
    """What planning asks of whoever carries a file out."""

    @property
    def tables(self) -> Mapping[str, Table]: ...

    @property
    def report(self) -> ImportReport: ...

    def good(self, rows: Iterable[Row]) -> Iterator[GoodRow]: ...


def shape_of(kind: str, today: date) -> SheetShape:
    """The sheet that a file of this kind must have."""
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


def looks_like(workbook: Workbook, today: date) -> str:
    """What the file is by its headings: the label of the kind of which most columns are found; empty if it is none."""
    found: dict[str, int] = {}
    for kind, label in IMPORT_LABELS.items():
        with suppress(HeaderNotFound):
            tables = read_tables(workbook, shape_of(kind, today)).tables
            found[label] = max(len(table.header.columns) for table in tables)
    return max(found, key=found.__getitem__, default="")


def readings_of(kind: str, workbook: Workbook, today: date) -> Sequence[Reading]:
    """What is read of the sheets. Raises HeaderNotFound when there is none of this kind."""
    readings = [read_tables(workbook, shape_of(kind, today))]
    if kind == "attendance":
        with suppress(HeaderNotFound):  # counts beside the absentees are as may be
            readings.append(read_tables(workbook, shapes.headcounts(today)))
    return readings


def plan_of(file: File, workbook: Workbook, run: Run, work: Importing, directory: SchoolDirectory) -> Iterator[Intent]:
    """What the rows of a file ask for, in order; those that cannot be read are counted by `run`."""
    match file.kind:
        case "divisions":
            return plan_divisions(run.good(lists.read_divisions(workbook)), work.known.names(file.kind))
        case "schools":
            return plan_schools(run.good(lists.read_schools(workbook)), work.known.names(file.kind))
        case "rosters":
            return plan_rosters(
                run.good(lists.read_rosters(workbook, work.today, directory, work.known.contradicts)), work
            )
        case "households":
            return plan_households(
                run.good(lists.read_households(workbook, work.today, work.known.contradicts_members)), work
            )
        case "accounts":
            return plan_accounts(run.good(lists.read_accounts(workbook, work.known.lacks)), work)
        case "groups":
            return plan_groups(run.good(lists.read_groups(workbook, work.today, work.known.lacks)), work)
        case "guardians":
            return plan_guardians(run.good(lists.read_guardians(workbook, work.today, work.known.lacks)), work)
        case "graduates":
            return plan_graduates(run.good(lists.read_graduates(workbook, work.today, work.known.lacks)), work)
        case "primary-leavers":
            return plan_primary_leavers(
                run.good(lists.read_primary_leavers(workbook, work.today, work.known.lacks)), work
            )
        case "correction-receipts":
            return plan_correction_receipts(run.good(lists.read_correction_receipts(workbook, work.today)), work)
        case _:
            absent = run.good(lists.read_attendance(workbook, work.today, work.known.lacks))
            counted = run.good(_headcounts(workbook, work.today))
            school = _school_named(run.tables.values(), directory)
            return plan_attendance(AttendanceFile(absent, counted, run.report.refused, school, file.complete), work)


def says_complete(tables: Iterable[Table]) -> bool:
    """Whether a line above a heading says that whoever is not listed was there."""
    lines = (compact(line) for table in tables for line in table.header.preamble)
    return any(phrase in line for line in lines for phrase in vocabulary.COMPLETE)


def _headcounts(workbook: Workbook, today: date) -> Iterator[Row]:
    """The headcounts beside the absentees; a file without any is as good."""
    try:
        yield from lists.read_headcounts(workbook, today)
    except HeaderNotFound:
        return


def _school_named(tables: Iterable[Table], directory: SchoolDirectory) -> SchoolCode | None:
    lines = (line for table in tables for line in (*table.header.preamble, table.sheet.name, table.file))
    found = directory.named_by(lines)
    return None if isinstance(found, Fault) else found
