"""The payment lines: one row for each child, programme and term, whatever became of it."""

from typing import Any, assert_never

from services.assistance.beneficiaries.line_events import (
    LINE_EVENTS,
    LineEvent,
    LineHeld,
    LineHoldLifted,
    LinePrepared,
    LineRefused,
    LineReleased,
    OverpaymentAssessed,
    PaymentCorrected,
    PaymentReissued,
    PaymentReturned,
    PaymentSettled,
)
from services.assistance.ledgers.entitlements import entitlement_key
from shared.kernel.ledgers import Index, Ledger, Row
from shared.kernel.recorded import Recorded

NO_CLAIM = frozenset({"NONE", "REFUSED", "RELEASED"})
NEW: Row = {
    "claim": "NONE",
    "held": False,
    "reason": "",
    "fund_id": "",
    "batch_id": "",
    "seq": 0,
    "amount_fen": 0,
    "account_name": "",
    "term_days": 0,
    "suspended_days": 0,
    "date": None,
    "note": "",
    "due_fen": 0,
    "over_fen": 0,
    "over_final": True,
}


def line_key(event: Any, _: Recorded) -> str:
    return f"{event.child_id}:{event.programme_id}:{event.period}"


def apply(row: Row | None, event: LineEvent, recorded: Recorded) -> Row:
    row = row or {
        "child_id": event.child_id,
        "programme_id": event.programme_id,
        "period": event.period,
        "entitlement": entitlement_key(event),
        **NEW,
    }
    row = {**row, "date": recorded.occurred_on.isoformat(), **_changes(row, event)}
    return {**row, "status": "HELD" if row["held"] else row["claim"]}


def _changes(row: Row, event: LineEvent) -> Row:
    match event:
        case LinePrepared():
            return {
                "claim": "IN_BATCH",
                "held": False,
                "reason": "",
                "fund_id": event.fund_id,
                "batch_id": event.batch_id,
                "seq": event.seq,
                "amount_fen": event.amount_fen,
                "account_name": event.account_name,
                "term_days": event.term_days,
                "suspended_days": event.suspended_days,
            }
        case LineRefused(reason=reason, batch_id=batch_id):
            if row["claim"] not in NO_CLAIM:
                return {}
            return {"claim": "REFUSED", "reason": reason, "batch_id": batch_id}
        case LineReleased(reason=reason):
            return {"claim": "RELEASED", "held": False, "reason": reason, "amount_fen": 0}
        case LineHeld():
            return {"held": True}
        case LineHoldLifted(missed_batch=missed):
            return {"held": False, "claim": "READY"} if missed else {"held": False}
        case PaymentSettled():
            return {"claim": "PAID", "held": False, "reason": ""}
        case PaymentReturned(reason=reason):
            return {"claim": "RETURNED", "reason": reason}
        case PaymentCorrected(note=note):
            return {"claim": "READY", "note": note}
        case PaymentReissued():
            return {
                "claim": "IN_BATCH",
                "reason": "",
                "batch_id": event.batch_id,
                "seq": event.seq,
                "account_name": event.account_name,
            }
        case OverpaymentAssessed():
            return {"due_fen": event.due_fen, "over_fen": event.over_fen, "over_final": event.final}
        case _:
            assert_never(event)


LINES = Ledger(
    name="payment-lines",
    source="assistance",
    events=frozenset(LINE_EVENTS),
    apply=apply,
    key=line_key,
    indexes=(Index(("status",)), Index(("batch_id", "seq"))),
)
