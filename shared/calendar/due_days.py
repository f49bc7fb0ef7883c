"""A due day that knows whether it may still move."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class DueDay:
    """The last day of a period. `provisional`: some day of the period lies in a year whose notice is not loaded."""

    day: date
    provisional: bool


def moved_to(before: DueDay, due: DueDay, today: date) -> DueDay | None:
    """What becomes of an open due day now that the calendar gives `due`; None: nothing.

    A day that is past keeps what it is, and none moves into the past: nobody is late by what was not known.
    """
    if before.day < today:
        return None
    after = due if due.day >= today else DueDay(before.day, due.provisional)
    return None if after == before else after


def provisional_note(due_on: date | None, *, provisional: bool) -> str:
    """What a ledger and a document say beside a day that may still move; nothing beside one that is settled."""
    return f"可能调整（{due_on.year}年放假安排尚未公布）" if due_on and provisional else ""
