"""What happens to a child's entitlements. The stream `beneficiary-<child id>` is the only place that says so."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from services.assistance.ids import ChildId, ProgrammeId


@dataclass(frozen=True, slots=True, kw_only=True)
class EntitlementGranted:
    """From `from_on` on the child is entitled to `year_fen` a year, paid in two halves, a term each."""

    TYPE: ClassVar[str] = "assistance.entitlement-granted.v1"
    OCCURRED_ON: ClassVar[str] = "from_on"
    child_id: ChildId
    programme_id: ProgrammeId
    attendance_bound: bool
    level: str
    boarder: bool
    category: str
    year_fen: int
    division: str
    school_code: str
    from_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class EntitlementChanged:
    """Level, boarding, category, school or standard is another from `from_on` on."""

    TYPE: ClassVar[str] = "assistance.entitlement-changed.v1"
    OCCURRED_ON: ClassVar[str] = "from_on"
    child_id: ChildId
    programme_id: ProgrammeId
    level: str
    boarder: bool
    category: str
    year_fen: int
    division: str
    school_code: str
    from_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class EntitlementEnded:
    """The child is no longer eligible from `from_on` on. `reason`: CATEGORY, NO_STANDARD or CONFLICT."""

    TYPE: ClassVar[str] = "assistance.entitlement-ended.v1"
    OCCURRED_ON: ClassVar[str] = "from_on"
    child_id: ChildId
    programme_id: ProgrammeId
    reason: str
    from_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class EntitlementHeld:
    """Nothing more is paid until it is lifted. `reason`: a code of `words.py` (REASONS)."""

    TYPE: ClassVar[str] = "assistance.entitlement-held.v1"
    OCCURRED_ON: ClassVar[str] = "held_on"
    child_id: ChildId
    programme_id: ProgrammeId
    reason: str
    held_on: date
    cycle: int


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldLifted:
    TYPE: ClassVar[str] = "assistance.hold-lifted.v1"
    OCCURRED_ON: ClassVar[str] = "lifted_on"
    child_id: ChildId
    programme_id: ProgrammeId
    lifted_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class EntitlementSuspended:
    """The days from `from_on` on do not count until the entitlement is resumed. `reason`: as in EntitlementHeld.

    Of an entitlement that is suspended already: from `from_on` on it is so for another reason.
    """

    TYPE: ClassVar[str] = "assistance.entitlement-suspended.v1"
    OCCURRED_ON: ClassVar[str] = "from_on"
    child_id: ChildId
    programme_id: ProgrammeId
    from_on: date
    cycle: int
    reason: str = "DROPPED_OUT"


@dataclass(frozen=True, slots=True, kw_only=True)
class EntitlementResumed:
    """Days count again, `resumed_on` included."""

    TYPE: ClassVar[str] = "assistance.entitlement-resumed.v1"
    OCCURRED_ON: ClassVar[str] = "resumed_on"
    child_id: ChildId
    programme_id: ProgrammeId
    resumed_on: date


EntitlementEvent = (
    EntitlementGranted
    | EntitlementChanged
    | EntitlementEnded
    | EntitlementHeld
    | HoldLifted
    | EntitlementSuspended
    | EntitlementResumed
)
ENTITLEMENT_EVENTS = (
    EntitlementGranted,
    EntitlementChanged,
    EntitlementEnded,
    EntitlementHeld,
    HoldLifted,
    EntitlementSuspended,
    EntitlementResumed,
)
