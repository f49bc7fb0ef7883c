"""The school census (学校基本情况统计) and the boarding places, counted from the ledgers. Rules 10-01, 11-24."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from services.registry.children.bases import PUPILS, counted_in
from services.registry.schools.headcounts import Beyond
from services.registry.schools.kinds import IN_OPERATION, KIND_LABELS
from shared.kernel.caller import Caller
from shared.kernel.criteria import conjunction
from shared.kernel.store import Document, Store

Content = dict[str, Any]


def school_census(store: Store, caller: Caller, beyond: Beyond, today: date, division: str = "") -> Content:
    """Schools in operation and pupils at school by kind and by who runs them, each once: the items add up to the
    totals. A pupil counts where its school lies, also while that school closes.
    `unconfirmed`: those `beyond` the days after which a dropout could be confirmed.
    """
    schools = list(store.ledger_collection("schools").find(_within(caller, division)))
    pupils = _per_school(store, schools, counted_in(PUPILS))
    late = Counter(row["school"] for row in beyond([school["_id"] for school in schools]))
    items: dict[tuple[str, bool], Content] = {}
    for school in schools:
        key = school["kind"], school["private"]
        told = {"kind": key[0], "label": KIND_LABELS[key[0]], "private": key[1]}
        item = items.setdefault(key, told | {"schools": 0, "pupils": 0, "unconfirmed": 0})
        item["schools"] += is_in_operation(school, today)
        item["pupils"] += pupils.get(school["_id"], 0)
        item["unconfirmed"] += late[school["_id"]]
    ordered = [items[key] for key in sorted(items)]
    return {
        "items": ordered,
        "schools": sum(is_in_operation(school, today) for school in schools),
        "pupils": _at_school(store, schools),
        "unconfirmed": late.total(),
    }


def boarding_places(store: Store, caller: Caller, today: date, division: str = "") -> list[Content]:
    """For each school in operation that has places or needs some: places, boarders, free ones, and how many
    left-behind pupils wait for one. `free` is below 0 where more board than there are places for.
    """
    found = store.ledger_collection("schools").find(_within(caller, division)).sort("_id", 1)
    schools = [school for school in found if is_in_operation(school, today)]
    boarders = _per_school(store, schools, counted_in(PUPILS) | {"boarder": True})
    waiting = _per_school(store, schools, counted_in(PUPILS) | {"boarder": False, "groups": "LEFT_BEHIND"})
    items = [_places_of(school, boarders.get(school["_id"], 0), waiting.get(school["_id"], 0)) for school in schools]
    return [item for item in items if item["places"] or item["boarders"] or item["waiting"]]


def is_in_operation(school: Mapping[str, Any], today: date) -> bool:
    """Whether the school of a ledger row teaches on a day; a closing may lie ahead."""
    return school["status"] in IN_OPERATION or school["closed_on"] > today.isoformat()


def _places_of(school: Document, boarders: int, waiting: int) -> Content:
    places = school["boarding_places"]
    return {
        "school": school["_id"],
        "school_name": school["name"],
        "places": places,
        "boarders": boarders,
        "free": places - boarders,
        "waiting": waiting,
    }


def _within(caller: Caller, division: str) -> Document:
    return conjunction(scope.criteria() for scope in caller.scope.narrowed(division))


def _of(schools: Iterable[Document]) -> Document:
    return {"school": {"$in": [school["_id"] for school in schools]}}


def _per_school(store: Store, schools: Iterable[Document], which: Document) -> dict[str, int]:
    stages: list[Document] = [
        {"$match": conjunction([_of(schools), which])},
        {"$group": {"_id": "$school", "count": {"$sum": 1}}},
    ]
    return {row["_id"]: row["count"] for row in store.ledger_collection("children").aggregate(stages)}


def _at_school(store: Store, schools: Iterable[Document]) -> int:
    """Counted apart from the items, so that their sum can be held against it."""
    criteria = conjunction([_of(schools), counted_in(PUPILS)])
    return store.ledger_collection("children").count_documents(criteria)
