"""Who is entitled to what. A child that is held or suspended stays visible, with the reason."""

from typing import Any, assert_never

from services.assistance.beneficiaries.events import (
    ENTITLEMENT_EVENTS,
    EntitlementChanged,
    EntitlementEnded,
    EntitlementEvent,
    EntitlementGranted,
    EntitlementHeld,
    EntitlementResumed,
    EntitlementSuspended,
    HoldLifted,
)
from shared.kernel.ledgers import Index, Ledger, Row
from shared.kernel.recorded import Recorded

NEW: Row = {
    "active": False,
    "held": False,
    "reason": "",
    "held_on": None,
    "suspended_from": None,
    "resumed_on": None,
}


def entitlement_key(event: Any, _: Recorded | None = None) -> str:
    return f"{event.child_id}:{event.programme_id}"


def apply(row: Row | None, event: EntitlementEvent, _: Recorded) -> Row:
    row = row or {"child_id": event.child_id, "programme_id": event.programme_id, **NEW}
    row = {**row, **_changes(event)}
    return {**row, "status": _status(row)}


def _status(row: Row) -> str:
    if not row["active"]:
        return "ENDED"
    if row["suspended_from"]:
        return "SUSPENDED"
    return "HELD" if row["held"] else "ACTIVE"


def _changes(event: EntitlementEvent) -> Row:
    match event:
        case EntitlementGranted() | EntitlementChanged():
            return {
                "active": True,
                "level": event.level,
                "boarder": event.boarder,
                "category": event.category,
                "year_fen": event.year_fen,
                "school_code": event.school_code,
                "since": event.from_on.isoformat(),
                "ended_for": "",
            }
        case EntitlementEnded(reason=reason, from_on=day):
            return {"active": False, "ended_for": reason, "since": day.isoformat()}
        case EntitlementHeld(reason=reason, held_on=day):
            return {"held": True, "reason": reason, "held_on": day.isoformat()}
        case HoldLifted():
            return {"held": False, "reason": "", "held_on": None}
        case EntitlementSuspended(from_on=day, reason=reason):
            return {"suspended_from": day.isoformat(), "reason": reason}
        case EntitlementResumed(resumed_on=day):
            return {"suspended_from": None, "resumed_on": day.isoformat(), "reason": ""}
        case _:
            assert_never(event)


ENTITLEMENTS = Ledger(
    name="entitlements",
    source="assistance",
    events=frozenset(ENTITLEMENT_EVENTS),
    apply=apply,
    key=entitlement_key,
    indexes=(Index(("programme_id", "_id")), Index(("status",))),
)
