"""Workers' files as a ledger, and what a survey adds up to. Rules 1-04 and 1-06."""

from collections import Counter
from typing import Any

import msgspec

from services.registry.parties.catalogue import party_catalogue
from services.registry.parties.workers import WorkerSurveyed
from shared.kernel.caller import Caller
from shared.kernel.ledgers import Column, Ledger, Row, View
from shared.kernel.recorded import Recorded
from shared.kernel.store import Store

Content = dict[str, Any]
MAY_READ = frozenset({"county_admin", "bureau_officer", "township_clerk", "auditor"})
"""Why a family is in hardship is nobody else's affair."""


def _apply(_: Row | None, event: WorkerSurveyed, __: Recorded) -> Row:
    row: Row = msgspec.to_builtins(event)
    return row


WORKERS_LEDGER = Ledger(
    name="workers",
    source="registry",
    events=frozenset({WorkerSurveyed}),
    apply=_apply,
    key=lambda event, _: event.worker_id,
)
WORKERS_VIEW = View(
    name="workers",
    title="困难职工和先进模范人物档案",
    of=WORKERS_LEDGER.name,
    columns=(
        Column("name", "姓名", width=10),
        Column("group", "类别", "code", party_catalogue().group, 14),
        Column("employer", "工作单位", width=24),
        Column("worker_division", "区划代码", width=14),
        Column("people", "家庭人口", "number", width=10),
        Column("causes", "致困原因", labels=party_catalogue().cause, width=24),
        Column("needs", "利益需求", labels=party_catalogue().need, width=24),
        Column("honour", "荣誉", width=20),
        Column("surveyed_on", "调查日期", "date", width=12),
    ),
    status_field="group",
    roles=MAY_READ,
    date_field="surveyed_on",
    order=("group", "worker_division"),
)


def survey_counts(store: Store, caller: Caller) -> Content:
    """How many files, and people in their households, by group; how often each cause and need was found."""
    rows = list(store.ledger_collection(WORKERS_LEDGER.name).find(caller.scope.criteria()))
    people: Counter[str] = Counter()
    for row in rows:
        people[row["group"]] += row["people"]
    files = Counter(row["group"] for row in rows)
    found = party_catalogue()
    groups = [
        {"code": code, "label": label, "files": files[code], "people": people[code]}
        for code, label in found.group.items()
    ]
    causes = Counter(code for row in rows for code in row["causes"])
    needs = Counter(code for row in rows for code in row["needs"])
    return {"groups": groups, "causes": _counted(found.cause, causes), "needs": _counted(found.need, needs)}


def _counted(labels: Any, counts: Counter[str]) -> list[Content]:
    return [{"code": code, "label": label, "files": counts[code]} for code, label in labels.items()]
