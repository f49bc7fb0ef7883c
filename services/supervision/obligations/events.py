"""What happens to a duty. One duty of a kind a cycle."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import ClassVar

from services.supervision.ids import ChildId
from services.supervision.obligations.duties import Duty


@dataclass(frozen=True, slots=True, kw_only=True)
class ObligationRaised:
    """Somebody must do this by the end of `due_on`, which may still move when it is `provisional`."""

    TYPE: ClassVar[str] = "supervision.obligation-raised.v1"
    OCCURRED_ON: ClassVar[str] = "raised_on"
    child_id: ChildId
    cycle: int
    duty: Duty
    raised_on: date
    due_on: date
    provisional: bool = False


class MoveReason(StrEnum):
    CALENDAR = "CALENDAR"


@dataclass(frozen=True, slots=True, kw_only=True)
class DueDayMoved:
    """The county's calendar changed before the duty was due.

    Where only the mark goes, since the year's notice has been loaded, the two days are the same.
    """

    TYPE: ClassVar[str] = "supervision.due-day-moved.v1"
    child_id: ChildId
    cycle: int
    duty: Duty
    due_before: date
    due_on: date
    provisional: bool
    reason: MoveReason


@dataclass(frozen=True, slots=True, kw_only=True)
class ObligationHandedOver:
    """The child stands elsewhere: whoever is in charge there owes it from now on, by the same day."""

    TYPE: ClassVar[str] = "supervision.obligation-handed-over.v1"
    OCCURRED_ON: ClassVar[str] = "handed_over_on"
    child_id: ChildId
    cycle: int
    duty: Duty
    division: str
    school_code: str
    handed_over_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ObligationMet:
    """It was done on `met_on`, as somebody entered on `entered_on`. It is late if either lies after the due day."""

    TYPE: ClassVar[str] = "supervision.obligation-met.v1"
    OCCURRED_ON: ClassVar[str] = "met_on"
    child_id: ChildId
    cycle: int
    duty: Duty
    met_on: date
    entered_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ObligationMissed:
    """The due day ended and it was not done. It still has to be."""

    TYPE: ClassVar[str] = "supervision.obligation-missed.v1"
    child_id: ChildId
    cycle: int
    duty: Duty
    due_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ObligationLifted:
    """It need not be done any more; a missed one stays on record as missed."""

    TYPE: ClassVar[str] = "supervision.obligation-lifted.v1"
    OCCURRED_ON: ClassVar[str] = "lifted_on"
    child_id: ChildId
    cycle: int
    duty: Duty
    lifted_on: date


ObligationEvent = (
    ObligationRaised | DueDayMoved | ObligationHandedOver | ObligationMet | ObligationMissed | ObligationLifted
)
