"""The formulas: who is in the numerator, who in the denominator, one child at a time. B-11 of the official rules."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from pathlib import Path

import msgspec

from services.registry.children.bases import HERE, STANDS_BY, Standing, standing_of
from shared.calendar.terms import SchoolYear, is_of_age_at_cut_off
from shared.kernel.ledgers import Row

SHIPPED = Path(__file__).with_name("rates.toml")


class Rate(StrEnum):
    """入学率, 辍学率, 年巩固率, 净流失率, 小学六年巩固率, 初中三年巩固率."""

    ENROLMENT = "ENROLMENT"
    DROPOUT = "DROPOUT"
    CONSOLIDATION = "CONSOLIDATION"
    NET_FLOW = "NET_FLOW"
    PRIMARY_COHORT = "PRIMARY_COHORT"
    JUNIOR_COHORT = "JUNIOR_COHORT"


RATE_LABELS: dict[str, str] = {
    Rate.ENROLMENT: "适龄儿童入学率",
    Rate.DROPOUT: "辍学率",
    Rate.CONSOLIDATION: "年巩固率",
    Rate.NET_FLOW: "净流失率",
    Rate.PRIMARY_COHORT: "小学六年巩固率",
    Rate.JUNIOR_COHORT: "初中三年巩固率",
}
"""The net flow is never called 辍学率, though the older reports call it so: a pupil who moves away is no dropout."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OfAge:
    youngest: int
    oldest: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """The standings of each side; whoever is GONE is in no rate at all."""

    learning: frozenset[Standing]
    dropped_out: frozenset[Standing]
    moved_on: frozenset[Standing]
    unable: frozenset[Standing]


@dataclass(frozen=True, slots=True, kw_only=True)
class Formulas:
    of_age: OfAge
    counts: Counts


@cache
def formulas() -> Formulas:
    """Raises msgspec.ValidationError for a table with a gap."""
    return msgspec.toml.decode(SHIPPED.read_bytes(), type=Formulas)


@dataclass(frozen=True, slots=True, kw_only=True)
class Year:
    """The school year, and the children on its rosters at the start (by their frozen snapshots)."""

    school_year: SchoolYear
    at_start: frozenset[str]


@dataclass(frozen=True, slots=True)
class Part:
    """Where one child stands in a rate. `unable`: cannot study for physical reasons."""

    in_numerator: bool
    unable: bool


@dataclass(slots=True)
class Tally:
    """n and N, with all children and without those who cannot study."""

    part: int = 0
    whole: int = 0
    part_able: int = 0
    whole_able: int = 0

    def add(self, part: Part) -> None:
        self.count(part.in_numerator, 1, unable=part.unable)

    def count(self, part: int, whole: int, *, unable: bool) -> None:
        self.part += part
        self.whole += whole
        if not unable:
            self.part_able += part
            self.whole_able += whole


def part_of(rate: Rate, row: Row, year: Year) -> Part | None:
    """Where a child's ledger row stands; None: not in this rate's denominator."""
    counts = formulas().counts
    if standing_of(row) not in HERE or not _IN_DENOMINATOR[rate](row, year, counts):
        return None
    return Part(_IN_NUMERATOR[rate](row, counts), is_unable(row))


def is_unable(row: Row) -> bool:
    """Whether the child cannot study for physical reasons."""
    return standing_of(row) in formulas().counts.unable


def tallies(rate: Rate, rows: Iterable[Row], year: Year, group_of: Callable[[Row], str | None]) -> Mapping[str, Tally]:
    """n and N of each group, in the groups' order; a child without a group is in none."""
    found: dict[str, Tally] = {}
    for row in rows:
        part, group = part_of(rate, row, year), group_of(row)
        if part is not None and group is not None:
            found.setdefault(group, Tally()).add(part)
    return dict(sorted(found.items()))


def members(rate: Rate, rows: Iterable[Row], year: Year, *, numerator: bool) -> Iterator[Row]:
    """The children of the numerator, or of the denominator."""
    for row in rows:
        part = part_of(rate, row, year)
        if part is not None and (part.in_numerator or not numerator):
            yield row


def _of_age(row: Row, year: Year, _: Counts) -> bool:
    ages = formulas().of_age
    born = date.fromisoformat(row["birth_date"])
    return is_of_age_at_cut_off(born, year.school_year, ages.youngest, ages.oldest)


def _at_start(row: Row, year: Year, _: Counts) -> bool:
    return row["_id"] in year.at_start


def _at_start_or_moved_in(row: Row, year: Year, counts: Counts) -> bool:
    if standing_of(row) in counts.moved_on:
        return False
    moved_in = row.get("transferred_in_on") or ""
    first, last = year.school_year.first_day.isoformat(), year.school_year.last_day.isoformat()
    return row["_id"] in year.at_start or first <= moved_in <= last


def _learns(row: Row, counts: Counts) -> bool:
    return standing_of(row) in counts.learning


def _dropped_out(row: Row, counts: Counts) -> bool:
    return standing_of(row) in counts.dropped_out


def _kept(row: Row, counts: Counts) -> bool:
    """A suspended pupil is one of the school's still."""
    return standing_of(row) not in counts.dropped_out


_IN_DENOMINATOR: Mapping[Rate, Callable[[Row, Year, Counts], bool]] = {
    Rate.ENROLMENT: _of_age,
    Rate.DROPOUT: _at_start,
    Rate.CONSOLIDATION: _at_start_or_moved_in,
}
_IN_NUMERATOR: Mapping[Rate, Callable[[Row, Counts], bool]] = {
    Rate.ENROLMENT: _learns,
    Rate.DROPOUT: _dropped_out,
    Rate.CONSOLIDATION: _kept,
}
FIELDS: Sequence[str] = (*STANDS_BY, "birth_date", "division", "school", "transferred_in_on")
"""What the formulas read of a row."""
