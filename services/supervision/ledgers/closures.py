"""销号: one row a closed cycle. A later reopening is noted beside the closure, which stays as it was,
and so is it when its ground holds no longer.
"""

from services.supervision.return_cases.events import CaseClosed, CaseReopened, GroundLapsed
from shared.kernel.ledgers import Ledger, Row
from shared.kernel.recorded import Recorded

ClosureEvent = CaseClosed | CaseReopened | GroundLapsed


def key(event: ClosureEvent, _: Recorded) -> str:
    cycle = event.previous_cycle if isinstance(event, CaseReopened) else event.cycle
    return f"{event.child_id}:{cycle}"


def apply(row: Row | None, event: ClosureEvent, recorded: Recorded) -> Row | None:
    if isinstance(event, CaseReopened):
        return row and {**row, "status": "REOPENED", "reopened_on": event.opened_on.isoformat()}
    if isinstance(event, GroundLapsed):
        said = {"status": "CONTRADICTED", "contradicted_by": event.fact.type}
        return row and {**row, **said, "contradicted_on": event.lapsed_on.isoformat()}
    return {
        "child_id": event.child_id,
        "cycle": event.cycle,
        "status": "CLOSED",
        "reason": str(event.reason),
        "return_event": event.return_event,
        "ground": event.fact.type,
        "ground_event": event.fact.event,
        "missing_checks": "、".join(str(number) for number in event.missing_checks),
        "unchecked_because": event.unchecked_because,
        "evidence": [f"{each.kind}:{each.reference}" for each in event.evidence],
        "requested_by": event.requested_by,
        "closed_by": event.closed_by,
        "closed_on": event.closed_on.isoformat(),
        "closed_school": recorded.place.school,
        "contradicted_by": "",
        "contradicted_on": None,
        "reopened_on": None,
    }


CLOSURES = Ledger(
    name="closures",
    source="supervision",
    events=frozenset({CaseClosed, CaseReopened, GroundLapsed}),
    guests=frozenset({CaseReopened, GroundLapsed}),  # the closure stays where the case was closed
    apply=apply,
    key=key,
)
