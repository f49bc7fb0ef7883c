"""What is known of a child's whereabouts. All lie in the child's stream."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import ClassVar

from services.registry.children.ids import ChildId
from services.registry.transitions.papers import Paper


class Level(StrEnum):
    """Who keeps a stub (存根) of the report that went upward."""

    SCHOOL = "SCHOOL"
    TOWNSHIP = "TOWNSHIP"
    COUNTY = "COUNTY"


LEVEL_LABELS: dict[str, str] = {Level.SCHOOL: "学校", Level.TOWNSHIP: "乡镇", Level.COUNTY: "县级"}


@dataclass(frozen=True, slots=True, kw_only=True)
class WhereaboutsLost:
    """Visit, telephone and letter failed. Reported upward; each level keeps a stub. `after`: the status before."""

    TYPE: ClassVar[str] = "registry.whereabouts-lost.v1"
    OCCURRED_ON: ClassVar[str] = "lost_on"
    child_id: ChildId
    after: str
    last_seen: str
    investigators: list[str]
    papers: list[Paper]
    lost_on: date
    cycle: int


@dataclass(frozen=True, slots=True, kw_only=True)
class InquiryStubFiled:
    """A level has passed the report on, and kept its stub under this number."""

    TYPE: ClassVar[str] = "registry.inquiry-stub-filed.v1"
    OCCURRED_ON: ClassVar[str] = "filed_on"
    child_id: ChildId
    level: Level
    number: str
    filed_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class WhereaboutsRechecked:
    """Somebody asked again, in vain."""

    TYPE: ClassVar[str] = "registry.whereabouts-rechecked.v1"
    OCCURRED_ON: ClassVar[str] = "rechecked_on"
    child_id: ChildId
    inquiry: str
    rechecked_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class WhereaboutsRecheckMissed:
    """A month has gone by without anybody asking again."""

    TYPE: ClassVar[str] = "registry.whereabouts-recheck-missed.v1"
    OCCURRED_ON: ClassVar[str] = "missed_on"
    child_id: ChildId
    missed_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class WhereaboutsFound:
    """The child is known to be somewhere; its status is the one before it was lost. `place`: where, in words."""

    TYPE: ClassVar[str] = "registry.whereabouts-found.v1"
    OCCURRED_ON: ClassVar[str] = "found_on"
    child_id: ChildId
    place: str
    papers: list[Paper]
    back_to: str
    absent_since: date | None
    found_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ElsewhereConfirmed:
    """The child studies outside the county, as somebody has verified; to be confirmed anew each term."""

    TYPE: ClassVar[str] = "registry.elsewhere-confirmed.v1"
    OCCURRED_ON: ClassVar[str] = "confirmed_on"
    child_id: ChildId
    province: str
    city: str
    county: str
    school_name: str
    grade: int
    out_of_province: bool
    verifier: str
    papers: list[Paper]
    confirmed_on: date
    cycle: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ElsewhereLapsed:
    """A term began and nobody confirmed again: with a student file here the child counts as absent from then on."""

    TYPE: ClassVar[str] = "registry.elsewhere-lapsed.v1"
    OCCURRED_ON: ClassVar[str] = "lapsed_on"
    child_id: ChildId
    confirmed_on: date
    back_to: str
    absent_since: date | None
    lapsed_on: date


WhereaboutsEvent = (
    WhereaboutsLost
    | InquiryStubFiled
    | WhereaboutsRechecked
    | WhereaboutsRecheckMissed
    | WhereaboutsFound
    | ElsewhereConfirmed
    | ElsewhereLapsed
)
