"""Pupils who are set aside for one planted thing each, so that nothing else is told of them."""

from collections.abc import Callable, Sequence, Set
from dataclasses import dataclass, field
from random import Random

from services.cli.sample_county.county import County
from services.cli.sample_county.people import Child

FEWEST_OF_EACH, ONE_OF_EACH_PER_STUDENTS, LEAST_STUDENTS_FOR_EACH = 2, 4000, 100


def anybody(_: Child) -> bool:
    return True


@dataclass(slots=True)
class Reserve:
    """`each`: how many of each kind are planted. `taken`: the keys of those who are spoken for."""

    each: int
    free: list[Child]
    taken: set[str] = field(default_factory=set)

    @classmethod
    def of(cls, county: County, seed: int, spared: Set[str]) -> "Reserve":
        """Two of each kind and more in a large county; fewer with less than a hundred pupils for each."""
        students = len(county.children)
        each = max(FEWEST_OF_EACH, students // ONE_OF_EACH_PER_STUDENTS)
        free = [child for child in county.children if child.id_number and child.key not in spared]
        Random(f"{seed}:reserve").shuffle(free)
        return cls(min(each, students // LEAST_STUDENTS_FOR_EACH), free)

    def take(self, count: int | None = None, fits: Callable[[Child], bool] = anybody) -> Sequence[Child]:
        """So many who fit, `each` unless told otherwise; fewer where there are no more."""
        wanted = self.each if count is None else count
        found = [child for child in self.free if fits(child)][:wanted]
        self.taken |= {child.key for child in found}
        self.free = [child for child in self.free if child.key not in self.taken]
        return found
