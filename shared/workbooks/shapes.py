"""What a kind of table looks like: its columns, what they may be called, and what must hold in a row."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, Self

from shared.faults import Fault
from shared.identifiers.text import compact
from shared.workbooks.cells import Cell, shown
from shared.workbooks.parsers import text

_NOTE = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|【[^【】]*】|〔[^〔〕]*〕")
_ORNAMENTS = str.maketrans("", "", "*:;,.、。·_-※★☆#\"'“”")


def heading_key(written: Cell) -> str:
    """A heading made comparable: half-width, capitals, without white space, ornaments and bracket notes."""
    if not isinstance(written, str):
        return ""
    whole = compact(written).upper()
    return (_NOTE.sub("", whole) or whole).translate(_ORNAMENTS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One column: `name` in code, `title` and `synonyms` on paper.

    A `required` field must have a column, and a value in every row; an `expected` one only the column. An `essential`
    field tells a person, a place or a day from another. What stands in a column of these and cannot be read costs the
    row; any other cell that cannot be read loses its value with a warning. `doubts`: what to warn of in a cell that
    could be read.

    Two fields may have one `name`: columns under different headings that tell the same in different words.
    """

    name: str
    title: str
    synonyms: tuple[str, ...] = ()
    required: bool = False
    expected: bool = False
    essential: bool = False
    parse: Callable[[Cell], object] = field(default_factory=text)
    doubts: Callable[[Cell], Iterable[Fault]] | None = None

    @property
    def costs_the_row(self) -> bool:
        return self.required or self.expected or self.essential


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One thing wrong with one row, in Chinese; `code` is stable. Not `blocking`: a warning only."""

    code: str
    field_title: str
    value_shown: str
    reason: str
    remedy: str
    blocking: bool = True

    @classmethod
    def of(cls, fault: Fault, field_title: str, cell: Cell | None, blocking: bool = True) -> Self:
        """What `fault` says of the value in that field."""
        return cls(
            code=fault.code,
            field_title=field_title,
            value_shown="" if cell is None else shown(cell),
            reason=fault.zh,
            remedy=fault.remedy_zh,
            blocking=blocking,
        )


RowCheck = Callable[[dict[str, Any]], Iterable[Problem]]
"""Finds what is wrong between the fields of a row whose single cells were all read.

It may complete the values in place with what follows from others, as a birth date does from an ID number.
"""


def nothing_wrong(_values: dict[str, Any]) -> Iterable[Problem]:
    """The check of a table whose fields do not depend on each other."""
    return ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetShape:
    """A kind of table. `title` names it in messages. Earlier fields win a heading that two would take."""

    title: str
    fields: tuple[Field, ...]
    check: RowCheck = nothing_wrong

    def by_heading(self) -> dict[str, Field]:
        """Every title and synonym, made comparable, with its field."""
        found: dict[str, Field] = {}
        for column in self.fields:
            for written in (column.title, *column.synonyms):
                found.setdefault(heading_key(written), column)
        return found

    @property
    def required(self) -> tuple[Field, ...]:
        """The fields without whose columns a sheet is not such a table."""
        return tuple(column for column in self.fields if column.required or column.expected)
