"""What was seen of a child after its return."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from services.visits.ids import ChildId
from services.visits.stability.vocabulary import Finding
from shared.calendar.lateness import Lateness


@dataclass(frozen=True, slots=True, kw_only=True)
class StabilityChecksScheduled:
    """The days on which somebody looks; check 1 is the first of `checks`. The `provisional` ones may still move."""

    TYPE: ClassVar[str] = "visits.stability-checks-scheduled.v1"
    OCCURRED_ON: ClassVar[str] = "returned_on"
    child_id: ChildId
    returned_on: date
    checks: tuple[date, ...]
    cycle: int
    provisional: tuple[date, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class StabilityCheckRecorded:
    """Somebody looked. `entered_on` is the day of the entry, by which `lateness` goes; `checks_left`: how many of the
    planned checks nobody has recorded yet.
    """

    TYPE: ClassVar[str] = "visits.stability-check-recorded.v1"
    OCCURRED_ON: ClassVar[str] = "checked_on"
    child_id: ChildId
    check_no: int
    checked_on: date
    finding: Finding
    recorded_by: str
    due_on: date
    entered_on: date
    lateness: Lateness
    checks_left: int
    cycle: int


StabilityEvent = StabilityChecksScheduled | StabilityCheckRecorded
