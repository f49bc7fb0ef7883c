"""Which school a roster belongs to.

The row's own school code or school name decides. A row without either belongs to the school that the rows
above the heading name (by code or by name), else the sheet's name, else the file's name; where none of them names a
school, to the caller's own.
"""

from collections.abc import Iterator

from services.registry.schools.directory import SchoolDirectory
from shared.faults import Fault
from shared.workbooks.rows import GoodRow, Row, Table
from shared.workbooks.shapes import Problem

SCHOOL_NOT_NAMED = Fault(
    "row-school-not-named",
    "表中没有写明是哪所学校",
    "Neither the row nor the table names a school.",
    "请在表头上方写明学校全称，或增加“学校标识码”一列",
)


def placed(table: Table, schools: SchoolDirectory) -> Iterator[Row]:
    """The rows of a roster with `school_code` set to a known school; a row of an unknown one is refused."""
    of_table = schools.named_by((*table.header.preamble, table.sheet.name, table.file))
    for row in table.rows():
        if not isinstance(row, GoodRow):
            yield row
            continue
        code, name = row.values["school_code"], row.values["school_name"]
        found = schools.told_by(code, name) or of_table or SCHOOL_NOT_NAMED
        if isinstance(found, Fault):
            problem = Problem.of(found, "学校名称", code or name)
            yield table.refuse(row.row_number, row.cells, [problem], row.values)
        else:
            row.values["school_code"] = found
            yield row
