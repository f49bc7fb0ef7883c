"""Walking along a ledger's order, stretch by stretch: each stretch is a filter that an index answers.

So neither a page nor a whole ledger makes the database collect and sort many more rows than it gives, however the
database plans: MongoDB walks an index and stops early, the embedded server takes all rows that a filter leaves.
"""

import sys
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


class Strides:
    """A way along texts in stretches `(lower, upper]` (None: no bound), the last of which has no end.

    A stretch ends at a mark: at the next one while enough is found, further on where it is not, by at most `widest`
    marks. Whoever walks counts in `found` what a stretch has given, before taking the next.
    """

    def __init__(self, after: object, marks: Sequence[str], wanted: int, widest: int = sys.maxsize) -> None:
        self._lower = after if isinstance(after, str) else None
        self._ends = [mark for mark in marks if self._lower is None or mark > self._lower]
        self._wanted, self._widest = wanted, widest
        self.found = self._passed = 0

    @property
    def rare(self) -> bool:
        return self._passed >= RARE_AFTER and self.found < RARE * self._passed

    def __iter__(self) -> Iterator[tuple[str | None, str | None]]:
        lower, wide = self._lower, 1
        while self._passed < len(self._ends):
            before = self.found
            to = min(self._passed + wide, len(self._ends))
            yield lower, self._ends[to - 1]
            wide = max(1, wide // 2) if self.found - before >= self._wanted else min(wide * 2, self._widest)
            lower, self._passed = self._ends[to - 1], to
        yield lower, None


@dataclass(frozen=True, slots=True, kw_only=True)
class Walk:
    """Rows that meet one of the `branches`, in the ascending `order` of these fields, the last of which is the key.

    Stretches and branches are reads of their own: a row that changes meanwhile may be missed or come twice, as it may
    between two pages.

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
        first = self.order[0]
        if not place:
            yield from self._rows_in({first: None}, limit)
        strides = Strides(place[0] if place else None, ["", *self.marks], wanted)
        for lower, upper in strides:
            rest_at_once = strides.rare and self._named
            stretch = {first: between(lower, None if rest_at_once else upper)}
            for row in self._rows_in(stretch, limit, branch_first=rest_at_once):
                strides.found += 1
                yield row
            if rest_at_once:
                return

    @property
    def _named(self) -> bool:
        """Whether every branch says of a field what it is, so that an index may find the rows by that."""
        return all(
            any(not name.startswith("$") and not isinstance(asked, dict) for name, asked in branch.items())
            for branch in self.branches
        )

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


def between(lower: str | None, upper: str | None) -> Document:
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
