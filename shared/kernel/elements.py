"""Reading views whose lines are the elements of a list in the rows. The caller's scope is laid over both."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import timedelta
from itertools import islice
from typing import Any, NamedTuple

from shared.kernel.caller import Scope
from shared.kernel.criteria import conjunction
from shared.kernel.cursor import CursorNotValid, decode_place, encode_place
from shared.kernel.ledgers import Elements, Row, View
from shared.kernel.refusals import NotFound
from shared.kernel.store import Document, Store
from shared.kernel.views import ROWS_AT_ONCE, Filters, RowPage, RowsOf, ViewReader, joined
from shared.kernel.walking import Strides, between

YEAR = 12
MONTHS = [f"{year}-{month:02d}" for year in range(2000, 2050) for month in range(1, YEAR + 1)]
"""Marks on the way through the days; lines before the first and after the last one are found like any other."""
EVER = between(None, None)


class Spot(NamedTuple):
    """Where a line stands: its day, its row, and its number in the row's list."""

    day: str
    key: str
    number: int


class ElementReader:
    """One view of elements as one caller may see it.

    Lines are looked for month by month, so that a page of a whole county reads the rows of its own days. Whoever asks
    for one school has all its rows looked through.
    """

    def __init__(self, store: Store, view: View, of: Elements, scope: Scope, rows_of: RowsOf | None = None) -> None:
        self._view, self._of, self._scope = view, of, scope
        self._rows_of = rows_of or store.ledger_collection

    def page(self, filters: Filters, cursor: str, limit: int) -> RowPage:
        """At most `limit` lines after the cursor (empty: the first ones). Raises CursorNotValid."""
        spots = list(islice(self._walk(filters, _spot(cursor), limit + 1), limit + 1))
        following = encode_place(list(spots[limit - 1])) if len(spots) > limit else None
        return RowPage(self._lines(spots[:limit]), following)

    def rows(self, filters: Filters) -> Iterator[Row]:
        """Every line, in order."""
        walk = self._walk(filters, None, ROWS_AT_ONCE)
        while spots := list(islice(walk, ROWS_AT_ONCE)):
            yield from self._lines(spots)

    def count(self, filters: Filters) -> int:
        return sum(1 for _ in self._spots(filters, EVER))

    def one(self, key: str) -> Row:
        """The line of this key. Raises NotFound when the view does not show it, or not to this caller."""
        row_key, _, number = key.rpartition(":")
        for spot in self._spots(Filters(), EVER, {"_id": row_key}):
            if str(spot.number) == number:
                return self._lines([spot])[0]
        raise NotFound(f"{self._view.name}/{key}")

    # -- inside

    def _walk(self, filters: Filters, after: Spot | None, wanted: int) -> Iterator[Spot]:
        if after is not None:
            same_day = {"$gte": after.day, "$lte": after.day}
            yield from sorted(spot for spot in self._spots(filters, same_day) if spot > after)
        start = after.day if after else filters.since and (filters.since - timedelta(days=1)).isoformat()
        strides = Strides(start, self._marks(filters), wanted, widest=YEAR)
        for lower, upper in strides:
            for spot in sorted(self._spots(filters, between(lower, upper))):
                strides.found += 1
                yield spot

    def _marks(self, filters: Filters) -> Sequence[str]:
        if self._scope.school or filters.school:
            return []
        return [month for month in MONTHS if not filters.until or month <= filters.until.isoformat()]

    def _spots(self, filters: Filters, days: Document, *more: Document) -> Iterator[Spot]:
        """The lines of these days, in no order."""
        in_days = {f"{self._of.field}.{self._of.date}": days}
        schools = {school for school in (self._scope.school, filters.school) if school}
        places = [*more, *self._places(filters)]
        criteria = conjunction([*places, in_days] if schools or more else [in_days, *places])
        asked = [{self._of.date: days}, *_element_criteria(self._of, filters)]
        of_one = {self._of.field: {"$elemMatch": conjunction(asked)}}
        rows = self._rows_of(self._view.of).find(
            conjunction([criteria, dict(self._view.where), of_one]), {self._of.field: 1}
        )
        for row in rows:
            for number, element in enumerate(row[self._of.field]):
                wanted = all(_meets(element, each) for each in asked)
                if wanted and schools <= {element[name] for name in self._of.schools}:
                    yield Spot(element[self._of.date], row["_id"], number)

    def _places(self, filters: Filters) -> Iterator[Document]:
        for scope in self._scope.narrowed(filters.division, filters.school):
            yield {self._of.school_field: scope.school} if scope.school else scope.criteria()

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


def _element_criteria(of: Elements, filters: Filters) -> Iterator[Document]:
    if filters.since:
        yield {of.date: {"$gte": filters.since.isoformat()}}
    if filters.until:
        yield {of.date: {"$lte": filters.until.isoformat()}}
    if filters.statuses:
        yield {of.status: {"$in": list(filters.statuses)}}


def _meets(element: Row, asked: Document) -> bool:
    """As MongoDB's `$elemMatch` would say, for one element."""
    return all(_OPERATORS[name](element[field], value) for field, of in asked.items() for name, value in of.items())


_OPERATORS: Mapping[str, Callable[[Any, Any], bool]] = {
    "$gt": lambda value, bound: value > bound,
    "$gte": lambda value, bound: value >= bound,
    "$lte": lambda value, bound: value <= bound,
    "$in": lambda value, values: value in values,
}


def _line(row: Row, of: Elements, spot: Spot) -> Row:
    element: Row = row[of.field][spot.number]
    return row | element | {"_id": f"{spot.key}:{spot.number}"}
