"""Whole workbooks read as lists: the rows of all fitting sheets, in order, none of them twice."""

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
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
Place = tuple[str, int]
"""Sheet and row number."""
Refused = Callable[[Sequence[GoodRow]], Sequence[bool]]
"""Which rows will be refused whatever else the list says, such as those with a known number and another name."""


def nothing_known(rows: Sequence[GoodRow]) -> Sequence[bool]:
    """No row is known to be refused."""
    return [False] * len(rows)


def read_schools(workbook: Workbook) -> Iterator[Row]:
    """The schools of a list, by code. Raises `HeaderNotFound`, as do the functions below."""
    tables = read_tables(workbook, shapes.SCHOOLS).tables
    yield from unrepeated(tables, Table.rows, itemgetter("school_code"))


def read_divisions(workbook: Workbook) -> Iterator[Row]:
    """The divisions of a table, each once from a day on."""
    tables = read_tables(workbook, shapes.DIVISIONS).tables
    yield from unrepeated(tables, Table.rows, itemgetter("division_code", "valid_from"))


def read_rosters(
    workbook: Workbook, today: date, schools: SchoolDirectory, refused: Refused = nothing_known
) -> Iterator[Row]:
    """The pupils of a workbook's rosters with their schools, by identity or student number."""
    tables = read_tables(workbook, shapes.rosters(today)).tables
    yield from unrepeated(tables, lambda table: placed(table, schools), pupil_key, refused)


def read_households(workbook: Workbook, today: date, refused: Refused = nothing_known) -> Iterator[Row]:
    """The members of households in hardship, each once for a category.

    A member without a number is known by name in the household.
    """
    tables = read_tables(workbook, shapes.households(today)).tables
    yield from unrepeated(tables, Table.rows, _member_key, refused)


def read_attendance(workbook: Workbook, today: date, refused: Refused = nothing_known) -> Iterator[Row]:
    """The absences of a workbook, one for each pupil and day."""
    tables = read_tables(workbook, shapes.attendance(today)).tables
    yield from unrepeated(tables, Table.rows, lambda row: (pupil_key(row), row["date"]), refused)


def read_headcounts(workbook: Workbook, today: date) -> Iterator[Row]:
    """The headcounts of a workbook, one for each class and day."""
    tables = read_tables(workbook, shapes.headcounts(today)).tables
    yield from unrepeated(tables, Table.rows, itemgetter("date", "grade", "class_no"))


def read_accounts(workbook: Workbook, refused: Refused = nothing_known) -> Iterator[Row]:
    """The guardians' accounts of a workbook, one for each pupil."""
    tables = read_tables(workbook, shapes.ACCOUNTS).tables
    yield from unrepeated(tables, Table.rows, pupil_key, refused)


def read_groups(workbook: Workbook, today: date, refused: Refused = nothing_known) -> Iterator[Row]:
    """The entries of a list of special groups, one for each pupil and group."""
    tables = read_tables(workbook, shapes.groups(today)).tables
    yield from unrepeated(tables, Table.rows, lambda row: (pupil_key(row), row["group"]), refused)


def read_guardians(workbook: Workbook, today: date, refused: Refused = nothing_known) -> Iterator[Row]:
    """The guardians of a list, each of them once for a pupil."""
    tables = read_tables(workbook, shapes.guardians(today)).tables
    yield from unrepeated(tables, Table.rows, _guardian_key, refused)


def read_graduates(workbook: Workbook, today: date, refused: Refused = nothing_known) -> Iterator[Row]:
    """Who has finished the ninth grade, each pupil once."""
    tables = read_tables(workbook, shapes.graduates(today)).tables
    yield from unrepeated(tables, Table.rows, pupil_key, refused)


def read_primary_leavers(workbook: Workbook, today: date, refused: Refused = nothing_known) -> Iterator[Row]:
    """Who has finished the sixth grade, each pupil once."""
    tables = read_tables(workbook, shapes.primary_leavers(today)).tables
    yield from unrepeated(tables, Table.rows, pupil_key, refused)


def read_correction_receipts(workbook: Workbook, today: date) -> Iterator[Row]:
    """The receipts of a list, one for each correction."""
    tables = read_tables(workbook, shapes.correction_receipts(today)).tables
    yield from unrepeated(tables, Table.rows, itemgetter("number"))


def pupil_key(values: dict[str, Any]) -> str:
    """What tells a pupil apart within a list."""
    return str(values["id_number"] or values["student_number"])


def _guardian_key(values: dict[str, Any]) -> Hashable:
    person = values["guardian_id_number"] or (name_key(values["guardian_name"]), values["guardian_relation"])
    return pupil_key(values), name_key(values["name"]), person


def _member_key(values: dict[str, Any]) -> Hashable:
    person = values["member_id_number"] or (values["household_no"], name_key(values["member_name"]))
    return person, values["category"]


def unrepeated(
    tables: Sequence[Table], rows_of: Callable[[Table], Iterable[Row]], key: Key, refused: Refused = nothing_known
) -> Iterator[Row]:
    """The rows of all tables, of which good ones that share a key are judged together.

    The first of those that say the same stands, the others repeat it. Where they contradict each other none stands:
    which one is right cannot be told here. A row that is `refused` for a reason of its own is left to it, and the
    others are judged without it. The rows are read twice; of each no more than a number is kept in between.
    """
    told: dict[Hashable, dict[Place, int]] = {}
    for good in _good(tables, rows_of):
        told.setdefault(key(good.values), {})[_place(good)] = hash(repr(good.values))
    told = {each: places for each, places in told.items() if len(places) > 1}
    _leave_out_refused(
        told, [row for row in _good(tables, rows_of) if key(row.values) in told] if told else [], key, refused
    )
    for table in tables:
        for row in rows_of(table):
            against = _against(row, told.get(key(row.values), {})) if isinstance(row, GoodRow) and told else None
            if isinstance(row, GoodRow) and against:
                problem = Problem.of(against, "整行", None)
                yield table.refuse(row.row_number, row.cells, [problem], row.values)
            else:
                yield row


def _good(tables: Iterable[Table], rows_of: Callable[[Table], Iterable[Row]]) -> Iterator[GoodRow]:
    return (row for table in tables for row in rows_of(table) if isinstance(row, GoodRow))


def _place(row: GoodRow) -> Place:
    return row.sheet, row.row_number


def _leave_out_refused(
    told: Mapping[Hashable, dict[Place, int]], rows: Sequence[GoodRow], key: Key, refused: Refused
) -> None:
    for row, is_refused in zip(rows, refused(rows), strict=True):
        if is_refused:
            del told[key(row.values)][_place(row)]


def _against(row: GoodRow, told: Mapping[Place, int]) -> Fault | None:
    """What speaks against a row, of those of its key that stand, with what each says, in their order."""
    here = _place(row)
    if here not in told:
        return None
    if other := next((place for place, says in told.items() if says != told[here]), None):
        return _contradicted(*other)
    first = next(iter(told))
    return None if first == here else _repeated(*first)


def _contradicted(sheet: str, row_number: int) -> Fault:
    return Fault(
        "row-contradicted",
        f"与工作表“{sheet}”第 {row_number} 行是同一个号码（或同一项），内容却不一样，无法判断哪一行正确，都没有导入",
        f"Contradicts row {row_number} of sheet {sheet}; neither was taken.",
        "请对照原始材料改正其中一行，或删去错的一行，再重新导入",
    )


def _repeated(sheet: str, row_number: int) -> Fault:
    return Fault(
        "row-repeated",
        f"与工作表“{sheet}”第 {row_number} 行重复",
        f"Repeats row {row_number} of sheet {sheet}.",
        "请删除多余的一行；如不是同一人，请核对证件号码",
    )
