"""What happened to a child's place on the lists of special groups.

A membership is the time from `from_on` up to, and without, `left_on`. One that was entered by mistake is left on the
day it began: it lasted no day, and can still be read.
"""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from services.registry.children.ids import ChildId


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupEntered:
    """The child belongs to a special group. `source` is the list or office that says so; `evidence` refers to papers.

    `particulars` is sealed: the kind and degree of a disability, what a teacher saw.
    """

    TYPE: ClassVar[str] = "registry.group-entered.v1"
    OCCURRED_ON: ClassVar[str] = "from_on"
    child_id: ChildId
    group: str
    source: str
    evidence: list[str]
    particulars: str | None
    from_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupLeft:
    """The child belongs to it no longer."""

    TYPE: ClassVar[str] = "registry.group-left.v1"
    OCCURRED_ON: ClassVar[str] = "left_on"
    child_id: ChildId
    group: str
    from_on: date
    left_on: date
    reason: str
    evidence: list[str]


GroupEvent = GroupEntered | GroupLeft
