"""Two files that may be one child's, as decisions see them."""

from dataclasses import dataclass, replace
from typing import assert_never

from services.registry.children.ids import ChildId
from services.registry.duplicates.events import DuplicateFound, DuplicateResolved, PairEvent, Resolution
from shared.kernel.aggregates import Aggregate
from shared.kernel.caller import Place


@dataclass(frozen=True, slots=True, kw_only=True)
class PairState:
    """`agreements`: all that a search has ever found to agree."""

    first: ChildId
    second: ChildId
    known: bool = False
    division: str = ""
    agreements: frozenset[str] = frozenset()
    resolution: Resolution | None = None


def evolve(pair: PairState, event: PairEvent) -> PairState:
    match event:
        case DuplicateFound(division=division, agreements=agreements):
            seen = pair.agreements.union(agreements)
            return replace(pair, known=True, division=division, agreements=seen, resolution=None)
        case DuplicateResolved(resolution=resolution):
            return replace(pair, resolution=resolution)
        case _:
            assert_never(event)


def pair_id(one: ChildId, other: ChildId) -> str:
    """The same for both orders."""
    return ":".join(sorted((one, other)))


def _initial(id_: str) -> PairState:
    first, _, second = id_.partition(":")
    return PairState(first=ChildId(first), second=ChildId(second))


PAIRS: Aggregate[PairState] = Aggregate(
    category="duplicate", initial=_initial, evolve=evolve, place=lambda pair: Place(pair.division)
)
