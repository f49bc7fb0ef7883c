"""Townships, villages and schools of the invented county."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import cycle, islice

from services.cli.sample_county import names

VILLAGES_PER_TOWNSHIP = 8
SCHOOLS_PER_TOWNSHIP = 4
SCHOOLS_PER_DISTRICT = 12


@dataclass(frozen=True, slots=True)
class Township:
    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Village:
    code: str
    name: str
    township: Township


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of school: its name on lists, its grades, the category of its code, how large against others."""

    title: str
    grades: range
    category: str
    weight: int


PRIMARY = Kind("小学", range(1, 7), "21", 8)
TEACHING_POINT = Kind("教学点", range(1, 4), "21", 1)
NINE_YEAR = Kind("九年一贯制学校", range(1, 10), "31", 14)
JUNIOR_MIDDLE = Kind("初级中学", range(7, 10), "31", 14)
_ORDER = (
    PRIMARY, JUNIOR_MIDDLE, NINE_YEAR, TEACHING_POINT, PRIMARY, TEACHING_POINT, PRIMARY,
    JUNIOR_MIDDLE, TEACHING_POINT, PRIMARY, NINE_YEAR, TEACHING_POINT, PRIMARY,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class School:
    code: str
    name: str
    kind: Kind
    township: Township
    district: str
    number: int


@dataclass(frozen=True, slots=True)
class Places:
    schools: tuple[School, ...]
    villages: dict[str, tuple[Village, ...]]  # by township code


def places(school_count: int) -> Places:
    """As many schools as asked for, of all kinds in turn, spread over townships."""
    townships = [
        Township(f"{names.COUNTY_CODE}{100 + number + 1}", names.township_name(number))
        for number in range(min(names.MOST_TOWNSHIPS, max(2, -(-school_count // SCHOOLS_PER_TOWNSHIP))))
    ]
    villages = {township.code: _villages(township) for township in townships}
    taken: set[str] = set()
    schools = []
    for number, kind in enumerate(islice(cycle(_ORDER), school_count)):
        township = townships[number % len(townships)]
        name = next(free for free in _names(kind, township, villages[township.code]) if free not in taken)
        taken.add(name)
        district = f"第{number // SCHOOLS_PER_DISTRICT + 1}督学责任区"
        schools.append(School(school_code(kind, number), name, kind, township, district, number))
    return Places(tuple(schools), villages)


def school_code(kind: Kind, number: int) -> str:
    return f"{kind.category}34{990001 + number}"


def _villages(township: Township) -> tuple[Village, ...]:
    return tuple(
        Village(f"{township.code}{201 + number}", names.village_name(number), township)
        for number in range(VILLAGES_PER_TOWNSHIP)
    )


def _names(kind: Kind, township: Township, villages: Sequence[Village]) -> list[str]:
    """Names for a school of this kind in the order of preference."""
    first = {PRIMARY: "中心小学", JUNIOR_MIDDLE: "初级中学", NINE_YEAR: "九年一贯制学校"}.get(kind)
    numbered = [f"{township.name}第{number}{kind.title}" for number in range(2, 100)]
    by_village = [f"{township.name}{village.name.removesuffix('村')}{kind.title}" for village in villages]
    return ([f"{township.name}{first}"] if first else []) + by_village + numbered
