"""Reads for the API, each within the caller's scope."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from services.registry.children.ids import ChildId, SchoolCode
from services.registry.children.state import CHILDREN
from services.registry.divisions.rows import name_on
from services.registry.entering.gates import gates
from services.registry.groups.catalogue import catalogue
from services.registry.groups.events import GroupEntered, GroupLeft
from services.registry.households.categories import CATEGORY_LABELS
from services.registry.personal import PersonalData
from services.registry.risk.events import RiskPlanSet
from services.registry.risk.rows import PLAN_FIELDS
from services.registry.schools.directory import SchoolDirectory, listed_schools
from services.registry.transfers.events import PushOutReported
from services.registry.transfers.rows import KNOW_PUSH_OUTS, PUSH_OUT_FIELDS
from shared.kernel.caller import Caller, Scope
from shared.kernel.criteria import conjunction
from shared.kernel.refusals import NotFound
from shared.kernel.store import Document, Store

Content = dict[str, Any]


@dataclass(frozen=True, slots=True)
class ChildFile:
    """A child's ledger row and its history, personal data masked; that of files merged into it is part of it.

    `version` is that of the child's own stream.
    """

    child: Content
    history: list[Content]
    version: int


def child_file(store: Store, personal: PersonalData, caller: Caller, child_id: ChildId) -> ChildFile:
    """Raises NotFound for an unknown child and for one outside the caller's scope."""
    row = _one(store, "children", {"_id": child_id}, caller)
    history = [event for each in (child_id, *row["absorbed"]) for event in _history(store, personal, ChildId(each))]
    history.sort(key=lambda event: event["recorded_at"])
    shown = [event for event in history if _may_know(caller, event["type"], event["data"])]
    version = sum(event["data"]["child_id"] == child_id for event in history)
    return ChildFile(personal.masked(child_id, _shown(row, caller)), shown, version)


def child_with_id_number(store: Store, personal: PersonalData, caller: Caller, id_number: str) -> Content:
    """The child with a resident ID number. Raises NotFound."""
    criteria = {"id_index": personal.index("id_number", id_number)}
    row = _one(store, "children", criteria, caller)
    return personal.masked(ChildId(row["_id"]), _shown(row, caller))


def child_gates(store: Store, caller: Caller, child_id: ChildId) -> list[Content]:
    """The first three gates of a child (rule 8-03). Raises NotFound."""
    _one(store, "children", {"_id": child_id}, caller)
    child = CHILDREN.initial(child_id)
    for recorded in store.read_streams([CHILDREN.stream(child_id)]):
        child = CHILDREN.evolve(child, store.service.events.decode(recorded.type, recorded.data))
    found = gates(child.passages, child.gates_explained)
    return [
        {"number": gate.number, "label": gate.label, "state": gate.state.value}
        | {"document": gate.document, "on": gate.on, "reason": gate.reason}
        for gate in found
    ]


def memberships(store: Store, caller: Caller, child_id: ChildId, on: date | None) -> list[Content]:
    """The child's times on lists that the caller may know of, in order, on one day or all. Raises NotFound.

    One that lasted no day was entered by mistake: it covers none, and is seen among all.
    """
    spans = _shown(_one(store, "children", {"_id": child_id}, caller), caller).get("memberships", [])
    labels = CATEGORY_LABELS | catalogue().labels
    found = [span for span in spans if on is None or covers(span, on.isoformat())]
    return [
        {"list": span["list"], "label": labels[span["list"]], "since": span["from"], "until": span["to"]}
        | {"source": span["source"], "evidence": span["evidence"]}
        for span in sorted(found, key=lambda span: (span["from"], span["list"]))
    ]


def covers(span: Content, day: str) -> bool:
    """Whether a membership includes a day: its last day is the one before `to`."""
    return bool(span["from"] <= day and (span["to"] is None or day < span["to"]))


def _may_know(caller: Caller, type_: str, data: Content) -> bool:
    """Whether the caller's role may know of the special group or the push-out that an event tells of."""
    if type_ == PushOutReported.TYPE:
        return caller.role in KNOW_PUSH_OUTS
    if type_ == RiskPlanSet.TYPE:
        return caller.role in catalogue().roles_that_know_the_plan
    return type_ not in (GroupEntered.TYPE, GroupLeft.TYPE) or data["group"] in catalogue().known_to(caller.role)


def difference(store: Store, caller: Caller, difference_id: str) -> Document:
    """Raises NotFound."""
    return _one(store, "differences", {"_id": difference_id}, caller)


def school(store: Store, caller: Caller, code: SchoolCode) -> Content:
    """Raises NotFound."""
    return _shown(_one(store, "schools", {"_id": code}, caller), caller)


def schools_by_code(store: Store) -> dict[SchoolCode, Content]:
    """All schools; for imports, which place a roster by any school's name."""
    return {SchoolCode(row["_id"]): row for row in store.ledger_collection("schools").find()}


def school_directory(store: Store, scope: Scope, today: date) -> SchoolDirectory:
    """All schools, for a caller who may mean any, and first those of the scope."""
    return SchoolDirectory.of(listed_schools(schools_by_code(store), division_names(store, today), today), scope)


def division_names(store: Store, today: date) -> dict[str, str]:
    """What every division is called on a day."""
    rows = store.ledger_collection("divisions").find()
    return {row["_id"]: name for row in rows if (name := name_on(row, today))}


def _one(store: Store, ledger: str, criteria: Document, caller: Caller) -> Document:
    within = conjunction([criteria, caller.scope.criteria()])
    row = store.ledger_collection(ledger).find_one(within)
    if row is None:
        raise NotFound(ledger)
    return row


def _shown(row: Mapping[str, Any], caller: Caller) -> Content:
    """A row without what is the ledger's own affair, and without labels that the caller's role may not know."""
    shown = {name: value for name, value in row.items() if name not in ("_id", "file_status")}
    if "memberships" not in row:
        return shown
    known = catalogue().known_to(caller.role)
    hidden: tuple[str, ...] = () if caller.role in catalogue().roles_that_know_the_plan else PLAN_FIELDS
    hidden += () if caller.role in KNOW_PUSH_OUTS else PUSH_OUT_FIELDS
    shown = {name: value for name, value in shown.items() if name not in hidden}
    lists = known | CATEGORY_LABELS.keys()
    return shown | {
        "guardians": [_guardian_shown(guardian) for guardian in row.get("guardians", [])],
        "groups": [group for group in row["groups"] if group in known],
        "memberships": [span for span in row["memberships"] if span["list"] in lists],
    }


def _guardian_shown(guardian: Mapping[str, Any]) -> Content:
    return {name: guardian[name] for name in ("id", "name", "relation", "since")}


def _history(store: Store, personal: PersonalData, child_id: ChildId) -> Iterator[Content]:
    for recorded in store.read_streams([CHILDREN.stream(child_id)]):
        yield {
            "id": recorded.id,
            "type": recorded.type,
            "occurred_on": recorded.occurred_on.isoformat(),
            "recorded_at": recorded.time.isoformat(),
            "actor": recorded.actor,
            "data": personal.masked(child_id, recorded.data),
        }
