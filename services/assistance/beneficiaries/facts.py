"""What the registry says of a child, as far as payment depends on it."""

from dataclasses import dataclass
from datetime import date

from services.assistance.beneficiaries.entitlement import Span
from services.assistance.beneficiaries.reasons import GONE, SUSPECTED, WHEREABOUTS_LOST
from services.assistance.ids import ChildId


@dataclass(frozen=True, slots=True, kw_only=True)
class ChildFacts:
    """Read from this service's own copy of the registry's facts. `grade` 0: not enrolled.

    `suspected_on` is the day of a suspicion that still stands, `lost_on` since when nobody knows where the child is;
    `away` are the spans of confirmed dropout, of suspension from school, and of what takes a child away for good.
    """

    child_id: ChildId
    division: str = ""
    school_code: str = ""
    grade: int = 0
    boarder: bool = False
    category: str = "NONE"
    enrolled_on: date = date.min
    category_from: date = date.min
    suspected_on: date | None = None
    lost_on: date | None = None
    cycle: int = 0
    away: tuple[Span, ...] = ()

    @property
    def gone(self) -> str:
        """Why the child is paid nothing any more, whatever the programmes say; "" while it is here."""
        last = self.away[-1] if self.away else None
        return last.reason if last and last.back_on is None and last.reason in GONE else ""

    @property
    def waiting(self) -> tuple[date, str] | None:
        """Since when, and why, what is paid for attending waits."""
        if self.suspected_on:
            return self.suspected_on, SUSPECTED
        return (self.lost_on, WHEREABOUTS_LOST) if self.lost_on else None


@dataclass(frozen=True, slots=True)
class Payee:
    """Where a child's money goes: a sealed account, and the name of its holder."""

    account: str
    account_name: str
