"""What a school does for a child at risk. Lies in the child's stream."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from services.registry.children.ids import ChildId


@dataclass(frozen=True, slots=True, kw_only=True)
class RiskPlanSet:
    """What a school does for the child from `set_on` on: `psychological` and `academic` help, by `helper`."""

    TYPE: ClassVar[str] = "registry.risk-plan-set.v1"
    OCCURRED_ON: ClassVar[str] = "set_on"
    child_id: ChildId
    helper: str
    psychological: str
    academic: str
    review_on: date
    set_on: date
