"""What the bank said of a line after it was booked: one row for each line of a batch, with its latest."""

from typing import assert_never

from services.assistance.batches.events import LaterAnswerConfirmed, LaterAnswerDropped, LaterAnswerProposed
from shared.kernel.ledgers import Index, Ledger, Row
from shared.kernel.recorded import Recorded

LaterAnswerEvent = LaterAnswerProposed | LaterAnswerDropped | LaterAnswerConfirmed


def line_of_batch(event: LaterAnswerEvent, _: Recorded) -> str:
    return f"{event.batch_id}:{event.child_id}"


def apply(row: Row | None, event: LaterAnswerEvent, recorded: Recorded) -> Row:
    match event:
        case LaterAnswerProposed():
            return {
                "batch_id": event.batch_id,
                "child_id": event.child_id,
                "seq": event.seq,
                "amount_fen": event.amount_fen,
                "status": "PROPOSED",
                "answer": "RETURNED" if event.returned else "PAID",
                "reason": event.returned,
                "document_no": event.document_no,
                "answered_on": event.answered_on.isoformat(),
                "proposed_by": event.proposed_by,
                "proposed_on": recorded.occurred_on.isoformat(),
                "decided_by": "",
                "dropped_for": "",
            }
        case LaterAnswerConfirmed(confirmed_by=who):
            return {**(row or {}), "status": "CONFIRMED", "decided_by": who}
        case LaterAnswerDropped(dropped_by=who, reason=reason):
            return {**(row or {}), "status": "DROPPED", "decided_by": who, "dropped_for": reason}
        case _:
            assert_never(event)


LATER_ANSWERS = Ledger(
    name="later-answers",
    source="assistance",
    events=frozenset({LaterAnswerProposed, LaterAnswerDropped, LaterAnswerConfirmed}),
    apply=apply,
    key=line_of_batch,
    indexes=(Index(("status",)),),
)
