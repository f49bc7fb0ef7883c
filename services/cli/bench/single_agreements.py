"""The bare side of the measure of duplicates: two files are a pair when all but one thing is exactly the same."""

from collections.abc import Callable, Hashable, Iterable, Iterator
from itertools import combinations

from rapidfuzz.distance import Levenshtein

from services.registry.children.ids import ChildId
from services.registry.duplicates.person import Person, sound

_YEARS_OF_SLIP = 1


def single_agreements(people: Iterable[Person]) -> set[tuple[ChildId, ChildId]]:
    """Birth date and sex the same and names alike, or name, sex and guardian the same and birth dates alike."""
    everybody = sorted(people, key=lambda person: person.id)
    by_name = _blocks(everybody, lambda person: (person.birth_date, person.sex))
    by_birth = _blocks(everybody, lambda person: (person.name, person.sex, person.guardian_name))
    found = {(one.id, other.id) for one, other in by_name if _alike_in_name(one, other)}
    return found | {(one.id, other.id) for one, other in by_birth if _alike_in_birth(one, other)}


def _blocks(people: Iterable[Person], block_of: Callable[[Person], Hashable]) -> Iterator[tuple[Person, Person]]:
    blocks: dict[Hashable, list[Person]] = {}
    for person in people:
        blocks.setdefault(block_of(person), []).append(person)
    for block in blocks.values():
        yield from combinations(block, 2)


def _alike_in_name(one: Person, other: Person) -> bool:
    if one.name == other.name:
        return True
    if one.id_index and other.id_index:
        return False
    return sound(one.name) == sound(other.name) or Levenshtein.distance(one.name, other.name, score_cutoff=1) <= 1


def _alike_in_birth(one: Person, other: Person) -> bool:
    born, also = one.birth_date, other.birth_date
    if not one.guardian_name or born == also or (one.id_index and other.id_index):
        return False
    same = sum((born.year == also.year, born.month == also.month, born.day == also.day))
    exchanged = born.year == also.year and (born.month, born.day) == (also.day, also.month)
    return abs(born.year - also.year) <= _YEARS_OF_SLIP and (same == 2 or exchanged)
