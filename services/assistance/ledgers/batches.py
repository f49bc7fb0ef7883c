"""The batches, from the first line gathered to the last answer of the bank."""

from typing import assert_never

from services.assistance.batches.events import (
    BATCH_EVENTS,
    BatchApproved,
    BatchEvent,
    BatchLinesFreed,
    BatchLinesHeld,
    BatchLinesPrepared,
    BatchLinesRemoved,
    BatchLinesSettled,
    BatchPrepared,
    BatchRejected,
    BatchSentToBank,
    BatchSettled,
    BatchStarted,
    LaterAnswerConfirmed,
    LaterAnswerDropped,
    LaterAnswerProposed,
)
from shared.kernel.ledgers import Ledger, Row
from shared.kernel.recorded import Recorded

NEW: Row = {
    "status": "PREPARING",
    "lines": 0,
    "total_fen": 0,
    "refused": 0,
    "left_behind": 0,
    "paid": 0,
    "paid_fen": 0,
    "returned": 0,
    "returned_fen": 0,
    "came_back": 0,
    "went_through": 0,
    "unconfirmed": 0,
    "approved_by": "",
    "rejected_for": "",
    "sent_on": None,
}


def apply(row: Row | None, event: BatchEvent, recorded: Recorded) -> Row:
    row = row or {"batch_id": event.batch_id, "started_on": recorded.occurred_on.isoformat(), **NEW}
    return {**row, **_changes(row, event)}


def _changes(row: Row, event: BatchEvent) -> Row:
    match event:
        case BatchStarted():
            return {
                "programme_id": event.programme_id,
                "fund_id": event.fund_id,
                "period": event.period,
                "memo": event.memo,
                "started_by": event.started_by,
            }
        case BatchLinesPrepared(lines=lines, refused=refused):
            total = row["total_fen"] + sum(line.amount_fen for line in lines)
            return {
                "lines": row["lines"] + len(lines),
                "total_fen": total,
                "refused": row["refused"] + refused,
            }
        case BatchPrepared():
            return {"status": "PREPARED"}
        case BatchLinesHeld() | BatchLinesFreed():
            return {}
        case BatchLinesRemoved(children=children, amount_fen=fen):
            if row["status"] in ("SENT", "SETTLED"):
                return {}  # a line that had been left behind: the sent totals stand
            return {"lines": row["lines"] - len(children), "total_fen": row["total_fen"] - fen}
        case BatchApproved(approved_by=approver):
            return {"status": "APPROVED", "approved_by": approver}
        case BatchRejected(reason=reason):
            return {"status": "REJECTED", "rejected_for": reason}
        case BatchSentToBank():
            return {
                "status": "SENT",
                "lines": event.lines,
                "total_fen": event.total_fen,
                "left_behind": event.left_behind,
                "sent_on": event.sent_on.isoformat(),
            }
        case BatchLinesSettled():
            return {
                "paid": row["paid"] + len(event.paid),
                "paid_fen": row["paid_fen"] + event.paid_fen,
                "returned": row["returned"] + len(event.returned),
                "returned_fen": row["returned_fen"] + event.returned_fen,
            }
        case BatchSettled():
            return {"status": "SETTLED"}
        case LaterAnswerProposed():
            return {"unconfirmed": row["unconfirmed"] + 1}
        case LaterAnswerDropped():
            return {"unconfirmed": row["unconfirmed"] - 1}
        case LaterAnswerConfirmed():
            return {"unconfirmed": row["unconfirmed"] - 1, **_answered_anew(row, event)}
        case _:
            assert_never(event)


def _answered_anew(row: Row, event: LaterAnswerConfirmed) -> Row:
    """The line counts where it now belongs; how often that happened is told beside it."""
    more, fewer = ("returned", "paid") if event.returned else ("paid", "returned")
    happened = "came_back" if event.returned else "went_through"
    return {
        more: row[more] + 1,
        fewer: row[fewer] - 1,
        f"{more}_fen": row[f"{more}_fen"] + event.amount_fen,
        f"{fewer}_fen": row[f"{fewer}_fen"] - event.amount_fen,
        happened: row[happened] + 1,
    }


BATCHES_LEDGER = Ledger(name="batches", source="assistance", events=frozenset(BATCH_EVENTS), apply=apply)
