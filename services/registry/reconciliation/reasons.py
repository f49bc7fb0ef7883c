"""The reasons of differences, read from `reasons.toml`."""

from collections.abc import Iterable, Mapping
from datetime import timedelta
from enum import StrEnum
from functools import cache
from pathlib import Path

import msgspec

from services.registry.children.statuses import Attendance
from services.registry.groups.catalogue import catalogue
from services.registry.transitions.papers import Paper, missing_from
from services.roles import ROLES

SHIPPED = Path(__file__).with_name("reasons.toml")


NOT_AT_SCHOOL = "N2"
"""The reason of who is of school age, has no student file, and is at no school: a child to be sought."""


SENT_HOME = "R2"
"""The reason of who has a student file and was sent home by the school."""


class Family(StrEnum):
    """What disagrees: one child has one difference of a family at a time."""

    NO_REG = "NO_REG"
    REG_NOT_IN = "REG_NOT_IN"
    GHOST = "GHOST"
    DUP = "DUP"
    PLACE = "PLACE"
    ROSTER = "ROSTER"
    MATCH = "MATCH"
    DISABILITY = "DISABILITY"


class Owner(StrEnum):
    SCHOOL = "SCHOOL"
    VILLAGE = "VILLAGE"


OWNER_LABELS: dict[str, str] = {Owner.SCHOOL: "学校", Owner.VILLAGE: "村（社区）"}


class ReasonRule(msgspec.Struct, frozen=True, kw_only=True):
    """See `reasons.toml`."""

    label: str
    family: Family
    owner: Owner
    days: int
    holds_days: int
    papers: tuple[str, ...]
    settled_by: frozenset[str] = frozenset()
    alert: bool = False
    tells_of: str = ""

    @property
    def due_within(self) -> timedelta:
        return timedelta(days=self.days)


class _Dated(msgspec.Struct, frozen=True):
    papers: frozenset[str]


class Reasons(msgspec.Struct, frozen=True, kw_only=True):
    explained: frozenset[Attendance]
    of_school_but_elsewhere: frozenset[Attendance]
    at_school: frozenset[Attendance]
    untraceable: frozenset[Attendance]
    kept_away: frozenset[Attendance]
    home_reflection: tuple[str, ...]
    leavers_grade: int
    families: Mapping[str, str]
    reason: Mapping[str, ReasonRule]
    paper: Mapping[str, str]
    dated: _Dated

    @property
    def labels(self) -> dict[str, str]:
        return {code: rule.label for code, rule in self.reason.items()}

    def of_family(self, family: Family) -> list[str]:
        return [code for code, rule in self.reason.items() if rule.family is family]

    @property
    def families_settled_by_facts(self) -> list[Family]:
        """Those of which a fact alone may take one off the queue."""
        return [family for family in Family if any(self.reason[code].settled_by for code in self.of_family(family))]

    def may_know(self, role: str, reason: str) -> bool:
        """Whether the role may know of the special group, if any, that the reason gives away."""
        told = self.reason[reason].tells_of
        return not told or told in catalogue().known_to(role)

    @property
    def roles_that_may_know_all(self) -> frozenset[str]:
        """Who may see the queue: a row's reason is in plain sight."""
        return frozenset(role for role in ROLES if all(self.may_know(role, each) for each in self.reason))

    def missing(self, reason: str, papers: Iterable[Paper]) -> list[str]:
        """What is still to be shown for a reason, in words."""
        complete = [paper for paper in papers if paper.dated or paper.kind not in self.dated.papers]
        lacking = missing_from(complete, self.reason[reason].papers)
        return ["或".join(self.paper[kind] for kind in each.split("|")) for each in lacking]


@cache
def reasons() -> Reasons:
    """Raises msgspec.ValidationError for a table with a gap, ValueError for a paper that has no words or a reason
    that tells of no group there is.
    """
    table = msgspec.toml.decode(SHIPPED.read_bytes(), type=Reasons)
    named = {kind for rule in table.reason.values() for each in rule.papers for kind in each.split("|")}
    if unknown := (named | table.dated.papers) - table.paper.keys():
        raise ValueError(f"no words for {', '.join(sorted(unknown))}")
    told = {rule.tells_of for rule in table.reason.values()} - {""}
    if unknown := told - set(catalogue().codes):
        raise ValueError(f"no group {', '.join(sorted(unknown))}")
    return table
