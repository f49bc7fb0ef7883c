"""Which files are compared at all: those that share a key, in blocks whose size is bounded."""

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from services.registry.children.ids import ChildId
from services.registry.duplicates.person import Person, sound

KeysOf = Callable[[Person], Iterable[Hashable]]
"""What a person can be found by; nothing where the file does not say it."""
Split = Callable[[Person], Hashable]


def _filled(*values: Hashable) -> Iterable[Hashable]:
    return (values,) if all(values) else ()


@dataclass(frozen=True, slots=True)
class Key:
    """`then`: by what a block is split that is too large, one after the other."""

    of: KeysOf
    then: Sequence[Split] = ()


def _village(person: Person) -> Hashable:
    return person.division


def _sound(person: Person) -> Hashable:
    return sound(person.name)


def _born(person: Person) -> Hashable:
    return person.birth_date


def _year(person: Person) -> Hashable:
    return person.birth_date.year


KEYS = (
    Key(lambda person: _filled(_sound(person), person.birth_date), (_village,)),
    Key(lambda person: _filled(_sound(person), person.township), (_village, _year)),
    Key(lambda person: [(_sound(person), sound(name)) for name in person.guardians], (_village, _year)),
    Key(lambda person: [(sound(name), person.birth_date) for name in person.guardians], (_village, _sound)),
    Key(lambda person: [(sound(name), person.division) for name in person.guardians], (_born, _sound)),
    Key(lambda person: _filled(person.birth_date, person.division), (_sound,)),
    Key(lambda person: _filled(person.household_no), (_sound, _born)),
    Key(lambda person: _filled(person.phone_index), (_sound, _born)),
)
"""Two files whose points suffice share one of them: without family and birthday in common, name and township."""


@dataclass(slots=True)
class Blocks:
    """Gives every two people who share a key, some of them more than once. `unsearched`: who was in a block that
    stayed too large, and was not compared with everybody there.
    """

    largest: int
    unsearched: set[ChildId] = field(default_factory=set)

    def candidates(self, people: Sequence[Person]) -> Iterator[tuple[Person, Person]]:
        for key in KEYS:
            for block in _grouped(people, key.of):
                yield from self._within(block, key.then)

    def _within(self, block: Sequence[Person], then: Sequence[Split]) -> Iterator[tuple[Person, Person]]:
        if len(block) <= self.largest:
            yield from combinations(block, 2)
        elif then:
            split, *rest = then
            for smaller in _grouped(block, lambda person: (split(person),)):
                yield from self._within(smaller, rest)
        else:
            self.unsearched.update(person.id for person in block)


def _grouped(people: Iterable[Person], keys_of: KeysOf) -> Iterator[list[Person]]:
    """Blocks of two and more. Who alone has a key is no block."""
    blocks: dict[Hashable, list[Person]] = {}
    for person in people:
        for key in set(keys_of(person)):
            blocks.setdefault(key, []).append(person)
    return (block for block in blocks.values() if len(block) > 1)
