"""Reading the named views: the caller's scope is laid over every read here, and nowhere else."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from pymongo import ASCENDING
from pymongo.collection import Collection

from shared.kernel.caller import Scope
from shared.kernel.cursor import CursorNotValid, decode_place, encode_place
from shared.kernel.ledgers import Row, View
from shared.kernel.refusals import NotFound
from shared.kernel.service import Service
from shared.kernel.store import Document, Store

ROWS_AT_ONCE = 500
RowsOf = Callable[[str], Collection[Document]]
"""A stored ledger's rows by its name: those of today, or those of a past day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """What of a view is asked for; whatever is empty asks for everything.

    `division` is a prefix; `since` and `until` are days, both included, on the view's `date_field`.
    """

    division: str = ""
    school: str = ""
    statuses: Sequence[str] = ()
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class RowPage:
    """Some rows, each with the joined rows under their names, and the cursor of the next page, if there is one."""

    rows: Sequence[Row]
    cursor: str | None


class ViewReader:
    """One view as one caller may see it."""

    def __init__(self, store: Store, view: View, scope: Scope, rows_of: RowsOf | None = None) -> None:
        self._view = view
        self._scope = scope
        self._rows_of = rows_of or store.ledger_collection
        self._order = (*view.order, "_id")

    def page(self, filters: Filters, cursor: str, limit: int) -> RowPage:
        """At most `limit` rows after the cursor (empty: the first ones). Raises CursorNotValid."""
        found = self._find(self._criteria(filters, *self._after(cursor)), limit + 1)
        rows = found[:limit]
        following = encode_place([rows[-1].get(name) for name in self._order]) if len(found) > limit else None
        return RowPage(self._joined(rows), following)

    def rows(self, filters: Filters) -> Iterator[Row]:
        """Every row, read on page by page."""
        cursor: str | None = ""
        while cursor is not None:
            page = self.page(filters, cursor, ROWS_AT_ONCE)
            yield from page.rows
            cursor = page.cursor

    def count(self, filters: Filters) -> int:
        return self._rows_of(self._view.of).count_documents(self._criteria(filters))

    def one(self, key: str) -> Row:
        """The row of this key. Raises NotFound when the view does not show it, or not to this caller."""
        found = self._find(self._criteria(Filters(), {"_id": key}), 1)
        if not found:
            raise NotFound(f"{self._view.name}/{key}")
        return self._joined(found)[0]

    # -- inside

    def _find(self, criteria: Document, limit: int) -> list[Row]:
        order = [(name, ASCENDING) for name in self._order]
        return list(self._rows_of(self._view.of).find(criteria, limit=limit).sort(order))

    def _criteria(self, filters: Filters, *more: Document) -> Document:
        parts = [self._scope.criteria(self._view.place), dict(self._view.where), *_asked(self._view, filters), *more]
        return {"$and": [part for part in parts if part] or [{}]}

    def _after(self, cursor: str) -> list[Document]:
        """What comes after a place in the order: equal in the first fields and beyond it in the next one."""
        if not cursor:
            return []
        values = decode_place(cursor)
        if len(values) != len(self._order) or not isinstance(values[-1], str):
            raise CursorNotValid()
        place = list(zip(self._order, values, strict=True))
        return [{"$or": [dict(place[:n]) | {place[n][0]: _beyond(place[n][1])} for n in range(len(place))]}]

    def _joined(self, rows: Sequence[Row]) -> list[Row]:
        return joined(self._view, rows, self._rows_of)


def joined(view: View, rows: Sequence[Row], rows_of: RowsOf) -> list[Row]:
    """The rows with those of other ledgers beside them: one query a join, whatever the number of rows."""
    found_rows = [dict(row) for row in rows]
    for join in view.joins:
        keys = {row[join.by] for row in rows if isinstance(row.get(join.by), str)}
        found = {other["_id"]: other for other in rows_of(join.ledger).find({"_id": {"$in": sorted(keys)}})}
        for row in found_rows:
            row[join.name] = found.get(row.get(join.by), {})
    return found_rows


def check_views(service: Service) -> None:
    """Raises ValueError for a view that names what is not there: better at the start than at a clerk's first look."""
    names = {ledger.name for ledger in service.ledgers}
    for view in service.views:
        missing = {view.of, *(join.ledger for join in view.joins)} - names
        if missing:
            raise ValueError(f"view {view.name}: no ledger {', '.join(sorted(missing))}")
        joins = {join.name for join in view.joins}
        for column in view.columns:
            prefix, dot, _ = column.field.partition(".")
            if dot and prefix not in joins:
                raise ValueError(f"view {view.name}: no join {prefix}")


def _asked(view: View, filters: Filters) -> Iterator[Document]:
    if filters.division:
        yield Scope(division=filters.division).criteria(view.place)
    if filters.school:
        yield Scope(school=filters.school).criteria(view.place)
    if filters.statuses:
        yield {view.status_field: {"$in": list(filters.statuses)}}
    if filters.since:
        yield {view.date_field: {"$gte": filters.since.isoformat()}}
    if filters.until:
        end = filters.until.isoformat() + "~"  # after every hour of that day, and before the next one
        yield {view.date_field: {"$gt": "", "$lt": end}}  # a day not known is neither null nor before


def _beyond(value: Any) -> Document:
    """Greater, where nothing comes before something: `$gt` of null finds nothing by itself."""
    return {"$ne": None} if value is None else {"$gt": value}
