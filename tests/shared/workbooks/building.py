"""Builds small workbooks for the tests, cell by cell as a clerk might have left them."""

from collections.abc import Mapping, Sequence
from datetime import date
from io import BytesIO
from typing import Any

import xlsxwriter

from shared.workbooks.parsers import code, day, integer, name
from shared.workbooks.reading import open_workbook
from shared.workbooks.rows import Row, read_tables
from shared.workbooks.shapes import Field, SheetShape

Rows = Sequence[Sequence[Any]]

PUPILS = SheetShape(
    title="学生名单",
    fields=(
        Field(name="name", title="姓名", synonyms=("学生姓名",), required=True, parse=name),
        Field(name="card", title="身份证号", synonyms=("证件号码",), required=True, parse=code),
        Field(name="born_on", title="出生日期", parse=day()),
        Field(name="grade", title="年级", parse=integer(1, 9)),
        Field(name="guardian", title="监护人姓名", parse=name),
    ),
)

HEADING = ["序号", "姓名", "身份证号", "出生日期", "年级"]


def workbook_of(sheets: Mapping[str, Rows], merges: Sequence[str] = (), hidden: Sequence[str] = ()) -> bytes:
    """The bytes of an .xlsx file; `merges` are areas such as "A1:C1", merged in every sheet."""
    stream = BytesIO()
    with xlsxwriter.Workbook(stream) as book:
        day_format = book.add_format({"num_format": "yyyy-mm-dd"})
        for title, rows in sheets.items():
            sheet = book.add_worksheet(title)
            for area in merges:
                sheet.merge_range(area, "")
            for at, cells in enumerate(rows):
                for column, cell in enumerate(cells):
                    if isinstance(cell, date):
                        sheet.write_datetime(at, column, cell, day_format)
                    elif isinstance(cell, str):
                        sheet.write_string(at, column, cell)
                    elif cell is not None:
                        sheet.write(at, column, cell)
            if title in hidden:
                sheet.hide()
    return stream.getvalue()


def rows_of(*rows: Sequence[Any], shape: SheetShape = PUPILS, merges: Sequence[str] = ()) -> list[Row]:
    """What is read from one sheet with these rows."""
    content = workbook_of({"名单": rows}, merges)
    return [row for table in read_tables(open_workbook(content), shape).tables for row in table.rows()]
