"""The mark as a child's ledger row keeps it."""

from typing import assert_never

from services.registry.children.statuses import STOPPED
from services.registry.marks.events import DropoutMarkCorrected, DropoutMarked, DropoutUnmarked, MarkEvent
from shared.kernel.ledgers import Row


def mark_columns(row: Row, event: MarkEvent) -> Row:
    match event:
        case DropoutMarked(receipt=receipt, marked_on=day):
            return {"marked": True, "mark_receipt": receipt, "marked_on": day.isoformat(), "unmarked_on": None}
        case DropoutUnmarked(receipt=receipt, unmarked_on=day):
            return {"marked": False, "unmark_receipt": receipt, "unmarked_on": day.isoformat()}
        case DropoutMarkCorrected():
            file = {"registration": row["file_status"]} if row["registration"] in STOPPED else {}
            told = {"corrected_on": event.corrected_on.isoformat(), "correction_reason": event.reason}
            return {"status": event.back_to, "absent_since": None, "attempts": 0, "failed_attempts": 0} | file | told
        case _:
            assert_never(event)
