"""Whom the registry knows not to be in a class on a day: a count is compared with these names. Rule 8-05."""

from collections.abc import Iterable
from datetime import date
from itertools import chain
from weakref import WeakKeyDictionary

from services.registry.children.bases import EXPECTED, ON_THE_BOOKS, Standing, counted_in
from services.registry.children.ids import ChildId, SchoolCode
from services.registry.class_days.events import KnownAway
from services.registry.ledgers.children import CHILDREN_LEDGER
from shared.kernel.ledgers import Row
from shared.kernel.store import Document
from shared.kernel.unit_of_work import UnitOfWork

MOST = 1000
"""More than any class has."""

OfClass = tuple[SchoolCode, int, int]
_READ: WeakKeyDictionary[UnitOfWork, dict[OfClass, list[Row]]] = WeakKeyDictionary()
"""What a transaction has read: it sees the same rows until it ends, and an import counts a class for many days."""


def who_may_be_away(work: UnitOfWork, school: SchoolCode, grade: int, class_no: int) -> list[Row]:
    """The rows of those of a class of whom anything is known but that they come every day."""
    read, key = _READ.setdefault(work, {}), (school, grade, class_no)
    if key not in read:
        of_class: Document = {"school": school, "grade": grade, "class_no": class_no} | counted_in(ON_THE_BOOKS)
        others: Document = counted_in(ON_THE_BOOKS - EXPECTED)
        told: Document = {"$or": [{"absent_since": {"$ne": None}}, {"days_off": {"$ne": []}}, others]}
        read[key] = work.rows_after(CHILDREN_LEDGER, of_class | told, "", MOST)
    return read[key]


def known_away(rows: Iterable[Row], day: date) -> list[KnownAway]:
    """Who is expected and known to be absent or on leave on the day, and who is not expected at all."""
    return list(chain.from_iterable(_known(row, day) for row in rows))


def _known(row: Row, day: date) -> Iterable[KnownAway]:
    child = ChildId(row["_id"])
    if Standing(row["standing"]) not in EXPECTED:
        yield KnownAway(child_id=child, expected=False)
    elif day.isoformat() in row["days_off"] or (row["absent_since"] or "9999") <= day.isoformat():
        yield KnownAway(child_id=child, expected=True)
