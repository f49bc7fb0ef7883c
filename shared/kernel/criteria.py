"""Filters in the shape for which any database finds an index: flat, and one for each alternative.

MongoDB looks into `$and` and `$or` by itself. The embedded server does not: such a filter makes it read all rows.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from shared.kernel.store import Document


def conjunction(parts: Iterable[Document]) -> Document:
    """What meets all of these filters, as one filter in the order given: flat, except where two cannot be one."""
    flat: Document = {}
    apart: list[Document] = []
    for field, asked in (clause for part in parts for clause in _clauses(part)):
        if field not in flat:
            flat[field] = asked
        elif not _same(flat[field], asked):
            both = None if field.startswith("$") else _both(flat[field], asked)
            if both is None:
                apart.append({field: asked})
            else:
                flat[field] = both
    return flat | {"$and": apart} if apart else flat


def alternatives(criteria: Document, field: str) -> list[Document]:
    """The same as several filters, without `$or` and with one value of `field` each: a row may meet more than one."""
    if "$or" in criteria:
        rest = {name: asked for name, asked in criteria.items() if name != "$or"}
        parts = [conjunction([part, rest]) for part in criteria["$or"]]
        return [each for part in parts for each in alternatives(part, field)]
    match criteria.get(field):
        case {"$in": values, **more} if not more:
            return [criteria | {field: value} for value in dict.fromkeys(values)]
        case _:
            return [criteria]


def _clauses(part: Document) -> Iterator[tuple[str, Any]]:
    for field, asked in part.items():
        if field == "$and":
            for each in asked:
                yield from _clauses(each)
        else:
            yield field, asked


def _same(one: Any, other: Any) -> bool:
    return type(one) is type(other) and bool(one == other)  # True is no 1 in a filter


def _both(one: Any, other: Any) -> Document | None:
    """Two conditions on one field in one; None where that cannot be said, or both use the same operator."""
    one, other = _operators(one), _operators(other)
    return None if one is None or other is None or one.keys() & other.keys() else one | other


def _operators(asked: Any) -> Document | None:
    match asked:
        case dict() if asked and all(name.startswith("$") for name in asked):
            return asked
        case dict() | list() | re.Pattern():
            return None
        case _:
            return {"$eq": asked}
