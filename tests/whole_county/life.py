"""A plain model of a child's life: what was done, and what every ledger must say of them then."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum


class Stand(StrEnum):
    """How a child stands to school, in the registry's words."""

    IN_SCHOOL = "IN_SCHOOL"
    SUSPECTED = "SUSPECTED_DROPOUT"
    DROPPED_OUT = "DROPPED_OUT"
    BACK = "RETURNED_PROBATION"
    SUSPENDED = "ON_APPROVED_LEAVE"
    ELSEWHERE = "ELSEWHERE_CONFIRMED"
    ABROAD = "ABROAD"
    DEAD = "DECEASED"


AWAY = frozenset({Stand.SUSPECTED, Stand.DROPPED_OUT})
GONE = frozenset({Stand.ELSEWHERE, Stand.ABROAD, Stand.DEAD})
LEFT_FOR_GOOD = frozenset({Stand.ABROAD, Stand.DEAD})
AT_SCHOOL = frozenset({Stand.IN_SCHOOL, Stand.BACK})

STABLE_AFTER = timedelta(days=30)
DROPOUT_AFTER = timedelta(days=28)


@dataclass
class Life:
    """One child. `cycle` counts the times that they stayed away; the last one ended on `ended_on`. `notice`: one was
    asked for in this cycle. `story` tells what was done, for a failed test.
    """

    id: str
    name: str
    id_number: str
    school: str
    division: str
    stand: Stand = Stand.IN_SCHOOL
    cycle: int = 0
    absent_since: date | None = None
    returned_on: date | None = None
    attempts: int = 0
    notice: bool = False
    ended_on: date | None = None
    story: list[str] = field(default_factory=list)

    def stays_away(self, since: date) -> None:
        self.stand, self.absent_since, self.attempts = Stand.SUSPECTED, since, 0
        self.notice = False
        self.cycle += 1

    def can_be_confirmed(self, today: date) -> bool:
        return self.stand is Stand.SUSPECTED and self.attempts > 0 and today >= self.confirmable_on

    @property
    def confirmable_on(self) -> date:
        assert self.absent_since is not None
        return self.absent_since + DROPOUT_AFTER

    def comes_back(self, today: date) -> None:
        self.ends(Stand.BACK, today)
        self.returned_on = today

    def ends(self, stand: Stand, today: date) -> None:
        """Nobody need look for them any more."""
        self.ended_on = today if self.stand in AWAY else self.ended_on
        self.stand = stand

    def time_passes(self, today: date) -> None:
        if self.stand is Stand.BACK and self.returned_on is not None and today >= self.returned_on + STABLE_AFTER:
            self.stand = Stand.IN_SCHOOL
