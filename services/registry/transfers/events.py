"""What happens to a transfer. All lie in the child's stream."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from services.registry.children.ids import ChildId, SchoolCode
from services.registry.transfers.transfer import Destination, Direction, Ending, Party
from services.registry.transitions.papers import Paper


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferRequested:
    """The receiving school asks, on the guardian's application. `respond_by`: the last day of the next party, reckoned
    from `counts_from`; it may still move when it is `provisional`.

    `attending_since`: the child sits in class there already. `destination`: of a school outside the county.
    `child_name` is what the receiving school called the child, and `receiving_division` where that school is; both
    are empty for one outside the county.
    """

    TYPE: ClassVar[str] = "registry.transfer-requested.v1"
    OCCURRED_ON: ClassVar[str] = "requested_on"
    child_id: ChildId
    transfer_id: str
    direction: Direction
    sending_school_code: SchoolCode
    sending_school_name: str
    receiving_school_code: SchoolCode
    receiving_school_name: str
    destination: Destination | None
    grade: int
    reason: str
    attending_since: date | None
    papers: list[Paper]
    respond_by: date
    requested_on: date
    requested_by: str
    child_name: str = ""
    receiving_division: str = ""
    counts_from: date | None = None
    provisional: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferConfirmed:
    """A party agrees. `next_party` (empty: none) has until `respond_by`; `left_on` is told by the sending school."""

    TYPE: ClassVar[str] = "registry.transfer-confirmed.v1"
    OCCURRED_ON: ClassVar[str] = "confirmed_on"
    child_id: ChildId
    transfer_id: str
    party: Party
    next_party: str
    respond_by: date | None
    left_on: date | None
    receipt: str
    confirmed_on: date
    confirmed_by: str
    counts_from: date | None = None
    provisional: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferOverdue:
    """A party has let its working days go by."""

    TYPE: ClassVar[str] = "registry.transfer-overdue.v1"
    OCCURRED_ON: ClassVar[str] = "overdue_on"
    child_id: ChildId
    transfer_id: str
    party: Party
    respond_by: date
    overdue_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferCompleted:
    """All agreed: place and student file are at the receiving school, which will name the class.

    `former_school_code` is empty for a child from outside the county.
    """

    TYPE: ClassVar[str] = "registry.transfer-completed.v1"
    OCCURRED_ON: ClassVar[str] = "moved_on"
    child_id: ChildId
    transfer_id: str
    receiving_school_code: SchoolCode
    receiving_school_name: str
    former_school_code: SchoolCode
    former_school_name: str
    grade: int
    moved_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferredOut:
    """The student file has left the county. Where the child studies now is told by ElsewhereConfirmed."""

    TYPE: ClassVar[str] = "registry.transferred-out.v1"
    OCCURRED_ON: ClassVar[str] = "moved_on"
    child_id: ChildId
    transfer_id: str
    former_school_code: SchoolCode
    former_school_name: str
    moved_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferEnded:
    """Turned down by a party, or withdrawn by the guardian: the child stays where it is."""

    TYPE: ClassVar[str] = "registry.transfer-ended.v1"
    OCCURRED_ON: ClassVar[str] = "ended_on"
    child_id: ChildId
    transfer_id: str
    ending: Ending
    reason: str
    ended_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferArrived:
    """The child sits in class at the receiving school."""

    TYPE: ClassVar[str] = "registry.transfer-arrived.v1"
    OCCURRED_ON: ClassVar[str] = "arrived_on"
    child_id: ChildId
    transfer_id: str
    school_code: SchoolCode
    arrived_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferGapFound:
    """The child left one school and has not arrived at the other. From `absent_since` on it counts as absent."""

    TYPE: ClassVar[str] = "registry.transfer-gap-found.v1"
    OCCURRED_ON: ClassVar[str] = "found_on"
    child_id: ChildId
    transfer_id: str
    absent_since: date
    found_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class PushOutReported:
    """Somebody says that the school urges the child to leave (劝退、劝转). `reported_by`: who says so, in words.

    `absent_since`: the spell of absence of which the school's own attendance book says that it sent the child home
    (在家反省); null where it comes from somebody else.
    """

    TYPE: ClassVar[str] = "registry.push-out-reported.v1"
    OCCURRED_ON: ClassVar[str] = "reported_on"
    child_id: ChildId
    school_code: SchoolCode
    what: str
    reported_by: str
    reported_on: date
    absent_since: date | None


TransferStep = (
    TransferRequested
    | TransferConfirmed
    | TransferOverdue
    | TransferCompleted
    | TransferredOut
    | TransferEnded
    | TransferArrived
    | TransferGapFound
)
TransferEvent = TransferStep | PushOutReported
