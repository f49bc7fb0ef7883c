"""What happened to a child's time away by right. All lie in the child's stream.

`until` is the last day away. Each application has an id of its own; a renewal is an application that follows another.
"""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from services.registry.children.ids import ChildId, SchoolCode
from services.registry.respites.kinds import RespiteKind
from services.registry.transitions.papers import Paper


@dataclass(frozen=True, slots=True, kw_only=True)
class RespiteApplied:
    """The guardian asks in writing that the child may enter school later, or stay away. `particulars` is sealed."""

    TYPE: ClassVar[str] = "registry.respite-applied.v1"
    OCCURRED_ON: ClassVar[str] = "applied_on"
    child_id: ChildId
    application_id: str
    kind: RespiteKind
    renewal: bool
    from_on: date
    until: date
    particulars: str | None
    papers: list[Paper]
    applied_on: date
    applied_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RespiteRefused:
    """Township or bureau turned the application down."""

    TYPE: ClassVar[str] = "registry.respite-refused.v1"
    OCCURRED_ON: ClassVar[str] = "refused_on"
    child_id: ChildId
    application_id: str
    kind: RespiteKind
    reason: str
    refused_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class DeferralApproved:
    """Township or bureau allow that the child enters school later. `remind_on`: when to think of a renewal;
    it may still move when it is `provisional`.

    `cycle`: that in which it was sought as being at no school (0: it never was).
    """

    TYPE: ClassVar[str] = "registry.deferral-approved.v1"
    OCCURRED_ON: ClassVar[str] = "approved_on"
    child_id: ChildId
    application_id: str
    renewal: bool
    from_on: date
    until: date
    remind_on: date
    papers: list[Paper]
    approved_on: date
    approved_by: str
    cycle: int = 0
    provisional: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SuspensionApproved:
    """Township or bureau allow that the pupil stays away; a spell of absence, or a suspicion, ends with it.

    `cycle` is that of the child's last suspicion (0: none). `was`: where the child stood before. Otherwise as
    DeferralApproved.
    """

    TYPE: ClassVar[str] = "registry.suspension-approved.v1"
    OCCURRED_ON: ClassVar[str] = "approved_on"
    child_id: ChildId
    school_code: SchoolCode
    application_id: str
    renewal: bool
    from_on: date
    until: date
    remind_on: date
    papers: list[Paper]
    was: str
    cycle: int
    approved_on: date
    approved_by: str
    provisional: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RespiteFiled:
    """The county bureau put the approval on file (备案) under a number."""

    TYPE: ClassVar[str] = "registry.respite-filed.v1"
    OCCURRED_ON: ClassVar[str] = "filed_on"
    child_id: ChildId
    application_id: str
    kind: RespiteKind
    filing_number: str
    filed_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class RespiteEndsSoon:
    """The end comes near: guardian and school settle whether the child comes, or asks for a renewal."""

    TYPE: ClassVar[str] = "registry.respite-ends-soon.v1"
    OCCURRED_ON: ClassVar[str] = "reminded_on"
    child_id: ChildId
    application_id: str
    kind: RespiteKind
    until: date
    reminded_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class DeferralExpired:
    """The deferral is over and the child has entered no school."""

    TYPE: ClassVar[str] = "registry.deferral-expired.v1"
    OCCURRED_ON: ClassVar[str] = "expired_on"
    child_id: ChildId
    application_id: str
    until: date
    expired_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class SuspensionExpired:
    """The suspension is over and the pupil has not resumed: absent without excuse since the day after."""

    TYPE: ClassVar[str] = "registry.suspension-expired.v1"
    OCCURRED_ON: ClassVar[str] = "expired_on"
    child_id: ChildId
    school_code: SchoolCode
    application_id: str
    until: date
    absent_since: date
    expired_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class StudentResumed:
    """复学: back in class after a suspension, on application and certificate. `was`: where the child stood before."""

    TYPE: ClassVar[str] = "registry.student-resumed.v1"
    OCCURRED_ON: ClassVar[str] = "resumed_on"
    child_id: ChildId
    school_code: SchoolCode
    application_id: str
    papers: list[Paper]
    was: str
    resumed_on: date


RespiteApproved = DeferralApproved | SuspensionApproved
RespiteEvent = (
    RespiteApplied
    | RespiteRefused
    | DeferralApproved
    | SuspensionApproved
    | RespiteFiled
    | RespiteEndsSoon
    | DeferralExpired
    | SuspensionExpired
    | StudentResumed
)
