"""How many children stand where at each school or class: the parts of a base, and the bases themselves."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any

from services.registry.attendance.unconfirmed import SUSPECTED, unconfirmed
from services.registry.children.bases import EXPECTED, ON_THE_BOOKS, PUPILS, Standing, counted_in
from services.registry.children.statuses import WITH_A_FILE
from services.registry.policy import DropoutPolicy
from shared.calendar import SchoolCalendar
from shared.kernel.caller import Caller
from shared.kernel.criteria import conjunction
from shared.kernel.ledgers import Row
from shared.kernel.store import Document, Store

Content = dict[str, Any]
Beyond = Callable[[Sequence[str]], list[Row]]
PARTS = {standing.value.lower(): standing for standing in Standing if standing in ON_THE_BOOKS}
"""Each child of a headcount is in exactly one."""


def headcounts(
    store: Store, caller: Caller, beyond: Beyond, *, by_class: bool, division: str = "", school: str = ""
) -> list[Content]:
    """For each school or class with any child on its books, in order of school, grade and class. A child counts where
    its school lies, as in the census.

    `registered` are all parts together (在册), `pupils` those of the census and the rosters (在校生), `expected` those
    who should come to class (应到), `on_file` those whose student file the school keeps (在籍),
    `unconfirmed` those `beyond` the days after which a dropout could be confirmed.
    """
    schools = schools_within(store, caller, division, school)
    late = Counter(_place(row, by_class=by_class) for row in beyond(schools))
    stages: list[Document] = [
        {"$match": {"school": {"$in": schools}} | counted_in(ON_THE_BOOKS)},
        {"$group": _group(by_class=by_class) | {"school_name": {"$first": "$school_name"}} | _counts()},
        {"$sort": {"_id.school": 1, "_id.grade": 1, "_id.class_no": 1}},
    ]
    found = store.ledger_collection("children").aggregate(stages)
    rows = [row.pop("_id") | row for row in found]
    return [row | {"unconfirmed": late[_place(row, by_class=by_class)]} for row in rows]


def beyond_in(store: Store, policy: DropoutPolicy, calendar: SchoolCalendar, day: date) -> Beyond:
    """The pupils of schools who are suspected for so long that a dropout could be confirmed on a day."""

    def beyond(schools: Sequence[str]) -> list[Row]:
        rows = store.ledger_collection("children").find({"school": {"$in": list(schools)}} | SUSPECTED)
        return unconfirmed(store, rows, policy, calendar, day)

    return beyond


def _place(row: Row, *, by_class: bool) -> tuple[Any, ...]:
    return tuple(row[name] for name in (("school", "grade", "class_no") if by_class else ("school",)))


def schools_within(store: Store, caller: Caller, division: str, school: str) -> list[str]:
    """The schools in the caller's scope, or in a part of it."""
    within = conjunction(scope.criteria() for scope in caller.scope.narrowed(division, school))
    return sorted(row["_id"] for row in store.ledger_collection("schools").find(within, {"_id": 1}))


def _group(*, by_class: bool) -> Document:
    of_class = {"grade": "$grade", "class_no": "$class_no"} if by_class else {}
    return {"_id": {"school": "$school"} | of_class}


def _counts() -> Document:
    return {
        "registered": {"$sum": 1},
        "pupils": _those("$standing", PUPILS),
        "expected": _those("$standing", EXPECTED),
        "on_file": _those("$registration", WITH_A_FILE),
    } | {name: _those("$standing", [standing]) for name, standing in PARTS.items()}


def _those(field: str, values: Iterable[str]) -> Document:
    return {"$sum": {"$cond": [{"$in": [field, sorted(values)]}, 1, 0]}}
