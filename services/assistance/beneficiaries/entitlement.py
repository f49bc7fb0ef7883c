"""One child's entitlement under one programme, and what a term of it is worth."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import assert_never

from services.assistance.beneficiaries.events import (
    EntitlementChanged,
    EntitlementEnded,
    EntitlementEvent,
    EntitlementGranted,
    EntitlementHeld,
    EntitlementResumed,
    EntitlementSuspended,
    HoldLifted,
)
from services.assistance.beneficiaries.reasons import MERGED
from shared.calendar import Term
from shared.money import prorate


@dataclass(frozen=True, slots=True)
class Span:
    """Days away: the first, and the first day back (None: still away). `reason`: a code of `words.py` (REASONS)."""

    from_on: date
    back_on: date | None = None
    reason: str = "DROPPED_OUT"

    def days_in(self, term: Term) -> int:
        """How many days of the term are spent away; of an open span, all that are left of the term."""
        first = max(self.from_on, term.first_day)
        end = term.last_day + timedelta(days=1)
        return max(0, (min(self.back_on or end, end) - first).days)


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """What holds from a day on; `year_fen` 0 means that the entitlement has ended."""

    from_on: date
    level: str = ""
    boarder: bool = False
    category: str = ""
    year_fen: int = 0
    school_code: str = ""


@dataclass(frozen=True, slots=True)
class Due:
    """What a term is worth: half the yearly standard for the days of the term that were not suspended."""

    amount_fen: int
    year_fen: int
    term_days: int
    suspended_days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Entitlement:
    """`held_for`: why what is unpaid waits ("": it does not). What stops the days becomes that reason, too, but for a
    merge: a file that is parted again is what it was.
    """

    attendance_bound: bool = True
    versions: tuple[Version, ...] = ()
    held_for: str = ""
    away: tuple[Span, ...] = ()

    @property
    def held(self) -> bool:
        return bool(self.held_for)

    @property
    def current(self) -> Version:
        return self.versions[-1]

    @property
    def active(self) -> bool:
        return bool(self.versions) and self.current.year_fen > 0

    @property
    def suspended(self) -> bool:
        return bool(self.away) and self.away[-1].back_on is None

    @property
    def suspended_for(self) -> str:
        return self.away[-1].reason if self.suspended else ""

    def away_open_in(self, term: Term) -> bool:
        """Whether the child left in or before the term and is not back."""
        return self.suspended and self.away[-1].from_on <= term.last_day

    def due(self, term: Term) -> Due:
        """The term's amount by the version that holds at its end; 0 fen when there is none."""
        holding = [version for version in self.versions if version.from_on <= term.last_day]
        return self.due_at(holding[-1].year_fen if holding else 0, term)

    def due_at(self, year_fen: int, term: Term) -> Due:
        """Half of `year_fen` x attendance days / term days, half a fen rounded up."""
        term_days = (term.last_day - term.first_day).days + 1
        suspended = sum(span.days_in(term) for span in self.away)
        amount = prorate(year_fen, term_days - suspended, 2 * term_days)
        return Due(amount, year_fen, term_days, suspended)


def evolve_entitlement(entitlement: Entitlement, event: EntitlementEvent) -> Entitlement:
    match event:
        case EntitlementGranted():
            granted = replace(entitlement, attendance_bound=event.attendance_bound)
            return _with_version(granted, _version(event))
        case EntitlementChanged():
            return _with_version(entitlement, _version(event))
        case EntitlementEnded(from_on=day):
            return _with_version(entitlement, Version(from_on=day))
        case EntitlementHeld(reason=reason):
            return replace(entitlement, held_for=reason)
        case HoldLifted():
            return replace(entitlement, held_for="")
        case EntitlementSuspended(from_on=day, reason=reason):
            before = _back(entitlement.away, day) if entitlement.suspended else entitlement.away
            held_for = reason if entitlement.held and reason != MERGED else entitlement.held_for
            return replace(entitlement, held_for=held_for, away=(*before, Span(day, reason=reason)))
        case EntitlementResumed(resumed_on=day):
            return replace(entitlement, away=_back(entitlement.away, day))
        case _:
            assert_never(event)


def _back(away: tuple[Span, ...], day: date) -> tuple[Span, ...]:
    return (*away[:-1], replace(away[-1], back_on=day))


def _version(event: EntitlementGranted | EntitlementChanged) -> Version:
    return Version(
        from_on=event.from_on,
        level=event.level,
        boarder=event.boarder,
        category=event.category,
        year_fen=event.year_fen,
        school_code=event.school_code,
    )


def _with_version(entitlement: Entitlement, version: Version) -> Entitlement:
    return replace(entitlement, versions=(*entitlement.versions, version))
