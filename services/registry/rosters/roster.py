"""A school's roster of one term as decisions see it, and the pupils that are registered now."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple, assert_never

from services.registry.children.bases import ON_THE_BOOKS, Standing, counted_in
from services.registry.children.ids import ChildId, SchoolCode
from services.registry.children.statuses import WITH_A_FILE
from services.registry.ledgers.children import CHILDREN_LEDGER
from services.registry.rosters.events import (
    ClassCounted,
    HeadcountReopened,
    HeadcountSignedOff,
    RosterEvent,
    RosterSnapshotTaken,
)
from shared.kernel.aggregates import Aggregate
from shared.kernel.caller import Place
from shared.kernel.ledgers import Row
from shared.kernel.unit_of_work import UnitOfWork

ROWS_AT_ONCE = 1000


class ClassId(NamedTuple):
    grade: int
    class_no: int

    def __str__(self) -> str:
        return f"{self.grade}-{self.class_no}"


Registered = Mapping[ClassId, Mapping[ChildId, Standing]]
"""The pupils of each class, and where each stands today."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Roster:
    """`counted`: the last count of each class. `signed`: the sign-off that still holds."""

    school: SchoolCode
    term: str
    division: str = ""
    snapshot: RosterSnapshotTaken | None = None
    counted: Mapping[ClassId, ClassCounted] = field(default_factory=dict)
    signed: HeadcountSignedOff | None = None


def evolve(roster: Roster, event: RosterEvent) -> Roster:
    roster = replace(roster, division=event.division)
    match event:
        case RosterSnapshotTaken():
            return replace(roster, snapshot=event)
        case ClassCounted():
            counted = {**roster.counted, ClassId(event.grade, event.class_no): event}
            return replace(roster, counted=counted, signed=None)
        case HeadcountSignedOff():
            return replace(roster, signed=event)
        case HeadcountReopened():
            return replace(roster, signed=None)
        case _:
            assert_never(event)


def _initial(id_: str) -> Roster:
    school, _, term = id_.partition(":")
    return Roster(school=SchoolCode(school), term=term)


ROSTERS: Aggregate[Roster] = Aggregate(
    category="roster",
    initial=_initial,
    evolve=evolve,
    place=lambda roster: Place(roster.division, roster.school),
)


def roster_id(school: SchoolCode, term: str) -> str:
    return f"{school}:{term}"


def registered_at(work: UnitOfWork, school: SchoolCode) -> Registered:
    """The pupils of each class whose student file the school keeps, now."""
    classes: dict[ClassId, dict[ChildId, Standing]] = {}
    on_file = {"school": school, "registration": {"$in": sorted(WITH_A_FILE)}} | counted_in(ON_THE_BOOKS)
    for row in _rows(work, on_file):
        pupils = classes.setdefault(ClassId(row["grade"], row["class_no"]), {})
        pupils[ChildId(row["_id"])] = Standing(row["standing"])
    return dict(sorted(classes.items()))


def _rows(work: UnitOfWork, criteria: dict[str, Any]) -> Iterator[Row]:
    after = ""
    while rows := work.rows_after(CHILDREN_LEDGER, criteria, after, ROWS_AT_ONCE):
        yield from rows
        after = rows[-1]["_id"]
