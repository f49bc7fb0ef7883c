"""What happened to a school, in the school's stream; and what a closing did to a pupil, in the child's."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from services.registry.children.ids import ChildId, SchoolCode
from services.registry.schools.kinds import DemonstrationLevel, SchoolStatus


@dataclass(frozen=True, slots=True, kw_only=True)
class SchoolRegistered:
    """The school as it is from now on. `division` is the township it lies in, `district` its inspection district,
    `private` who runs it (民办), `demonstration_level` a kindergarten's. Events of before these existed lack the last
    three.
    """

    TYPE: ClassVar[str] = "registry.school-registered.v1"
    school_code: SchoolCode
    name: str
    kind: str
    division: str
    district: str
    private: bool = False
    demonstration_level: DemonstrationLevel = DemonstrationLevel.NONE
    address: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOver:
    """交接: what becomes of the premises and property (校产), of the records (档案), and who takes them over."""

    assets: str
    records: str
    taken_over_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SchoolMerged:
    """The school is part of the receiving school from `closed_on` on."""

    TYPE: ClassVar[str] = "registry.school-merged.v1"
    OCCURRED_ON: ClassVar[str] = "closed_on"
    school_code: SchoolCode
    receiving_school_code: SchoolCode
    receiving_school_name: str
    closed_on: date
    hand_over: HandOver


@dataclass(frozen=True, slots=True, kw_only=True)
class SchoolClosed:
    """The school teaches no more from `closed_on` on; its pupils go to the receiving school."""

    TYPE: ClassVar[str] = "registry.school-closed.v1"
    OCCURRED_ON: ClassVar[str] = "closed_on"
    school_code: SchoolCode
    receiving_school_code: SchoolCode
    receiving_school_name: str
    closed_on: date
    hand_over: HandOver


@dataclass(frozen=True, slots=True, kw_only=True)
class SchoolRestored:
    """The school teaches again. Pupils who were moved stay where they are until somebody transfers them."""

    TYPE: ClassVar[str] = "registry.school-restored.v1"
    OCCURRED_ON: ClassVar[str] = "restored_on"
    school_code: SchoolCode
    need: str
    hand_over: HandOver
    restored_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class PupilsMoved:
    """One step of a closing: so many pupils moved. The step that finds nobody any more has `finished`."""

    TYPE: ClassVar[str] = "registry.pupils-moved.v1"
    school_code: SchoolCode
    receiving_school_code: SchoolCode
    closed_on: date
    step: int
    pupils: int
    finished: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardingPlacesSet:
    """How many boarding places (寄宿床位) the school has."""

    TYPE: ClassVar[str] = "registry.boarding-places-set.v1"
    OCCURRED_ON: ClassVar[str] = "set_on"
    school_code: SchoolCode
    places: int
    set_on: date


SchoolEvent = SchoolRegistered | SchoolMerged | SchoolClosed | SchoolRestored | PupilsMoved | BoardingPlacesSet


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceivingSchoolAssigned:
    """The child's school merged or closed (`because`): its place and its student file are at the receiving school
    from `moved_on` on. The grade stays; the class is the receiving school's to name.
    """

    TYPE: ClassVar[str] = "registry.receiving-school-assigned.v1"
    OCCURRED_ON: ClassVar[str] = "moved_on"
    child_id: ChildId
    receiving_school_code: SchoolCode
    receiving_school_name: str
    former_school_code: SchoolCode
    former_school_name: str
    grade: int
    because: SchoolStatus
    moved_on: date
