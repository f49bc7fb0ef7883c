"""A programme as its events make it, and what it promises to whom."""

from dataclasses import dataclass, replace
from typing import assert_never

from services.assistance.ids import NO_CHILD, ChildId, ProgrammeId
from services.assistance.programmes.events import (
    AssessmentRequested,
    ChildrenAssessed,
    ProgrammeEvent,
    ProgrammeOpened,
    Standard,
)
from shared.kernel.aggregates import Aggregate
from shared.kernel.caller import Place

LEVELS = {"PRIMARY": range(1, 7), "JUNIOR": range(7, 10)}
PARTITION = "programmes"
"""All programmes share a partition, so that one ledger row can list them for whoever assesses a child."""


def level_of(grade: int) -> str:
    """PRIMARY for grades 1-6, JUNIOR for 7-9."""
    return next(level for level, grades in LEVELS.items() if grade in grades)


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """The terms and conditions of a programme: the part that assessing a child needs, kept as data."""

    programme_id: ProgrammeId
    standards: tuple[Standard, ...]
    categories: frozenset[str]
    attendance_bound: bool
    first_term: str
    conflicts: frozenset[ProgrammeId]
    memo: str = ""

    def year_fen(self, level: str, boarder: bool) -> int:
        """The yearly standard in fen; 0 when the programme has none for such pupils."""
        fitting = (each for each in self.standards if (each.level, each.boarder) == (level, boarder))
        return next((each.year_fen for each in fitting), 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Programme:
    """`run` is the pass over all children that is under way or was last, `through` how far it came."""

    id: ProgrammeId
    name: str = ""
    division: str = ""
    terms: Terms | None = None
    run: str = ""
    through: ChildId = NO_CHILD
    assessed: bool = False


def terms_of(event: ProgrammeOpened) -> Terms:
    return Terms(
        programme_id=event.programme_id,
        standards=tuple(event.standards),
        categories=frozenset(event.categories),
        attendance_bound=event.attendance_bound,
        first_term=event.first_term,
        conflicts=frozenset(event.conflicts),
        memo=event.memo,
    )


def evolve(programme: Programme, event: ProgrammeEvent) -> Programme:
    match event:
        case ProgrammeOpened(name=name, division=division):
            return replace(programme, name=name, division=division, terms=terms_of(event), run="opening")
        case AssessmentRequested(run=run):
            return replace(programme, run=run, through=NO_CHILD, assessed=False)
        case ChildrenAssessed(through=through, finished=finished):
            return replace(programme, through=through, assessed=finished)
        case _:
            assert_never(event)


def programme_stream_id(programme_id: ProgrammeId) -> str:
    return f"{PARTITION}:{programme_id}"


PROGRAMMES: Aggregate[Programme] = Aggregate(
    category="programme",
    initial=lambda id_: Programme(id=ProgrammeId(id_.removeprefix(f"{PARTITION}:"))),
    evolve=evolve,
    place=lambda programme: Place(programme.division),
)
