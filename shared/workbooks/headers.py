"""Finds the heading row of a sheet below title rows, and which column holds which field."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from shared.identifiers.text import clean
from shared.workbooks.cells import Cell
from shared.workbooks.handed_out import ADDED_HEADINGS
from shared.workbooks.reading import Sheet
from shared.workbooks.refusals import SEARCHED_ROWS
from shared.workbooks.shapes import Field, SheetShape, heading_key

FEWEST_FIELDS = 2
SEARCHED_FOR_THE_MESSAGE = 2000

Labels = list[tuple[str, ...]]
"""For each column the headings to try, the most telling first."""


@dataclass(frozen=True, slots=True)
class Header:
    """The heading row(s). `bottom` is the last heading row, counted from 0; so are the column positions.

    `doubled`: the columns that are headed like the column of a field, but were left. `added`: how many columns at the
    left are those that we put before rows that we hand back.
    """

    top: int
    bottom: int
    columns: tuple[tuple[Field, int], ...]
    headings: tuple[str, ...]
    preamble: tuple[str, ...]
    doubled: tuple[tuple[Field, int], ...] = ()
    added: int = 0

    @property
    def left(self) -> tuple[int, ...]:
        """The columns that no field takes, with a heading or without, in order."""
        taken = {position for _, position in self.columns}
        return tuple(at for at in range(self.added, len(self.headings)) if at not in taken)

    @property
    def unused(self) -> tuple[str, ...]:
        """Headings of the columns that no field takes."""
        return tuple(self.headings[at] for at in self.left if self.headings[at])


@dataclass(frozen=True, slots=True)
class NearestRow:
    """The row that came closest to being the heading: how many fields it has, which required it lacks."""

    matched: int
    missing: tuple[Field, ...]


def find_header(sheet: Sheet, shape: SheetShape) -> Header | NearestRow:
    """The first heading within the first rows, of two rows if that takes more fields; or the nearest."""
    rows = sheet.head(SEARCHED_ROWS + 1)
    best: Header | None = None
    nearest = NearestRow(0, shape.required)
    by_heading = shape.by_heading()
    for top, bottom, labels in _candidates(rows, _upper_labels(sheet, rows)):
        if best is not None and bottom > best.bottom + 1:
            break
        columns = _match(labels, by_heading)
        missing = _missing(columns, shape)
        if missing or len(columns) < min(FEWEST_FIELDS, len(shape.fields)):
            nearest = max(nearest, NearestRow(len(columns), missing or shape.fields), key=lambda row: row.matched)
        elif best is None or len(columns) > len(best.columns):
            best = _header(top, bottom, labels, columns, by_heading, rows)
    return best or nearest


def lower_heading(sheet: Sheet, shape: SheetShape) -> int:
    """The row, counted from 1, of a heading that fits but stands below the searched rows; 0: there is none."""
    by_heading, rows = shape.by_heading(), islice(sheet.rows(), SEARCHED_ROWS, SEARCHED_FOR_THE_MESSAGE)
    for number, cells in enumerate(rows, SEARCHED_ROWS + 1):
        columns = _match([(_text(cell),) for cell in cells], by_heading)
        if len(columns) >= min(FEWEST_FIELDS, len(shape.fields)) and not _missing(columns, shape):
            return number
    return 0


def _header(
    top: int,
    bottom: int,
    labels: Labels,
    columns: Sequence[tuple[Field, int]],
    by_heading: Mapping[str, Field],
    rows: list[list[Cell]],
) -> Header:
    taken = {at for _, at in columns}
    names = {field.name for field, _ in columns}
    meant = ((by_heading.get(heading_key(label[0])), at) for at, label in enumerate(labels) if at not in taken)
    return Header(
        top,
        bottom,
        tuple(columns),
        _headings(labels, columns),
        _preamble(rows[:top]),
        tuple((field, at) for field, at in meant if field and field.name in names),
        _added(labels),
    )


def _added(labels: Labels) -> int:
    """How many columns at the left are our own: all of them in their order, or none."""
    ours = len(ADDED_HEADINGS)
    return ours if tuple(label[0] for label in labels[:ours]) == ADDED_HEADINGS else 0


def _candidates(rows: list[list[Cell]], uppers: list[list[Cell]]) -> Iterator[tuple[int, int, Labels]]:
    """Each row as a heading by itself, then together with the row above it."""
    for at, cells in enumerate(rows[:SEARCHED_ROWS]):
        yield at, at, [(_text(cell),) for cell in cells]
        if at:
            pairs = zip(uppers[at - 1], cells, strict=True)
            yield at - 1, at, [_joined(_text(upper), _text(lower)) for upper, lower in pairs]


def _joined(upper: str, lower: str) -> tuple[str, ...]:
    return (upper + lower, lower) if lower else (upper,)


def _text(cell: Cell) -> str:
    return cell if isinstance(cell, str) else ""


def _upper_labels(sheet: Sheet, rows: list[list[Cell]]) -> list[list[Cell]]:
    """The rows with the text of a merged cell repeated across all the columns that it spans."""
    spread = [list(cells) for cells in rows]
    for top, left, _, right in sheet.merged():
        if top < len(spread):
            spread[top][left : right + 1] = [rows[top][left]] * (right + 1 - left)
    return spread


def _match(labels: Labels, by_heading: Mapping[str, Field]) -> list[tuple[Field, int]]:
    """Fields with their columns; a whole heading is preferred to the lower half of one."""
    taken: dict[str, tuple[Field, int]] = {}
    used = set(range(_added(labels)))
    for rank in range(2):
        for at, label in enumerate(labels):
            field = by_heading.get(heading_key(label[rank])) if rank < len(label) and at not in used else None
            if field and field.name not in taken:
                taken[field.name] = field, at
                used.add(at)
    return list(taken.values())


def _headings(labels: Labels, columns: Sequence[tuple[Field, int]]) -> tuple[str, ...]:
    """What stands above each column; where only a part of that named the field, the field's own title."""
    titles = [clean(label[0]) for label in labels]
    for field, at in columns:
        if len(labels[at]) > 1:
            titles[at] = field.title
    return tuple(titles)


def _missing(columns: Sequence[tuple[Field, int]], shape: SheetShape) -> tuple[Field, ...]:
    found = {field.name for field, _ in columns}
    return tuple(field for field in shape.required if field.name not in found)


def _preamble(rows: list[list[Cell]]) -> tuple[str, ...]:
    lines = (" ".join(filter(None, (clean(_text(cell)) for cell in cells))) for cells in rows)
    return tuple(line for line in lines if line)
