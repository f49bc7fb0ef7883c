"""Reading the named views: the caller's scope is laid over every read here, and nowhere else."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice

from pymongo.collection import Collection

from shared.kernel.caller import Scope
from shared.kernel.criteria import alternatives, conjunction
from shared.kernel.cursor import CursorNotValid, Place, decode_place, encode_place
from shared.kernel.ledgers import Row, View
from shared.kernel.refusals import NotFound
from shared.kernel.service import Service
from shared.kernel.store import Document, Store
from shared.kernel.walking import Walk

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
        self._store = store
        self._view = view
        self._scope = scope
        self._rows_of = rows_of or store.ledger_collection
        self._order = (*view.order, "_id")

    def page(self, filters: Filters, cursor: str, limit: int) -> RowPage:
        """At most `limit` rows after the cursor (empty: the first ones). Raises CursorNotValid."""
        walk = self._walk(filters).after(self._place(cursor), limit + 1, at_most_wanted=True)
        found = list(islice(walk, limit + 1))
        rows = found[:limit]
        following = encode_place([rows[-1].get(name) for name in self._order]) if len(found) > limit else None
        return RowPage(self._joined(rows), following)

    def rows(self, filters: Filters) -> Iterator[Row]:
        """Every row, in order."""
        walk = self._walk(filters).after((), ROWS_AT_ONCE)
        while rows := list(islice(walk, ROWS_AT_ONCE)):
            yield from self._joined(rows)

    def count(self, filters: Filters) -> int:
        return self._rows_of(self._view.of).count_documents(self._criteria(filters))

    def one(self, key: str) -> Row:
        """The row of this key. Raises NotFound when the view does not show it, or not to this caller."""
        found = self._rows_of(self._view.of).find_one(conjunction([{"_id": key}, self._criteria(Filters())]))
        if found is None:
            raise NotFound(f"{self._view.name}/{key}")
        return self._joined([found])[0]

    # -- inside

    def _criteria(self, filters: Filters) -> Document:
        scopes = self._scope.narrowed(filters.division, filters.school)
        places = [scope.criteria(self._view.place) for scope in scopes]
        return conjunction([dict(self._view.where), *_asked(self._view, filters), *places])

    def _walk(self, filters: Filters) -> Walk:
        criteria = self._criteria(filters)
        return Walk(
            rows=self._rows_of(self._view.of),
            order=self._order,
            branches=alternatives(criteria, self._view.status_field),
            marks=self._marks(criteria),
        )

    def _marks(self, criteria: Document) -> Sequence[str]:
        first = self._order[0]
        ledger = self._store.service.marks.get(first)
        if ledger is None or isinstance(criteria.get(first), str):
            return []
        return sorted(row["_id"] for row in self._store.ledger_collection(ledger).find({}, {"_id": 1}))

    def _place(self, cursor: str) -> Place:
        if not cursor:
            return ()
        place = decode_place(cursor)
        if len(place) != len(self._order) or not isinstance(place[-1], str):
            raise CursorNotValid()
        return place

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
    for field, ledger in service.marks.items():
        if ledger not in names:
            raise ValueError(f"marks of {field}: no ledger {ledger}")


def _asked(view: View, filters: Filters) -> Iterator[Document]:
    if filters.statuses:
        yield {view.status_field: {"$in": list(filters.statuses)}}
    days: Document = {"$gte": filters.since.isoformat()} if filters.since else {}
    if filters.until:
        end = filters.until.isoformat() + "~"  # after every hour of that day, and before the next one
        days = {"$gt": "", "$lt": end} | days  # a day not known is neither null nor before
    if days:
        yield {view.date_field: days}
