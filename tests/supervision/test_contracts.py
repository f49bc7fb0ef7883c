"""What this service does with the others' events (that each type is read or ignored: tests/test_contracts.py)."""

from services.supervision.contracts import CONTRACTS
from services.supervision.reactions import REACTIONS


def test_every_reaction_answers_an_event_that_is_read() -> None:
    read = {cls for contract in CONTRACTS.values() for cls in contract.classes.values()}
    assert set(REACTIONS) <= read
