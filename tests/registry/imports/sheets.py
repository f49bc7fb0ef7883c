"""One small sheet, read as one of the county's lists."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any

from shared.workbooks.reading import Workbook, open_workbook
from shared.workbooks.rows import BadRow, GoodRow, Row
from tests.shared.workbooks.building import workbook_of

TODAY = date(2026, 11, 20)


def read(
    reader: Callable[[Workbook], Iterable[Row]],
    *rows: Sequence[Any],
    sheet: str = "Sheet1",
    file: str = "名单.xlsx",
) -> list[Row]:
    return list(reader(open_workbook(workbook_of({sheet: rows}), file)))


def good(row: Row) -> dict[str, Any]:
    assert isinstance(row, GoodRow), row
    return row.values


def codes(row: Row) -> list[str]:
    """The codes with which a row is refused."""
    assert isinstance(row, BadRow), row
    return [problem.code for problem in row.problems if problem.blocking]


def warned(row: Row) -> list[str]:
    assert isinstance(row, GoodRow), row
    return [problem.code for problem in row.warnings]
