"""Deadlines: stored documents with a due moment; when it comes, a command fires. No in-memory timers."""

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


def firing_id(key: str, due_at: datetime) -> str:
    """The command id of a firing: the same however often and by whichever worker it is tried."""
    return derived_id("deadline", key, due_at.isoformat())


def derived_id(*parts: str) -> str:
    """A command id derived from what caused the command, so that a repeat meets its first outcome."""
    return sha256("\x1f".join(parts).encode()).hexdigest()[:32]
