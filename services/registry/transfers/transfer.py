"""A transfer under way, as decisions see it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from services.registry.children.ids import SchoolCode


class Direction(StrEnum):
    """Between two schools of the county, from outside, or to outside."""

    WITHIN = "WITHIN"
    IN = "IN"
    OUT = "OUT"


class Party(StrEnum):
    """Who confirms, in this order. The receiving school does so by asking."""

    RECEIVING_SCHOOL = "RECEIVING_SCHOOL"
    RECEIVING_BUREAU = "RECEIVING_BUREAU"
    SENDING_SCHOOL = "SENDING_SCHOOL"
    SENDING_BUREAU = "SENDING_BUREAU"


class Ending(StrEnum):
    """A transfer that does not come about."""

    REFUSED = "REFUSED"
    WITHDRAWN = "WITHDRAWN"


class Initiator(StrEnum):
    """Whose wish a transfer is."""

    GUARDIAN = "GUARDIAN"
    SCHOOL = "SCHOOL"


DIRECTION_LABELS: dict[str, str] = {Direction.WITHIN: "县内转学", Direction.IN: "县外转入", Direction.OUT: "转出县外"}
PARTY_LABELS: dict[str, str] = {
    Party.RECEIVING_SCHOOL: "转入学校",
    Party.RECEIVING_BUREAU: "转入地教育局",
    Party.SENDING_SCHOOL: "转出学校",
    Party.SENDING_BUREAU: "转出地教育局",
}
ENDING_LABELS: dict[str, str] = {Ending.REFUSED: "不予核办", Ending.WITHDRAWN: "已撤回"}

SCHOOLS_OF_THE_COUNTY: Mapping[Direction, frozenset[Party]] = {
    Direction.WITHIN: frozenset({Party.RECEIVING_SCHOOL, Party.SENDING_SCHOOL}),
    Direction.IN: frozenset({Party.RECEIVING_SCHOOL}),
    Direction.OUT: frozenset({Party.SENDING_SCHOOL}),
}
"""The schools that confirm for themselves. For bureaus, and for parties outside, the county does, with a receipt."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Destination:
    """A school outside the county."""

    province: str
    city: str
    county: str
    school_name: str
    grade: int
    out_of_province: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Transfer:
    """`hands`: who confirmed for each party. `last_on`: the day of the last step. `left_on`: the last day at the
    sending school; `arrived_on`: the first at the receiving one. `missed`: that it did not arrive in time has been
    found. `respond_by`: the last day of whose turn it is, reckoned from `counts_from`. `over`: completed, refused or
    withdrawn.
    """

    id: str
    direction: Direction
    receiving_school_code: SchoolCode
    receiving_school_name: str
    grade: int
    last_on: date
    hands: Mapping[Party, str] = field(default_factory=dict)
    destination: Destination | None = None
    respond_by: date | None = None
    counts_from: date | None = None
    provisional: bool = False
    left_on: date | None = None
    arrived_on: date | None = None
    completed_on: date | None = None
    missed: bool = False
    over: bool = False

    @property
    def turn(self) -> Party | None:
        """Whose confirmation is awaited."""
        return None if self.over else next((party for party in Party if party not in self.hands), None)

    @property
    def gone_since(self) -> date | None:
        """The day from which the child is at neither school, or None while it is at one of them."""
        if self.arrived_on is not None or (self.over and not self.brings_here):
            return None
        return self.left_on or self.completed_on

    @property
    def awaited_since(self) -> date | None:
        """The day from which the time to arrive at a school of the county counts, or None when it does not."""
        if self.missed or self.gone_since is None:
            return None
        return self.completed_on if self.direction is Direction.IN else self.gone_since

    @property
    def brings_here(self) -> bool:
        """Complete, and to a school of the county."""
        return self.completed_on is not None and self.direction is not Direction.OUT
