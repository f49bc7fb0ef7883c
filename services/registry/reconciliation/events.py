"""What is told of differences between the lists, and of the runs that look for them.

A difference lies in a stream of its own, `difference-<subject>:<family>`. The subject is the child's id, so that it
comes in order with all that is told of the child, or stands for somebody whom the registry does not know.
"""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from services.registry.children.ids import ChildId
from services.registry.reconciliation.reasons import Family, Owner
from services.registry.transitions.papers import Paper


@dataclass(frozen=True, slots=True, kw_only=True)
class DifferenceFound:
    """The lists disagree about somebody for the first time.

    `child_id` is null for somebody whom the registry does not know; `name`, `birth_date` and the sealed `id_number`
    say who it is. `poor`: first in the queue. `papers`: what must be shown until `due_on`, by `owner`, the school
    `school_code` or the village `division`. `lists` are the lists it was found on, the newest of `lists_on`.
    `registration` and `attendance` are the child's statuses at that time, `child_cycle` its count of suspicions.
    `other`: the schools of a student file that is elsewhere; `other_subject`: who may be the same person.
    """

    TYPE: ClassVar[str] = "registry.difference-found.v1"
    OCCURRED_ON: ClassVar[str] = "found_on"
    difference_id: str
    child_id: ChildId | None
    family: Family
    reason: str
    poor: bool
    name: str
    sex: str
    birth_date: date | None
    id_number: str | None
    id_index: str | None
    division: str
    school_code: str
    school_name: str
    other: str
    other_subject: str
    child_cycle: int
    owner: Owner
    papers: list[str]
    due_on: date
    found_on: date
    lists: list[str]
    lists_on: date
    registration: str
    attendance: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DifferenceReclassified:
    """The same difference for another reason, or of somebody now known to be poor."""

    TYPE: ClassVar[str] = "registry.difference-reclassified.v1"
    OCCURRED_ON: ClassVar[str] = "reclassified_on"
    difference_id: str
    child_id: ChildId | None
    family: Family
    reason: str
    previous_reason: str
    poor: bool
    owner: Owner
    papers: list[str]
    due_on: date
    reclassified_on: date
    registration: str
    attendance: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DifferenceResolved:
    """The difference has left the queue: explained by papers, or because the fact itself has happened (`fact`: the
    status that came). The papers explain it until `holds_until`, though the lists go on saying the same.

    `same`: of a proposed match, whether the two are one person; else null.
    """

    TYPE: ClassVar[str] = "registry.difference-resolved.v1"
    OCCURRED_ON: ClassVar[str] = "resolved_on"
    difference_id: str
    child_id: ChildId | None
    family: Family
    reason: str
    papers: list[Paper]
    remark: str
    fact: str
    same: bool | None
    resolved_on: date
    holds_until: date


@dataclass(frozen=True, slots=True, kw_only=True)
class DifferenceRecurred:
    """Resolved before, the lists of a later day disagree again. `cycle` counts from 1."""

    TYPE: ClassVar[str] = "registry.difference-recurred.v1"
    OCCURRED_ON: ClassVar[str] = "recurred_on"
    difference_id: str
    child_id: ChildId | None
    family: Family
    reason: str
    poor: bool
    owner: Owner
    papers: list[str]
    due_on: date
    recurred_on: date
    lists: list[str]
    lists_on: date
    cycle: int
    registration: str
    attendance: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DifferenceReopened:
    """Somebody found that the papers do not hold."""

    TYPE: ClassVar[str] = "registry.difference-reopened.v1"
    OCCURRED_ON: ClassVar[str] = "reopened_on"
    difference_id: str
    child_id: ChildId | None
    family: Family
    reason: str
    why: str
    due_on: date
    reopened_on: date


DifferenceEvent = (
    DifferenceFound | DifferenceReclassified | DifferenceResolved | DifferenceRecurred | DifferenceReopened
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReasonCount:
    """How many differences of a reason a run saw, and how many of them concern poor households."""

    reason: str
    differences: int
    poor: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ReconciliationRun:
    """The lists were compared, for a division or a school. `lists`: which; no difference: no line in `counts`."""

    TYPE: ClassVar[str] = "registry.reconciliation-run.v1"
    OCCURRED_ON: ClassVar[str] = "run_on"
    run_id: str
    run_on: date
    lists: list[str]
    of_age: int
    registered: int
    attending: int
    roster_missing: int
    roster_new: int
    roster_moved: int
    counts: list[ReasonCount]
    division: str
    school: str
