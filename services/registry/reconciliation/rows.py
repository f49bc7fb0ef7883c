"""Differences and runs as ledgers keep them: one row a difference, one row a run."""

from collections.abc import Sequence
from typing import assert_never

import msgspec

from services.registry.reconciliation.events import (
    DifferenceEvent,
    DifferenceFound,
    DifferenceReclassified,
    DifferenceRecurred,
    DifferenceReopened,
    DifferenceResolved,
    ReconciliationRun,
)
from services.registry.reconciliation.reasons import reasons
from shared.kernel.ledgers import Index, Ledger, Row
from shared.kernel.recorded import Recorded

OPEN, RESOLVED = "OPEN", "RESOLVED"
STATUS_LABELS = {OPEN: "待核查", RESOLVED: "已销号"}
PRIORITY_LABELS = {"0": "贫困户优先", "1": "预警", "2": "一般"}
AS_FOUND = ("reason", "poor", "owner", "papers", "due_on", "registration", "attendance")
AS_RESOLVED = ("reason", "remark", "fact", "same", "resolved_on", "holds_until")


def apply(row: Row | None, event: DifferenceEvent, recorded: Recorded) -> Row:
    before = row or {}
    told: Row = msgspec.to_builtins(event)
    match event:
        case DifferenceFound():
            found = {name: value for name, value in told.items() if name != "division"}
            return found | _ranked(event.reason, event.poor) | {"status": OPEN, "cycle": 1}
        case DifferenceReclassified():
            return before | _of(told, AS_FOUND) | _ranked(event.reason, event.poor)
        case DifferenceRecurred():
            again = _of(told, (*AS_FOUND, "lists", "lists_on", "cycle"))
            return before | again | _ranked(event.reason, event.poor) | {"status": OPEN}
        case DifferenceResolved():
            shown = {"status": RESOLVED, "shown": told["papers"], "resolved_by": recorded.actor}
            return before | _of(told, AS_RESOLVED) | shown
        case DifferenceReopened():
            return before | {"status": OPEN, "due_on": told["due_on"], "why": event.why}
        case _:
            assert_never(event)


def _of(told: Row, fields: Sequence[str]) -> Row:
    return {name: told[name] for name in fields}


def _ranked(reason: str, poor: bool) -> Row:
    """Children of poor households first, then what cannot wait."""
    alert = reasons().reason[reason].alert
    return {"priority": 0 if poor else 1 if alert else 2}


DIFFERENCES_LEDGER = Ledger(
    name="differences",
    source="registry",
    events=frozenset(
        {DifferenceFound, DifferenceReclassified, DifferenceResolved, DifferenceRecurred, DifferenceReopened}
    ),
    apply=apply,
    key=lambda event, _: event.difference_id,
    indexes=(
        Index(("status", "priority", "due_on")),
        Index(("child_id",)),
        Index(("family", "status")),
    ),
)


def apply_run(_: Row | None, event: ReconciliationRun, recorded: Recorded) -> Row:
    told: Row = msgspec.to_builtins(event)
    counts = {f"count_{each.reason}": each.differences for each in event.counts}
    sums = {
        "differences": sum(each.differences for each in event.counts),
        "poor": sum(each.poor for each in event.counts),
    }
    left_out = ("division", "school", "counts")
    kept = {name: value for name, value in told.items() if name not in left_out}
    return kept | counts | sums | {"run_by": recorded.actor, "run_at": recorded.time.isoformat()}


RUNS_LEDGER = Ledger(
    name="reconciliation-runs",
    source="registry",
    events=frozenset({ReconciliationRun}),
    apply=apply_run,
)
