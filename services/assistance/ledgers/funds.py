"""The fund ledger: received = available + committed + paid, in every row."""

from typing import assert_never

from services.assistance.funds.events import (
    FUND_EVENTS,
    CommitmentPaid,
    CommitmentReleased,
    FundCommitted,
    FundEvent,
    FundReceived,
    PaidMoneyReturned,
    ReceiptWithdrawn,
)
from shared.kernel.ledgers import Ledger, Row
from shared.kernel.recorded import Recorded

EMPTY: Row = {
    "name": "",
    "sources": [],
    "received_fen": 0,
    "committed_fen": 0,
    "paid_fen": 0,
    "last_received_on": None,
}


def apply(row: Row | None, event: FundEvent, _: Recorded) -> Row:
    row = row or {"fund_id": event.fund_id, **EMPTY}
    row = {**row, **_changes(row, event)}
    return {**row, "available_fen": row["received_fen"] - row["committed_fen"] - row["paid_fen"]}


def _changes(row: Row, event: FundEvent) -> Row:
    fen, committed = event.amount_fen, row["committed_fen"]
    match event:
        case FundReceived():
            return {
                "name": event.name,
                "sources": sorted({*row["sources"], event.source}),
                "received_fen": row["received_fen"] + fen,
                "last_received_on": event.received_on.isoformat(),
            }
        case ReceiptWithdrawn():
            return {"received_fen": row["received_fen"] - fen}
        case FundCommitted():
            return {"committed_fen": committed + fen}
        case CommitmentReleased():
            return {"committed_fen": committed - fen}
        case CommitmentPaid():
            return {"committed_fen": committed - fen, "paid_fen": row["paid_fen"] + fen}
        case PaidMoneyReturned():
            return {"committed_fen": committed + fen, "paid_fen": row["paid_fen"] - fen}
        case _:
            assert_never(event)


FUNDS_LEDGER = Ledger(name="funds", source="assistance", events=frozenset(FUND_EVENTS), apply=apply)
