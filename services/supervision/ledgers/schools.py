"""What the schools are called, from the registry: a ledger names the school where something was done by its code."""

from services.supervision.contracts import SchoolRegistered
from shared.kernel.ledgers import Ledger, Row
from shared.kernel.recorded import Recorded


def apply(_: Row | None, event: SchoolRegistered, __: Recorded) -> Row:
    return {"name": event.name}


SCHOOLS = Ledger(
    name="schools",
    source="registry",
    events=frozenset({SchoolRegistered}),
    apply=apply,
    key=lambda event, _: event.school_code,
)
