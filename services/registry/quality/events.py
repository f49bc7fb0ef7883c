"""What happened to a doubt about a child's file."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from services.registry.children.ids import ChildId


@dataclass(frozen=True, slots=True, kw_only=True)
class QualityIssueAccepted:
    """Somebody looked: the file is right as it is. Should the doubt go and come again, it is open again."""

    TYPE: ClassVar[str] = "registry.quality-issue-accepted.v1"
    OCCURRED_ON: ClassVar[str] = "accepted_on"
    child_id: ChildId
    rule: str
    reason: str
    evidence: list[str]
    accepted_on: date
