"""What the county's divisions are called, from the registry: whoever issues a document is named from here."""

from datetime import date

from services.supervision.contracts import DivisionRegistered
from shared.kernel.ledgers import Ledger, Row
from shared.kernel.recorded import Recorded

_FOR_EVER = "9999-12-31"


def apply(row: Row | None, event: DivisionRegistered, _: Recorded) -> Row:
    since = event.valid_from.isoformat()
    before = [span for span in (row or {"spans": []})["spans"] if span["from"] < since]
    to = event.valid_to.isoformat() if event.valid_to else _FOR_EVER
    return {"spans": [*before, {"name": event.name, "from": since, "to": to}]}


def name_on(row: Row | None, day: date) -> str:
    """What a division was called on a day; "" when nothing is registered for it. The newest word counts."""
    spans = row["spans"] if row else []
    begun = [span for span in spans if span["from"] <= day.isoformat()]
    return begun[-1]["name"] if begun and day.isoformat() <= begun[-1]["to"] else ""


DIVISIONS = Ledger(
    name="divisions",
    source="registry",
    events=frozenset({DivisionRegistered}),
    apply=apply,
    key=lambda event, _: event.division_code,
)
