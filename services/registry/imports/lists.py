"""Whole workbooks read as lists: the rows of all fitting sheets, in order, none of them twice."""

from collections.abc import Callable, Hashable, Iterable, Iterator
from datetime import date
from operator import itemgetter
from typing import Any

from services.registry.imports import shapes
from services.registry.imports.places import placed
from services.registry.schools.directory import SchoolDirectory
from shared.faults import Fault
from shared.identifiers import name_key
from shared.workbooks.reading import Workbook
from shared.workbooks.rows import GoodRow, Row, Table, read_tables
from shared.workbooks.shapes import Problem

Key = Callable[[dict[str, Any]], Hashable]
Seen = dict[Hashable, tuple[str, int]]


def read_schools(workbook: Workbook) -> Iterator[Row]:
    """The schools of a list, by code. Raises `HeaderNotFound`, as do the functions below."""
    seen: Seen = {}
    for table in read_tables(workbook, shapes.SCHOOLS).tables:
        yield from unrepeated(table, table.rows(), itemgetter("school_code"), seen)


def read_divisions(workbook: Workbook) -> Iterator[Row]:
    """The divisions of a table, each once from a day on."""
    seen: Seen = {}
    for table in read_tables(workbook, shapes.DIVISIONS).tables:
        yield from unrepeated(table, table.rows(), itemgetter("division_code", "valid_from"), seen)


def read_rosters(workbook: Workbook, today: date, schools: SchoolDirectory) -> Iterator[Row]:
    """The pupils of a workbook's rosters with their schools, by identity or student number."""
    seen: Seen = {}
    for table in read_tables(workbook, shapes.rosters(today)).tables:
        yield from unrepeated(table, placed(table, schools), pupil_key, seen)


def read_households(workbook: Workbook, today: date) -> Iterator[Row]:
    """The members of households in hardship, each once for a category.

    A member without a number is known by name in the household.
    """
    seen: Seen = {}
    for table in read_tables(workbook, shapes.households(today)).tables:
        yield from unrepeated(table, table.rows(), _member_key, seen)


def read_attendance(workbook: Workbook, today: date) -> Iterator[Row]:
    """The absences of a workbook, one for each pupil and day."""
    seen: Seen = {}
    for table in read_tables(workbook, shapes.attendance(today)).tables:
        yield from unrepeated(table, table.rows(), lambda row: (pupil_key(row), row["date"]), seen)


def read_headcounts(workbook: Workbook, today: date) -> Iterator[Row]:
    """The headcounts of a workbook, one for each class and day."""
    seen: Seen = {}
    for table in read_tables(workbook, shapes.headcounts(today)).tables:
        yield from unrepeated(table, table.rows(), itemgetter("date", "grade", "class_no"), seen)


def read_accounts(workbook: Workbook) -> Iterator[Row]:
    """The guardians' accounts of a workbook, one for each pupil."""
    seen: Seen = {}
    for table in read_tables(workbook, shapes.ACCOUNTS).tables:
        yield from unrepeated(table, table.rows(), pupil_key, seen)


def read_groups(workbook: Workbook, today: date) -> Iterator[Row]:
    """The entries of a list of special groups, one for each pupil and group."""
    seen: Seen = {}
    for table in read_tables(workbook, shapes.groups(today)).tables:
        yield from unrepeated(table, table.rows(), lambda row: (pupil_key(row), row["group"]), seen)


def read_guardians(workbook: Workbook, today: date) -> Iterator[Row]:
    """The guardians of a list, each of them once for a pupil."""
    seen: Seen = {}
    for table in read_tables(workbook, shapes.guardians(today)).tables:
        yield from unrepeated(table, table.rows(), _guardian_key, seen)


def read_graduates(workbook: Workbook, today: date) -> Iterator[Row]:
    """Who has finished the ninth grade, each pupil once."""
    seen: Seen = {}
    for table in read_tables(workbook, shapes.graduates(today)).tables:
        yield from unrepeated(table, table.rows(), pupil_key, seen)


def read_primary_leavers(workbook: Workbook, today: date) -> Iterator[Row]:
    """Who has finished the sixth grade, each pupil once."""
    seen: Seen = {}
    for table in read_tables(workbook, shapes.primary_leavers(today)).tables:
        yield from unrepeated(table, table.rows(), pupil_key, seen)


def read_correction_receipts(workbook: Workbook, today: date) -> Iterator[Row]:
    """The receipts of a list, one for each correction."""
    seen: Seen = {}
    for table in read_tables(workbook, shapes.correction_receipts(today)).tables:
        yield from unrepeated(table, table.rows(), itemgetter("number"), seen)


def pupil_key(values: dict[str, Any]) -> str:
    """What tells a pupil apart within a list."""
    return str(values["id_number"] or values["student_number"])


def _guardian_key(values: dict[str, Any]) -> Hashable:
    person = values["guardian_id_number"] or (name_key(values["guardian_name"]), values["guardian_relation"])
    return pupil_key(values), name_key(values["name"]), person


def _member_key(values: dict[str, Any]) -> Hashable:
    person = values["member_id_number"] or (values["household_no"], name_key(values["member_name"]))
    return person, values["category"]


def unrepeated(table: Table, rows: Iterable[Row], key: Key, seen: Seen) -> Iterator[Row]:
    """The rows, of which a good one whose key was `seen` before is refused with a word on where."""
    for row in rows:
        if isinstance(row, GoodRow):
            here = row.sheet, row.row_number
            first = seen.setdefault(key(row.values), here)
            if first != here:
                problem = Problem.of(_repeated(*first), "整行", None)
                yield table.refuse(row.row_number, row.cells, [problem], row.values)
                continue
        yield row


def _repeated(sheet: str, row_number: int) -> Fault:
    return Fault(
        "row-repeated",
        f"与工作表“{sheet}”第 {row_number} 行重复",
        f"Repeats row {row_number} of sheet {sheet}.",
        "请删除多余的一行；如不是同一人，请核对证件号码",
    )
