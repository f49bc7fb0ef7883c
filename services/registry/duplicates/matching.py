"""Who may be the same child as whom: the points of two files, and the pairs among many.

Agreements that are weak alone are strong together (Fellegi and Sunter, 1969): see `duplicates.toml`.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from services.registry.children.ids import ChildId
from services.registry.duplicates.blocking import Blocks
from services.registry.duplicates.census import Census
from services.registry.duplicates.comparing import (
    NumberOf,
    Said,
    of_birth,
    of_class,
    of_family,
    of_name,
    of_number,
    of_place,
)
from services.registry.duplicates.person import Person
from services.registry.duplicates.weights import Level, Weights

AT_ONCE = 100_000
DIVISION_DIGITS = (12, 9, 6, 4, 2)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Two files, in the order of their ids, and what speaks for one child and for two, in the order of the table."""

    first: Person
    second: Person
    points: float
    level: Level
    agreements: tuple[str, ...]
    disagreements: tuple[str, ...]

    @property
    def division(self) -> str:
        """The smallest division that covers both households."""
        one, other = self.first.division, self.second.division
        for length in DIVISION_DIGITS:
            if len(one) >= length and one[:length] == other[:length]:
                return one[:length]
        return ""


@dataclass(frozen=True, slots=True)
class Found:
    """The pairs in the order of their ids, and whose files were in a block too large to be searched."""

    pairs: tuple[Pair, ...]
    unsearched: frozenset[ChildId] = frozenset()


class Matcher:
    """Compares two of the people whom `census` has counted."""

    def __init__(self, by: Weights, census: Census, number_of: NumberOf) -> None:
        self._by, self._census, self._number_of = by, census, number_of
        finding = by.finding
        self._fixed = {code: each.points for code, each in finding.items() if not each.rarity}
        self._order = {code: place for place, code in enumerate(finding)}
        self._most_by_number = max(0.0, *(self._fixed[code] for code in ("NUMBER_SLIP", "NUMBER_LACKING")))

    def pair(self, one: Person, other: Person) -> Pair | None:
        """The same whichever comes first; None where it is not worth asking a person."""
        name = of_name(one, other)
        if name is None:
            return None
        said = [name, *self._simple(one, other)]
        family = list(of_family(one, other))
        points = sum(map(self._points, said)) + max(map(self._points, family), default=0.0)
        if points + self._most_by_number < self._by.possible:
            return None
        number = of_number(one, other, self._number_of)
        points += self._fixed[number]
        level = self._by.level_of(points)
        if level is None:
            return None
        return self._pair(one, other, points, level, {number, *(code for code, _ in (*said, *family))})

    def _simple(self, one: Person, other: Person) -> Iterator[Said]:
        yield of_birth(one.birth_date, other.birth_date, self._by.slips), ""
        yield ("SEX_SAME" if one.sex == other.sex else "SEX_OTHER"), ""
        yield of_place(one, other), ""
        if of_school := of_class(one, other):
            yield of_school, ""

    def _points(self, said: Said) -> float:
        code, value = said
        fixed = self._fixed.get(code)
        return self._census.points(self._by.finding[code], value) if fixed is None else fixed

    def _pair(self, one: Person, other: Person, points: float, level: Level, said: set[str]) -> Pair:
        ordered = sorted(said, key=self._order.__getitem__)
        first, second = (one, other) if one.id < other.id else (other, one)
        return Pair(
            first=first,
            second=second,
            points=points,
            level=level,
            agreements=tuple(code for code in ordered if not self._by.finding[code].against),
            disagreements=tuple(code for code in ordered if self._by.finding[code].against),
        )


def search(
    people: Iterable[Person], by: Weights, number_of: NumberOf, still_at_it: Callable[[], None] = lambda: None
) -> Found:
    """Each pair once, whatever the order of the people. `still_at_it` is called now and then, every second or so."""
    everybody = sorted(people, key=lambda person: person.id)
    blocks, matcher = Blocks(by.largest_block), Matcher(by, Census(everybody, by.population), number_of)
    found = dict[tuple[ChildId, ChildId], Pair]()
    for at, (one, other) in enumerate(blocks.candidates(everybody)):
        if at % AT_ONCE == 0:
            still_at_it()
        if pair := matcher.pair(one, other):
            found[pair.first.id, pair.second.id] = pair
    return Found(tuple(found[ids] for ids in sorted(found)), frozenset(blocks.unsearched))
