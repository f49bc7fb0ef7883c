"""Reads for the API, each within the caller's scope."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from services.supervision.ids import ChildId, NoticeId
from services.supervision.ledgers.return_cases import RETURN_CASES
from services.supervision.ledgers.return_notices import RETURN_NOTICES
from services.supervision.ledgers.schools import SCHOOLS
from services.supervision.ledgers.stored import state_of
from services.supervision.return_cases.cycle import AWAY, CaseStatus
from services.supervision.return_cases.state import CASES, Case
from services.supervision.return_notices.state import Notice
from shared.identifiers.division import DivisionLevel
from shared.kernel.caller import OWN_PLACE, PlaceFields, Scope
from shared.kernel.criteria import conjunction
from shared.kernel.refusals import NotFound
from shared.kernel.store import Store
from shared.shares import share


def read_case(store: Store, scope: Scope, child_id: ChildId) -> tuple[Case, int]:
    """A child's case with all its cycles, and its stream's version. Raises NotFound."""
    case, version = CASES.initial(child_id), 0
    for recorded in store.read_streams([CASES.stream(child_id)]):
        case = CASES.evolve(case, store.service.events.decode(recorded.type, recorded.data))
        version = recorded.version
    if case.current is None or not scope.covers(CASES.place(case)):
        raise NotFound(f"case of {child_id}")
    return case, version


def read_notice(store: Store, scope: Scope, notice_id: NoticeId) -> tuple[ChildId, Notice]:
    """A notice and whose it is. Raises NotFound."""
    rows = store.ledger_collection(RETURN_NOTICES.name)
    row = rows.find_one(conjunction([{"_id": notice_id}, scope.criteria()]))
    notice = state_of(row, Notice)
    if row is None or notice is None:
        raise NotFound(f"notice {notice_id}")
    return ChildId(row["child_id"]), notice


class Grouping(StrEnum):
    SCHOOL = "school"
    TOWNSHIP = "township"


class Standing(StrEnum):
    """Whose children are counted: those who stand there now (or stood there when their case was closed), or those who
    stood there when the case's present cycle began.
    """

    NOW = "now"
    OPENED = "opened"


_PLACES = {Standing.NOW: OWN_PLACE, Standing.OPENED: PlaceFields("opened_division", "opened_school")}


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """How the cases of one school or township stand: children counted by their current cycle, of `cases` in all.

    `overdue` are those with a duty overdue, `ended` those who are sought no more and wait for closure, `relapsed`
    those that relapsed at least once.
    """

    code: str
    name: str
    cases: int
    open: int
    overdue: int
    verifying: int
    ended: int
    closed: int
    relapsed: int

    @property
    def closed_share(self) -> str:
        return share(self.closed, self.cases)

    @property
    def relapsed_share(self) -> str:
        return share(self.relapsed, self.cases)


def read_figures(store: Store, scope: Scope, by: Grouping, standing: Standing) -> Sequence[Figures]:
    """Figures by school or township, in the order of their codes."""
    fields = _PLACES[standing]
    township = {"$substrCP": [f"${fields.division}", 0, int(DivisionLevel.TOWNSHIP)]}
    place = f"${fields.school}" if by is Grouping.SCHOOL else township
    grouped = store.ledger_collection(RETURN_CASES.name).aggregate(
        [
            {"$match": conjunction([{"cycle": {"$gte": 1}}, scope.criteria(fields)])},
            {"$group": {"_id": place, "cases": {"$sum": 1}, **_counts()}},
            {"$sort": {"_id": 1}},
        ]
    )
    return [_figures(store, by, group) for group in grouped]


def _counts() -> dict[str, Any]:
    return {
        "open": _count({"$in": ["$status", sorted(AWAY)]}),
        "overdue": _count({"$gt": ["$overdue", 0]}),
        "verifying": _count({"$eq": ["$status", CaseStatus.VERIFYING]}),
        "ended": _count({"$eq": ["$status", CaseStatus.SEARCH_ENDED]}),
        "closed": _count({"$eq": ["$status", CaseStatus.CLOSED]}),
        "relapsed": _count({"$gt": ["$relapse_count", 0]}),
    }


def _count(condition: dict[str, Any]) -> dict[str, Any]:
    return {"$sum": {"$cond": [condition, 1, 0]}}


def _figures(store: Store, by: Grouping, group: dict[str, Any]) -> Figures:
    code = group.pop("_id")
    name = _school_name(store, code) if by is Grouping.SCHOOL else ""
    return Figures(code=code, name=name, **group)


def _school_name(store: Store, code: str) -> str:
    row = store.ledger_collection(SCHOOLS.name).find_one({"_id": code})
    return row["name"] if row else ""
