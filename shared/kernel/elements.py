"""Reading views whose lines are the elements of a list in the rows. The caller's scope is laid over both."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from heapq import nsmallest
from typing import Any, NamedTuple

from shared.kernel.caller import Scope, innermost
from shared.kernel.criteria import conjunction
from shared.kernel.cursor import CursorNotValid, decode_place, encode_place
from shared.kernel.ledgers import Elements, Row, View
from shared.kernel.refusals import NotFound
from shared.kernel.store import Document, Store
from shared.kernel.views import ROWS_AT_ONCE, Filters, RowPage, RowsOf, ViewReader, joined


class Spot(NamedTuple):
    """Where a line stands: its day, its row, and its number in the row's list."""

    day: str
    key: str
    number: int


class ElementReader:
    """One view of elements as one caller may see it.

    A page looks through the lists of all rows that the filters leave over, and keeps as many spots as it shows; the
    whole ledger keeps all places (some hundred bytes each), and reads the rows page by page.
    """

    def __init__(self, store: Store, view: View, of: Elements, scope: Scope, rows_of: RowsOf | None = None) -> None:
        self._view, self._of, self._scope = view, of, scope
        self._rows_of = rows_of or store.ledger_collection

    def page(self, filters: Filters, cursor: str, limit: int) -> RowPage:
        """At most `limit` lines after the cursor (empty: the first ones). Raises CursorNotValid."""
        after = _spot(cursor)
        spots = nsmallest(limit + 1, (spot for spot in self._spots(filters) if after is None or spot > after))
        following = encode_place(list(spots[limit - 1])) if len(spots) > limit else None
        return RowPage(self._lines(spots[:limit]), following)

    def rows(self, filters: Filters) -> Iterator[Row]:
        """Every line, in order."""
        spots = sorted(self._spots(filters))
        for first in range(0, len(spots), ROWS_AT_ONCE):
            yield from self._lines(spots[first : first + ROWS_AT_ONCE])

    def count(self, filters: Filters) -> int:
        return sum(1 for _ in self._spots(filters))

    def one(self, key: str) -> Row:
        """The line of this key. Raises NotFound when the view does not show it, or not to this caller."""
        row_key, _, number = key.rpartition(":")
        for spot in self._spots(Filters(), {"_id": row_key}):
            if str(spot.number) == number:
                return self._lines([spot])[0]
        raise NotFound(f"{self._view.name}/{key}")

    # -- inside

    def _spots(self, filters: Filters, *more: Document) -> Iterator[Spot]:
        criteria = conjunction([*more, *self._criteria(filters)])
        asked = _element_criteria(self._of, filters)
        schools = {school for school in (self._scope.school, filters.school) if school}
        for row in self._rows_of(self._view.of).find(criteria, {self._of.field: 1}):
            for number, element in enumerate(row[self._of.field]):
                if _meets(element, asked) and schools <= {element[name] for name in self._of.schools}:
                    yield Spot(element[self._of.date], row["_id"], number)

    def _criteria(self, filters: Filters) -> Iterator[Document]:
        """What the rows must meet for one of their elements to be shown."""
        if self._view.where:
            yield dict(self._view.where)
        for scope in innermost([self._scope, Scope(filters.division), Scope(school=filters.school)]):
            if scope.school:
                yield {self._of.school_field: scope.school}
            elif scope.division:
                yield scope.criteria()
        asked = _element_criteria(self._of, filters)
        yield {self._of.field: {"$elemMatch": asked or {self._of.date: {"$gt": ""}}}}

    def _lines(self, spots: Sequence[Spot]) -> list[Row]:
        keys = sorted({spot.key for spot in spots})
        rows = {row["_id"]: row for row in self._rows_of(self._view.of).find({"_id": {"$in": keys}})}
        lines = [_line(rows[spot.key], self._of, spot) for spot in spots if spot.key in rows]
        return joined(self._view, lines, self._rows_of)


def reader_of(store: Store, view: View, scope: Scope, rows_of: RowsOf | None = None) -> ViewReader | ElementReader:
    """The reader that fits the view."""
    if view.elements is None:
        return ViewReader(store, view, scope, rows_of)
    return ElementReader(store, view, view.elements, scope, rows_of)


def _spot(cursor: str) -> Spot | None:
    if not cursor:
        return None
    match decode_place(cursor):
        case [str(day), str(key), int(number)]:
            return Spot(day, key, number)
        case _:
            raise CursorNotValid()


def _element_criteria(of: Elements, filters: Filters) -> Document:
    days = {"$gte": filters.since} if filters.since else {}
    days |= {"$lte": filters.until} if filters.until else {}
    asked: Document = {of.date: {name: day.isoformat() for name, day in days.items()}} if days else {}
    return asked | ({of.status: {"$in": list(filters.statuses)}} if filters.statuses else {})


def _meets(element: Row, asked: Document) -> bool:
    """As MongoDB's `$elemMatch` would say, for one element."""
    return all(_OPERATORS[name](element[field], value) for field, of in asked.items() for name, value in of.items())


_OPERATORS: Mapping[str, Callable[[Any, Any], bool]] = {
    "$gte": lambda value, bound: value >= bound,
    "$lte": lambda value, bound: value <= bound,
    "$in": lambda value, values: value in values,
}


def _line(row: Row, of: Elements, spot: Spot) -> Row:
    element: Row = row[of.field][spot.number]
    return row | element | {"_id": f"{spot.key}:{spot.number}"}
