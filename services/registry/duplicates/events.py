"""What happened to two files that may be one child's.

A pair's events lie in `duplicate-<first id>:<second id>`, those of a merge in the streams of both children.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import ClassVar

from services.registry.children.ids import ChildId
from services.registry.duplicates.weights import Level


class Resolution(StrEnum):
    MERGED = "MERGED"
    DIFFERENT = "DIFFERENT"
    PARTED = "PARTED"


RESOLUTION_LABELS: dict[str, str] = {
    "OPEN": "待核查",
    Resolution.MERGED: "已合并",
    Resolution.DIFFERENT: "不是同一人",
    Resolution.PARTED: "合并有误，已拆分",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class DuplicateFound:
    """Two files may be one child's, as likely as `level` says. `agreements` speak for one child, `disagreements` for
    two: codes of `duplicates.toml`. `division` is the smallest one that covers both.
    """

    TYPE: ClassVar[str] = "registry.duplicate-found.v1"
    OCCURRED_ON: ClassVar[str] = "found_on"
    child_id: ChildId
    other_id: ChildId
    level: Level
    agreements: list[str]
    disagreements: list[str]
    division: str
    found_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class DuplicateResolved:
    """Somebody has judged the pair."""

    TYPE: ClassVar[str] = "registry.duplicate-resolved.v1"
    OCCURRED_ON: ClassVar[str] = "resolved_on"
    child_id: ChildId
    other_id: ChildId
    resolution: Resolution
    reason: str
    division: str
    resolved_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class DuplicateMerged:
    """This file (`child_id`) is the same child's as `merged_into`, which stays; nothing more happens to this one.

    `kept_division` and `kept_school_code`: where the child stands by the file that stays.
    """

    TYPE: ClassVar[str] = "registry.duplicate-merged.v1"
    OCCURRED_ON: ClassVar[str] = "merged_on"
    child_id: ChildId
    merged_into: ChildId
    reason: str
    evidence: list[str]
    merged_on: date
    cycle: int
    kept_division: str
    kept_school_code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DuplicateAbsorbed:
    """The other side of a merge: this file stays, with the history of `absorbed_id` beside its own."""

    TYPE: ClassVar[str] = "registry.duplicate-absorbed.v1"
    OCCURRED_ON: ClassVar[str] = "absorbed_on"
    child_id: ChildId
    absorbed_id: ChildId
    absorbed_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class DuplicateUnmerged:
    """The merge was a mistake: this file stands as before. `absent_since`, `steady_since`: since when."""

    TYPE: ClassVar[str] = "registry.duplicate-unmerged.v1"
    OCCURRED_ON: ClassVar[str] = "unmerged_on"
    child_id: ChildId
    merged_into: ChildId
    reason: str
    absent_since: date | None
    steady_since: date | None
    unmerged_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class DuplicateReleased:
    """The other side of it."""

    TYPE: ClassVar[str] = "registry.duplicate-released.v1"
    OCCURRED_ON: ClassVar[str] = "released_on"
    child_id: ChildId
    absorbed_id: ChildId
    released_on: date


PairEvent = DuplicateFound | DuplicateResolved
MergeEvent = DuplicateMerged | DuplicateAbsorbed | DuplicateUnmerged | DuplicateReleased
