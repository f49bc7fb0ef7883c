"""How a child's plan begins, begins again, and ends."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from services.visits.household_visits.vocabulary import EndReason
from services.visits.ids import ChildId, Division, SchoolCode


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanOpened:
    """The child is away for the first time."""

    TYPE: ClassVar[str] = "visits.plan-opened.v1"
    OCCURRED_ON: ClassVar[str] = "opened_on"
    child_id: ChildId
    division: Division
    school_code: SchoolCode
    absent_since: date
    opened_on: date
    cycle: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanReopened:
    """The child is away again. `cycle` is higher than `previous_cycle`; the team stays."""

    TYPE: ClassVar[str] = "visits.plan-reopened.v1"
    OCCURRED_ON: ClassVar[str] = "opened_on"
    child_id: ChildId
    division: Division
    school_code: SchoolCode
    absent_since: date
    opened_on: date
    cycle: int
    previous_cycle: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanMoved:
    """The child belongs to another school, township or village; what is open goes there.

    `following_up`: the child is back and its checks are still to come.
    """

    TYPE: ClassVar[str] = "visits.plan-moved.v1"
    OCCURRED_ON: ClassVar[str] = "moved_on"
    child_id: ChildId
    division: Division
    school_code: SchoolCode
    former_division: Division
    former_school_code: SchoolCode
    following_up: bool
    moved_on: date
    cycle: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanClosed:
    """Nothing is left to do for this child, and why. `checks_missing`: planned checks that nobody has recorded."""

    TYPE: ClassVar[str] = "visits.plan-closed.v1"
    OCCURRED_ON: ClassVar[str] = "closed_on"
    child_id: ChildId
    closed_on: date
    reason: EndReason
    checks_missing: tuple[int, ...]
    cycle: int


PlanEvent = PlanOpened | PlanReopened | PlanMoved | PlanClosed
