"""What happened to a school's roster of one term. The stream is `roster-<school code>:<term>`."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from services.registry.children.ids import ChildId, SchoolCode


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassRoster:
    """Who is registered in a class, in the order of ids."""

    grade: int
    class_no: int
    pupils: list[ChildId]


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterSnapshotTaken:
    """The roster as the term begins; what changes afterwards is compared with it."""

    TYPE: ClassVar[str] = "registry.roster-snapshot-taken.v1"
    OCCURRED_ON: ClassVar[str] = "taken_on"
    school_code: SchoolCode
    division: str
    term: str
    classes: list[ClassRoster]
    taken_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """A pupil registered and not there (`MISSING`, or the standing by which the registry knows why: `SUSPENDED`,
    `HOME_TAUGHT`, `ELSEWHERE`, `DROPPED_OUT`, `UNTRACEABLE`, `AWAITED`), or there and not registered (`EXTRA`; without
    an id, its name).
    """

    kind: str
    child_id: ChildId | None
    name: str
    explanation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassCounted:
    """Somebody counted a class: `actual` = `registered` - missing + extra. `pupils`: who was registered then."""

    TYPE: ClassVar[str] = "registry.class-counted.v1"
    OCCURRED_ON: ClassVar[str] = "counted_on"
    school_code: SchoolCode
    division: str
    term: str
    grade: int
    class_no: int
    registered: int
    actual: int
    pupils: list[ChildId]
    differences: list[Difference]
    counted_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class HeadcountSignedOff:
    """The principal stands for the figures: every class is counted, and every difference explained."""

    TYPE: ClassVar[str] = "registry.headcount-signed-off.v1"
    OCCURRED_ON: ClassVar[str] = "signed_off_on"
    school_code: SchoolCode
    division: str
    term: str
    classes: int
    registered: int
    actual: int
    differences: int
    signed_off_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class HeadcountReopened:
    """Who is registered in these classes is no longer who was counted; they are to be counted again."""

    TYPE: ClassVar[str] = "registry.headcount-reopened.v1"
    OCCURRED_ON: ClassVar[str] = "reopened_on"
    school_code: SchoolCode
    division: str
    term: str
    classes: list[str]
    reopened_on: date


RosterEvent = RosterSnapshotTaken | ClassCounted | HeadcountSignedOff | HeadcountReopened
