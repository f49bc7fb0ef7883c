"""Who may be the same child as whom: a pure comparison, in blocks, so that a county takes seconds."""

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from itertools import combinations
from pathlib import Path

import msgspec
from pypinyin import lazy_pinyin
from rapidfuzz.distance import Levenshtein

from services.registry.children.ids import ChildId

SHIPPED = Path(__file__).with_name("duplicates.toml")


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    most_characters_differ: int
    years_of_slip: int
    reason: Mapping[str, str]
    surname: Mapping[str, str]


@cache
def limits() -> Limits:
    """Raises msgspec.ValidationError for a table with a gap."""
    return msgspec.toml.decode(SHIPPED.read_bytes(), type=Limits)


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """What is compared of a child's file."""

    id: ChildId
    name: str
    sex: str
    birth_date: date
    guardian_name: str
    id_index: str | None
    division: str
    guardian_relation: str = ""
    household_no: str = ""
    phone_index: str = ""
    school: str = ""
    grade: int = 0
    class_no: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Two files, in the order of their ids, and why they may be one child's."""

    first: Person
    second: Person
    reason: str

    @property
    def division(self) -> str:
        """The smallest division that covers both households."""
        one, other = self.first.division, self.second.division
        for length in (12, 9, 6, 4, 2):
            if len(one) >= length and one[:length] == other[:length]:
                return one[:length]
        return ""


def pairs(people: Iterable[Person], by: Limits) -> Iterator[Pair]:
    """Each pair once, in the order of ids, under its strongest reason."""
    everybody = sorted(people, key=lambda person: person.id)
    found: dict[tuple[ChildId, ChildId], Pair] = {}
    for block_of, compare in (
        (lambda person: (person.birth_date, person.sex), _by_name),
        (lambda person: (person.name, person.sex, person.guardian_name), _by_birth_date),
    ):
        for first, second in _within_blocks(everybody, block_of):
            reason = compare(first, second, by)
            if reason and (first.id, second.id) not in found:
                found[first.id, second.id] = Pair(first=first, second=second, reason=reason)
    return iter(sorted(found.values(), key=lambda pair: (pair.first.id, pair.second.id)))


def _within_blocks(
    people: Sequence[Person], block_of: Callable[[Person], Hashable]
) -> Iterator[tuple[Person, Person]]:
    blocks: dict[Hashable, list[Person]] = {}
    for person in people:
        blocks.setdefault(block_of(person), []).append(person)
    for block in blocks.values():
        yield from combinations(block, 2)


def _by_name(first: Person, second: Person, by: Limits) -> str:
    """Two different ID numbers are two children, twins of like names among them, unless the names are the same."""
    if first.name == second.name:
        return "SAME_NAME"
    if first.id_index and second.id_index:
        return ""
    if _sound(first.name) == _sound(second.name):
        return "SAME_SOUND"
    distance = Levenshtein.distance(first.name, second.name, score_cutoff=by.most_characters_differ)
    return "ONE_CHARACTER" if distance <= by.most_characters_differ else ""


def _by_birth_date(first: Person, second: Person, by: Limits) -> str:
    """A day or month misread, day and month exchanged, or the year slipped."""
    one, other = first.birth_date, second.birth_date
    if not first.guardian_name or one == other or (first.id_index and second.id_index):
        return ""
    same = sum((one.year == other.year, one.month == other.month, one.day == other.day))
    exchanged = one.year == other.year and (one.month, one.day) == (other.day, other.month)
    near = abs(one.year - other.year) <= by.years_of_slip
    return "BIRTH_DATE_SLIP" if near and (same == 2 or exchanged) else ""


@lru_cache(maxsize=100_000)
def _sound(name: str) -> tuple[str, ...]:
    """As people say it; the first character is a surname, which some read otherwise than the word."""
    said = lazy_pinyin(name)
    return (limits().surname.get(name[:1], said[0] if said else ""), *said[1:])
