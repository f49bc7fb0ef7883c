"""The mark as a child's ledger row keeps it."""

from typing import assert_never

from services.registry.marks.events import DropoutMarked, DropoutUnmarked, MarkEvent
from shared.kernel.ledgers import Row


def mark_columns(_: Row, event: MarkEvent) -> Row:
    match event:
        case DropoutMarked(receipt=receipt, marked_on=day):
            return {"marked": True, "mark_receipt": receipt, "marked_on": day.isoformat(), "unmarked_on": None}
        case DropoutUnmarked(receipt=receipt, unmarked_on=day):
            return {"marked": False, "unmark_receipt": receipt, "unmarked_on": day.isoformat()}
        case _:
            assert_never(event)
