"""A county in which some children are registered twice, and others only look as if they were."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import count
from random import Random

from services.cli.bench.mistaken import DECOYS, FATHER, GRANDFATHER, MOTHER, TWISTS, Decoy, Twist
from services.cli.sample_county import names
from services.cli.sample_county.county import build_county
from services.cli.sample_county.people import Child
from services.registry.children.ids import ChildId
from services.registry.duplicates.person import Person
from shared.identifiers.resident_id import check_character

ON = date(2026, 11, 20)
_RELATIONS = {"父亲": FATHER, "母亲": MOTHER, "祖父": GRANDFATHER}
_POPULAR = ("张伟", "王浩宇", "李梓涵", "王一诺", "张浩然", "刘宇轩", "李欣怡", "陈思琪", "杨俊杰", "王雨")
_ONE_IN_POPULAR = 100
"""So many children bear one popular name or another: one in so many."""


@dataclass(slots=True)
class Twice:
    """All files, the numbers behind them, and the pairs: of one child by kind, and of two children by kind."""

    people: list[Person] = field(default_factory=list)
    numbers: dict[ChildId, str] = field(default_factory=dict)
    twice: dict[tuple[ChildId, ChildId], str] = field(default_factory=dict)
    alike: dict[tuple[ChildId, ChildId], str] = field(default_factory=dict)
    with_gaps: set[tuple[ChildId, ChildId]] = field(default_factory=set)


def county_with_twice(schools: int, files: int, seed: int) -> Twice:
    """So many files; the same ones for the same arguments. One file in 200 is a second one, one in 25 a decoy."""
    return _Making(Random(f"{seed}:twice"), schools, files).made(seed)


_NUMBERED = "two ID numbers"


class _Making:
    def __init__(self, random: Random, schools: int, files: int) -> None:
        self._random, self._schools, self._files = random, schools, files
        self._ids, self._made = count(), Twice()
        self._given = dict[tuple[date, str], int]()

    def made(self, seed: int) -> Twice:
        each = max(2, self._files // (200 * len(TWISTS)))
        decoys = max(2, self._files // 25 // len(DECOYS))
        first = self._files - each * len(TWISTS) - decoys * len(DECOYS)
        children = build_county(self._schools, first, seed, ON).children
        people = [self._file(child) for child in children]
        chosen = iter(self._random.sample(people, len(people)))
        for kind, twist in TWISTS.items():
            self._plant(kind, twist, each, chosen)
        for kind, decoy in DECOYS.items():
            for _ in range(decoys):
                self._alike(kind, decoy, next(chosen))
        self._random.shuffle(self._made.people)
        return self._made

    def _file(self, child: Child) -> Person:
        household, guardian = child.household, child.household.guardian
        popular = self._random.randrange(_ONE_IN_POPULAR) == 0
        person = Person(
            id=self._next(),
            name=self._random.choice(_POPULAR) if popular else child.name,
            sex="F" if child.girl else "M",
            birth_date=child.born_on,
            guardian_name=guardian.name,
            guardian_relation=_RELATIONS[guardian.relation],
            household_no=household.household_no,
            phone_index=f"{household.household_no}{guardian.phone}",
            id_index=None,
            division=household.village.code,
            school=child.school.code,
            grade=child.grade,
            class_no=child.class_no,
        )
        return self._keep(person, numbered=child.id_number is not None)

    def _next(self) -> ChildId:
        """Ids tell nothing of when a file was made."""
        return ChildId(f"c{self._random.getrandbits(48):012x}{next(self._ids):07}")

    def _keep(self, person: Person, *, numbered: bool) -> Person:
        number = self._number(person) if numbered else ""
        kept = replace(person, id_index=f"x{number}" if number else None)
        self._made.people.append(kept)
        if number:
            self._made.numbers[kept.id] = number
        return kept

    def _number(self, person: Person) -> str:
        order = self._given.get((person.birth_date, person.sex), 0)
        self._given[person.birth_date, person.sex] = order + 1
        first_17 = f"{names.COUNTY_CODE}{person.birth_date:%Y%m%d}{order * 2 + (person.sex == 'M'):03}"
        return first_17 + check_character(first_17)

    def _plant(self, kind: str, twist: Twist, times: int, chosen: Iterator[Person]) -> None:
        done = 0
        while done < times:
            first = next(chosen)
            second = twist(first, self._random)
            if second is None:
                continue
            gaps = done % 2 == 1
            kept = self._keep(self._elsewhere(second, gaps=gaps), numbered=kind == _NUMBERED)
            pair = _in_order(first, kept)
            self._made.twice[pair] = kind
            if gaps:
                self._made.with_gaps.add(pair)
            done += 1

    def _elsewhere(self, person: Person, *, gaps: bool) -> Person:
        """At another school, or at none. With `gaps`: no household, no telephone, another village of the township."""
        school, class_no = ("", 0) if self._random.random() < 0.2 else (f"other{person.school}", 1)
        moved = replace(person, id=self._next(), school=school, class_no=class_no)
        if not gaps:
            return moved
        village = f"{person.division[:9]}{self._random.randrange(201, 230)}"
        return replace(moved, household_no="", phone_index="", division=village)

    def _alike(self, kind: str, decoy: Decoy, first: Person) -> None:
        numbered = self._random.random() < 0.97
        second = self._keep(replace(decoy(first, self._random), id=self._next()), numbered=numbered)
        self._made.alike[_in_order(first, second)] = kind


def _in_order(one: Person, other: Person) -> tuple[ChildId, ChildId]:
    return (one.id, other.id) if one.id < other.id else (other.id, one.id)


def kinds(pairs: Mapping[tuple[ChildId, ChildId], str]) -> Sequence[str]:
    return list(dict.fromkeys(pairs.values()))
