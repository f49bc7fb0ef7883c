"""Why nothing is paid for a child: which reasons are final, and which take the place of another."""

from collections.abc import Mapping
from datetime import date

from services.assistance.contracts import (
    DeathRecorded,
    DeclaredMissing,
    DuplicateMerged,
    ElsewhereConfirmed,
    Gone,
    GraduationRecorded,
    WentAbroad,
)

SUSPECTED = "SUSPECTED_DROPOUT"
WHEREABOUTS_LOST = "WHEREABOUTS_LOST"
DROPPED_OUT = "DROPPED_OUT"
ON_SUSPENSION = "ON_SUSPENSION"
MERGED = "MERGED"
ENDS: Mapping[type[Gone], tuple[str, str]] = {
    DeathRecorded: ("DECEASED", "died_on"),
    WentAbroad: ("ABROAD", "left_on"),
    DeclaredMissing: ("DECLARED_MISSING", "declared_on"),
    ElsewhereConfirmed: ("ELSEWHERE", "confirmed_on"),
    GraduationRecorded: ("COMPLETED", "graduated_on"),
    DuplicateMerged: (MERGED, "merged_on"),
}
"""The reason, and which field says from when."""

GONE = frozenset(reason for reason, _ in ENDS.values())
"""Reasons that end what is paid, whether or not it depends on attendance."""


def why_gone(event: Gone) -> tuple[str, date]:
    """Why nothing is paid any more, and from when."""
    reason, field = ENDS[type(event)]
    day: date = getattr(event, field)
    return reason, day


def is_news(standing: str, reason: str) -> bool:
    """Whether `reason` is shown from now on instead of the one that stands ("": none does).

    A merge changes nothing of a file that is stopped already: when it was a mistake, that reason holds as before.
    """
    return not standing or (reason not in (standing, MERGED))
