"""销号: one row a closed cycle. A later reopening is noted beside the closure, which stays as it was."""

from services.supervision.return_cases.events import CaseClosed, CaseReopened
from shared.kernel.ledgers import Ledger, Row
from shared.kernel.recorded import Recorded


def key(event: CaseClosed | CaseReopened, _: Recorded) -> str:
    cycle = event.cycle if isinstance(event, CaseClosed) else event.previous_cycle
    return f"{event.child_id}:{cycle}"


def apply(row: Row | None, event: CaseClosed | CaseReopened, _: Recorded) -> Row | None:
    if isinstance(event, CaseReopened):
        return row and {**row, "status": "REOPENED", "reopened_on": event.opened_on.isoformat()}
    return {
        "child_id": event.child_id,
        "cycle": event.cycle,
        "status": "CLOSED",
        "reason": str(event.reason),
        "return_event": event.return_event,
        "evidence": [f"{each.kind}:{each.reference}" for each in event.evidence],
        "requested_by": event.requested_by,
        "closed_by": event.closed_by,
        "closed_on": event.closed_on.isoformat(),
        "reopened_on": None,
    }


CLOSURES = Ledger(
    name="closures",
    source="supervision",
    events=frozenset({CaseClosed, CaseReopened}),
    apply=apply,
    key=key,
)
