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
    PaymentCameBack,
    PaymentCorrected,
    PaymentReissued,
    PaymentReturned,
    PaymentSettled,
    PaymentWentThrough,
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
    "document_no": "",
    "beyond": [],
    "paid_again_by": "",
    "paid_fen": 0,
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
    row["paid_again_by"] = "、".join(payment["batch_id"] for payment in row["beyond"])
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
                "document_no": "",
            }
        case LineRefused(reason=reason, batch_id=batch_id):
            if row["claim"] not in NO_CLAIM:
                return {}
            return {"claim": "REFUSED", "reason": reason, "batch_id": batch_id}
        case LineReleased(reason=reason):
            return _next_claim(row) or {"claim": "RELEASED", "held": False, "reason": reason, "amount_fen": 0}
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
        case PaymentCameBack(beyond=False):
            return {"claim": "RETURNED", "reason": event.reason, "document_no": event.document_no}
        case PaymentCameBack(batch_id=batch_id):
            left = [payment for payment in row["beyond"] if payment["batch_id"] != batch_id]
            return {"beyond": left} if left != row["beyond"] else _next_claim(row)
        case PaymentWentThrough():
            return _went_through(row, event)
        case OverpaymentAssessed():
            return {
                "paid_fen": event.paid_fen,
                "due_fen": event.due_fen,
                "over_fen": event.over_fen,
                "over_final": event.final,
            }
        case _:
            assert_never(event)


def _went_through(row: Row, event: PaymentWentThrough) -> Row:
    payment = {name: getattr(event, name) for name in ("fund_id", "batch_id", "seq", "amount_fen", "document_no")}
    if event.beyond:
        return {"beyond": [*row["beyond"], payment]}
    return {"claim": "PAID", "held": False, "reason": "", **payment}


def _next_claim(row: Row) -> Row:
    """As in the child's state: the first payment beyond the claim takes the place of one that ended."""
    if not row["beyond"]:
        return {}
    return {"claim": "PAID", "held": False, "reason": "", **row["beyond"][0], "beyond": row["beyond"][1:]}


LINES = Ledger(
    name="payment-lines",
    source="assistance",
    events=frozenset(LINE_EVENTS),
    apply=apply,
    key=line_key,
    indexes=(Index(("status",)), Index(("batch_id", "seq"))),
)
