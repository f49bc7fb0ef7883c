"""Who stands around the child."""

from dataclasses import dataclass
from typing import ClassVar

from services.visits.ids import ChildId


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnTeamProposed:
    """Not three different people are known yet; an empty name is a missing one. Somebody must complete the team."""

    TYPE: ClassVar[str] = "visits.return-team-proposed.v1"
    child_id: ChildId
    teacher: str
    village_cadre: str
    guardian: str
    cycle: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnTeamAssigned:
    """The three are named, and are three different people (rule 9-18)."""

    TYPE: ClassVar[str] = "visits.return-team-assigned.v1"
    child_id: ChildId
    teacher: str
    village_cadre: str
    guardian: str
    cycle: int


TeamEvent = ReturnTeamProposed | ReturnTeamAssigned
