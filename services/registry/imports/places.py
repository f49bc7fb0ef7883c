"""Which school a roster belongs to.

The row's own school code or school name decides. A row without either belongs to the school that the rows
above the heading name (by code or by name), else the sheet's name, else the file's name.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from shared.faults import Fault
from shared.identifiers import SchoolCode
from shared.identifiers.text import compact
from shared.workbooks.rows import GoodRow, Row, Table
from shared.workbooks.shapes import Problem

SCHOOL_UNKNOWN = Fault(
    "row-school-unknown",
    "学校不在学校名单中",
    "The school is not on the list of schools.",
    "请先导入学校名单，或更正学校名称和标识码",
)
_CODE = re.compile(r"(?<!\d)\d{10}(?!\d)", re.ASCII)


@dataclass(frozen=True, slots=True)
class SchoolDirectory:
    """The schools that the registry knows: each name, made compact, with its code."""

    by_name: Mapping[str, SchoolCode]

    @classmethod
    def of(cls, names: Mapping[SchoolCode, str]) -> "SchoolDirectory":
        return cls({compact(name): code for code, name in names.items()})

    def with_code(self, code: str) -> SchoolCode | None:
        return next((known for known in self.by_name.values() if known == code), None)

    def named_in(self, written: str) -> SchoolCode | None:
        """The school whose code, or else whose longest name, stands in a line of text."""
        for found in _CODE.findall(written):
            if code := self.with_code(found):
                return code
        line = compact(written)
        names = [name for name in self.by_name if name in line]
        return self.by_name[max(names, key=len)] if names else None


def placed(table: Table, schools: SchoolDirectory) -> Iterator[Row]:
    """The rows of a roster with `school_code` set to a known school; a row of an unknown one is refused."""
    lines = (*table.header.preamble, table.sheet.name, table.file)
    school_of_table = next(filter(None, map(schools.named_in, lines)), None)
    for row in table.rows():
        if not isinstance(row, GoodRow):
            yield row
        elif code := _school_of(row.values, schools, school_of_table):
            row.values["school_code"] = code
            yield row
        else:
            shown = row.values["school_code"] or row.values["school_name"]
            problem = Problem.of(SCHOOL_UNKNOWN, "学校名称", shown)
            yield table.refuse(row.row_number, row.cells, [problem], row.values)


def _school_of(values: Mapping[str, Any], schools: SchoolDirectory, otherwise: SchoolCode | None) -> SchoolCode | None:
    if values["school_code"] is not None:
        return schools.with_code(values["school_code"])
    if values["school_name"] is not None:
        return schools.by_name.get(compact(values["school_name"]))
    return otherwise
