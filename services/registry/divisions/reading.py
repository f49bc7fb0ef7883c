"""The county by townships and by inspection districts, with what is missing: a central school, a district."""

from collections import Counter, defaultdict
from datetime import date
from typing import Any

from services.registry.divisions.rows import name_on
from services.registry.schools.census import is_in_operation
from shared.identifiers.division import DivisionLevel
from shared.kernel.caller import Caller, Place
from shared.kernel.store import Document, Store

Content = dict[str, Any]


def townships(store: Store, caller: Caller, today: date) -> list[Content]:
    """The townships that there are today, with how many villages, and the central school; None where there is none
    or it teaches no more.
    """
    named = {row["_id"]: row["central_school"] for row in _rows(store, caller, "townships")}
    teaching = {row["_id"]: row for row in _teaching(store, caller, today)}
    known = {row["_id"]: name for row in _rows(store, caller, "divisions") if (name := name_on(row, today))}
    villages = Counter(code[: DivisionLevel.TOWNSHIP] for code in known if len(code) == DivisionLevel.VILLAGE)
    return [
        {
            "township_code": code,
            "name": name,
            "villages": villages[code],
            "central_school": _school(teaching.get(named.get(code, ""))),
        }
        for code, name in known.items()
        if len(code) == DivisionLevel.TOWNSHIP
    ]


def inspection_districts(store: Store, caller: Caller, today: date) -> Content:
    """Each district with its inspector and the caller's schools in operation; `outside`: those in no known district.

    Who sees only part of a county sees the districts that its schools are in.
    """
    known = {row["_id"]: row for row in store.ledger_collection("inspection-districts").find().sort("_id", 1)}
    schools: dict[str, list[Content]] = defaultdict(list)
    for school in _teaching(store, caller, today):
        key = f"{school['division'][: DivisionLevel.COUNTY]}:{school['district']}"
        schools[key if key in known else ""].append(_identified(school))
    seen = [key for key, row in known.items() if schools.get(key) or caller.scope.covers(Place(row["division"]))]
    items = [
        {name: known[key][name] for name in ("county_code", "name", "inspector")} | {"schools": schools[key]}
        for key in seen
    ]
    return {"items": items, "outside": schools[""]}


def _school(row: Document | None) -> Content | None:
    return None if row is None else _identified(row)


def _identified(row: Document) -> Content:
    return {"school_code": row["_id"], "name": row["name"]}


def _teaching(store: Store, caller: Caller, today: date) -> list[Document]:
    return [row for row in _rows(store, caller, "schools") if is_in_operation(row, today)]


def _rows(store: Store, caller: Caller, ledger: str) -> list[Document]:
    return list(store.ledger_collection(ledger).find(caller.scope.criteria()).sort("_id", 1))
