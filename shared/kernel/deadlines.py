"""Deadlines: stored documents with a due moment; when it comes, a command fires. No in-memory timers."""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any


@dataclass(frozen=True, slots=True)
class SetDeadline:
    """At `due_at` (UTC) execute `command`. Setting the same key again replaces the earlier deadline."""

    key: str
    due_at: datetime
    command: Any


@dataclass(frozen=True, slots=True)
class CancelDeadline:
    key: str


DeadlineChange = SetDeadline | CancelDeadline


def turn_clocks(before: Sequence[SetDeadline], after: Sequence[SetDeadline]) -> list[DeadlineChange]:
    """What leads from the clocks of one state to those of the next: what still runs unchanged is left alone.

    So a deadline that has fired is not set again while the state goes on asking for the same one.
    """
    standing = {clock.key: clock for clock in after}
    ended: list[DeadlineChange] = [CancelDeadline(clock.key) for clock in before if clock.key not in standing]
    return ended + [clock for clock in after if clock not in before]


def set_anew(clocks: Sequence[SetDeadline], standing: Mapping[str, datetime], fired: Set[str]) -> list[SetDeadline]:
    """Which of a state's clocks to set: `standing` says when those are due that are set, `fired` which have fired.

    `fired` are ids of firings, each of a key at a time: what fired at another time, though the state goes on asking
    for it, found nothing to do then, and is set once more.
    """
    return [
        clock
        for clock in clocks
        if standing.get(clock.key) != clock.due_at and firing_id(clock.key, clock.due_at) not in fired
    ]


def firing_id(key: str, due_at: datetime) -> str:
    """The command id of a firing: the same however often and by whichever worker it is tried."""
    return derived_id("deadline", key, due_at.isoformat())


def derived_id(*parts: str) -> str:
    """An id derived from what caused the thing, so that a repeat meets its first outcome: 32 hexadecimal digits.

    The first half is the same for all that differ in their last part alone. Ids of one cause so lie side by side in
    the database, and a transaction over many of them touches few pages.
    """
    return _half(parts[:-1]) + _half(parts)


def _half(parts: Sequence[str]) -> str:
    return sha256("\x1f".join(parts).encode()).hexdigest()[:16]
