"""Walking along a ledger's order, stretch by stretch: each stretch is a filter that an index answers.

So neither a page nor a whole ledger makes the database collect and sort many more rows than it gives, however the
database plans: MongoDB walks an index and stops early, the embedded server takes all rows that a filter leaves.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from heapq import merge
from typing import Any

from pymongo import ASCENDING
from pymongo.collection import Collection

from shared.kernel.criteria import conjunction
from shared.kernel.cursor import Place
from shared.kernel.ledgers import Row
from shared.kernel.store import Document

RARE, RARE_AFTER = 10, 16
"""Fewer rows a mark than this, over so many marks: what is looked for is rare, and better found by what it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Walk:
    """Rows that meet one of the `branches`, in the ascending `order` of these fields, the last of which is the key.

    `marks`, ascending, are values of the first field at which a stretch may end. They need not be complete: rows
    between two marks, and after the last one, belong to the stretches like any other. Without marks there is one.
    """

    rows: Collection[Document]
    order: Sequence[str]
    branches: Sequence[Document]
    marks: Sequence[str] = ()

    def after(self, place: Place, wanted: int, *, at_most_wanted: bool = False) -> Iterator[Row]:
        """The rows after a place (empty: all). About `wanted` at once are read; `at_most_wanted` are asked for."""
        limit = wanted if at_most_wanted else 0
        for stretch in self._with_the_same_first(place):
            yield from self._rows_in(stretch, limit)
        if self.marks:
            yield from self._from_mark_to_mark(place, wanted, limit)
        else:
            yield from self._rows_in({self.order[0]: _beyond(place[0])} if place else {}, limit)

    def _with_the_same_first(self, place: Place) -> Iterator[Document]:
        for common in range(len(place) - 1, 0, -1):
            beginning = dict(zip(self.order[:common], place, strict=False))
            yield beginning | {self.order[common]: _beyond(place[common])}

    def _from_mark_to_mark(self, place: Place, wanted: int, limit: int) -> Iterator[Row]:
        """As many marks at once as it takes to find enough, and the rest at once where rows are rare."""
        first = self.order[0]
        if not place:
            yield from self._rows_in({first: None}, limit)
        lower = place[0] if place and isinstance(place[0], str) else None
        ends = [end for end in ["", *self.marks] if lower is None or end > lower]
        at, wide, seen = 0, 1, 0
        while at < len(ends) and not (at >= RARE_AFTER and seen < RARE * at and self._named):
            to = min(at + wide, len(ends))
            before = seen
            for row in self._rows_in({first: _between(lower, ends[to - 1])}, limit):
                seen += 1
                yield row
            wide = wide * 2 if seen - before < wanted else max(1, wide // 2)
            at, lower = to, ends[to - 1]
        yield from self._rows_in({first: _between(lower, None)}, limit, branch_first=at < len(ends))

    @property
    def _named(self) -> bool:
        """Whether every branch says of a field what it is, so that an index may find the rows by that."""
        return all(any(not isinstance(asked, dict) for asked in branch.values()) for branch in self.branches)

    def _rows_in(self, stretch: Document, limit: int, *, branch_first: bool = False) -> Iterator[Row]:
        """The rows of all branches in a stretch. A server that plans by the first field it knows is told which."""
        pairs = ([branch, stretch] if branch_first else [stretch, branch] for branch in self.branches)
        sort = [(name, ASCENDING) for name in self.order]
        found = [self.rows.find(conjunction(pair), limit=limit).sort(sort) for pair in pairs]
        last = None
        for row in found[0] if len(found) == 1 else merge(*found, key=self._rank):
            if row["_id"] != last:  # a row may meet two branches
                yield row
            last = row["_id"]

    def _rank(self, row: Row) -> tuple[tuple[int, Any], ...]:
        return tuple(_ranked(row.get(name)) for name in self.order)


def _beyond(value: Any) -> Document:
    """Greater, where nothing comes before something: `$gt` of null finds nothing by itself."""
    return {"$ne": None} if value is None else {"$gt": value}


def _between(lower: str | None, upper: str | None) -> Document:
    """Texts after `lower` and up to `upper`; None is no bound."""
    above = {"$gte": ""} if lower is None else {"$gt": lower}
    return above if upper is None else above | {"$lte": upper}


def _ranked(value: Any) -> tuple[int, Any]:
    """Compares values as the database sorts them: nothing, numbers, texts, truth values."""
    match value:
        case None:
            return 0, 0
        case bool():
            return 3, value
        case str():
            return 2, value
        case _:
            return 1, value
