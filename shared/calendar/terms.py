"""School years, terms and ages. A school year runs from 1 September to 31 August."""

import tomllib
from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any, NewType

from shared.calendar.entries import Entry, entries

TermId = NewType("TermId", str)
"""Calendar year in which the term begins and its season: ``2026-autumn``, ``2027-spring``."""

SHIPPED = Path(__file__).parent / "terms.toml"


class TermsMalformed(ValueError):
    """A terms file does not have the documented shape."""

    code = "calendar-terms-malformed"


class Season(StrEnum):
    """The two terms of a school year, in their order."""

    AUTUMN = "autumn"
    SPRING = "spring"


@dataclass(frozen=True, slots=True, order=True)
class SchoolYear:
    """The school year that begins on 1 September of ``start``."""

    start: int

    @property
    def first_day(self) -> date:
        return date(self.start, 9, 1)

    @property
    def last_day(self) -> date:
        return date(self.start + 1, 8, 31)

    @property
    def age_cut_off(self) -> date:
        """The 31 August before the year begins, on which the age of its children is taken."""
        return date(self.start, 8, 31)

    @property
    def name(self) -> str:
        return f"{self.start}—{self.start + 1}学年"


@dataclass(frozen=True, slots=True)
class Term:
    """One term; both days belong to it."""

    id: TermId
    school_year: SchoolYear
    season: Season
    first_day: date
    last_day: date

    @property
    def name(self) -> str:
        return self.school_year.name + ("第一学期" if self.season is Season.AUTUMN else "第二学期")


@dataclass(frozen=True, slots=True, kw_only=True)
class TermDates:
    """The dates that a county has set for one of its terms; both days belong to it."""

    id: TermId
    first_day: date
    last_day: date

    @property
    def span(self) -> tuple[date, date]:
        return self.first_day, self.last_day


@dataclass(frozen=True, slots=True)
class TermCalendar:
    """The terms of every year: a default, and the terms that have dates of their own."""

    default: Mapping[Season, tuple[tuple[int, int], tuple[int, int]]]
    own_dates: Mapping[TermId, tuple[date, date]]

    def terms_of(self, year: SchoolYear) -> tuple[Term, Term]:
        """The autumn and the spring term of a school year."""
        return self._term(year, Season.AUTUMN), self._term(year, Season.SPRING)

    def term(self, term_id: TermId) -> Term:
        """The term with that id. Raises ``ValueError`` for an id of another shape."""
        begins, season = parse_term_id(term_id)
        return self._term(SchoolYear(begins if season is Season.AUTUMN else begins - 1), season)

    def term_of(self, day: date) -> Term | None:
        """The term in which ``day`` lies; ``None`` in the holidays."""
        # a term may begin in the last days of August, before its school year
        near = (*self.terms_of(school_year_of(day)), self._term(SchoolYear(day.year), Season.AUTUMN))
        return next((term for term in near if term.first_day <= day <= term.last_day), None)

    def term_at_or_after(self, day: date) -> Term:
        """The term of ``day``, or in the holidays the next one."""
        year = school_year_of(day)
        near = (*self.terms_of(year), *self.terms_of(SchoolYear(year.start + 1)))
        return next(term for term in near if day <= term.last_day)

    def term_begun_by(self, day: date) -> Term:
        """The term of ``day``, or in the holidays the one before."""
        year = school_year_of(day)
        near = (*self.terms_of(SchoolYear(year.start - 1)), *self.terms_of(year), *self.terms_of(SchoolYear(day.year)))
        return max((term for term in near if term.first_day <= day), key=lambda term: term.first_day)

    def _term(self, year: SchoolYear, season: Season) -> Term:
        begins = year.start if season is Season.AUTUMN else year.start + 1
        term_id = TermId(f"{begins}-{season}")
        first, last = self.own_dates.get(term_id) or self._default_dates(begins, season)
        return Term(term_id, year, season, first, last)

    def _default_dates(self, begins: int, season: Season) -> tuple[date, date]:
        first, last = self.default[season]
        return date(begins, *first), date(begins + (last < first), *last)


def school_year_of(day: date) -> SchoolYear:
    """The school year in which ``day`` lies."""
    return SchoolYear(day.year if day.month >= 9 else day.year - 1)


def age_on(birth: date, day: date) -> int:
    """Completed years of age (周岁) on ``day``. Raises ``ValueError`` before birth.

    A birthday on 29 February falls on the 28th in common years (after 民法典 202).
    """
    if day < birth:
        raise ValueError("nobody has an age before birth")
    return day.year - birth.year - (day < _birthday(birth, day.year))


def is_of_age_at_cut_off(birth: date, year: SchoolYear, youngest: int, oldest: int) -> bool:
    """Whether the child is ``youngest`` to ``oldest``, both included, on the 31 August before ``year``."""
    return birth <= year.age_cut_off and youngest <= age_on(birth, year.age_cut_off) <= oldest


def read_terms(path: Path = SHIPPED) -> TermCalendar:
    """The term calendar of a TOML file. Raises ``TermsMalformed``."""
    try:
        with path.open("rb") as file:
            return parse_terms(tomllib.load(file))
    except (KeyError, TypeError, ValueError) as fault:
        raise TermsMalformed(f"学期文件 {path.name} 有误：{fault}") from fault


def parse_terms(document: dict[str, Any]) -> TermCalendar:
    """The term calendar that a parsed TOML document states."""
    default = {season: _span(document["default"][season]) for season in Season}
    return TermCalendar(default, {term.id: term.span for term in own_dates_of(document.get("term", []))})


def own_dates_of(terms: object) -> tuple[TermDates, ...]:
    """The terms of a file that have dates of their own. Raises ``CalendarMalformed``."""
    found: dict[TermId, TermDates] = {}
    for entry in entries("term", terms):
        term = _own_dates(entry)
        if term.id in found:
            raise entry.fault(f"{term.id} 写了两次，请只留一个", "id")
        found[term.id] = term
    return tuple(found.values())


def _own_dates(entry: Entry) -> TermDates:
    entry.check_keys({"id", "first", "last"})
    term_id = TermId(entry.text("id"))
    try:
        begins, _ = parse_term_id(term_id)
    except ValueError as fault:
        raise entry.fault("id 应写成 2026-autumn 或 2027-spring 的样子", "id") from fault
    first, last = entry.span()
    if first.year != begins or not 30 <= (last - first).days <= 250:
        raise entry.fault(f"{term_id} 应在{begins}年开学，长度在一个月到八个月之间，请核对起止日期", "first")
    return TermDates(id=term_id, first_day=first, last_day=last)


def parse_term_id(term_id: str) -> tuple[int, Season]:
    """Calendar year and season of a term id. Raises ``ValueError``."""
    year, _, season = term_id.partition("-")
    if not (len(year) == 4 and year.isascii() and year.isdigit()):
        raise ValueError(f"学期编号应写成 2026-autumn 的样子：{term_id!r}")
    return int(year), Season(season)


def _span(default: dict[str, str]) -> tuple[tuple[int, int], tuple[int, int]]:
    return _month_and_day(default["first"]), _month_and_day(default["last"])


def _month_and_day(text: str) -> tuple[int, int]:
    day = date.fromisoformat(f"2001-{text}")  # a common year: 29 February would not exist every year
    return day.month, day.day


def _birthday(birth: date, year: int) -> date:
    return date(year, birth.month, min(birth.day, monthrange(year, birth.month)[1]))
