"""A due day that knows whether it may still move."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class DueDay:
    """The last day of a period. `provisional`: some day of the period lies in a year whose notice is not loaded."""

    day: date
    provisional: bool


def provisional_note(due_on: date | None, *, provisional: bool) -> str:
    """What a ledger and a document say beside a day that may still move; nothing beside one that is settled."""
    return f"可能调整（{due_on.year}年放假安排尚未公布）" if due_on and provisional else ""
