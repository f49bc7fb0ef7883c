"""The children that a rate is about: as of a day, in the caller's scope, on one of the two bases, in groups."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from services.registry.divisions.rows import name_on
from services.registry.rates.rates import FIELDS, Rate, Tally, Year, members, tallies
from services.registry.rosters.events import RosterSnapshotTaken
from services.registry.rosters.roster import ROSTERS, roster_id
from shared.calendar.terms import TermCalendar, school_year_of
from shared.identifiers.division import DivisionLevel
from shared.kernel.caller import Caller
from shared.kernel.ledgers import Row
from shared.kernel.store import Document, Store
from shared.kernel.views import RowsOf


class Basis(StrEnum):
    """By the household's place (户籍), or by the school that keeps the student file (学籍)."""

    HOUSEHOLD = "HOUSEHOLD"
    REGISTRATION = "REGISTRATION"


class Grouping(StrEnum):
    SCHOOL = "school"
    TOWNSHIP = "township"
    DISTRICT = "district"
    COUNTY = "county"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    rate: Rate
    basis: Basis
    day: date
    by: Grouping = Grouping.COUNTY
    division: str = ""
    school: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """`without_start`: the schools that have no frozen roster of the year's first term, so nobody of them counts."""

    groups: Mapping[str, Tally]
    names: Mapping[str, str]
    without_start: list[str]


class RateReader:
    """Rates as of a day. `rows_of` gives the ledgers of that day."""

    def __init__(self, store: Store, caller: Caller, terms: TermCalendar, rows_of: RowsOf) -> None:
        self._store, self._caller, self._terms, self._rows_of = store, caller, terms, rows_of

    def figures(self, asked: Asked) -> Figures:
        schools = self._schools()
        year = self._year(asked, schools)
        group_of = _groups(asked, schools)
        rows = self._rows(asked, schools, dict.fromkeys(FIELDS, 1))
        groups = tallies(asked.rate, rows, year, group_of)
        names = self._names(asked, schools)
        missing = [] if asked.rate is Rate.ENROLMENT else self._without_start(asked, schools)
        return Figures(groups=groups, names=names, without_start=missing)

    def members(self, asked: Asked, *, numerator: bool) -> Iterator[Row]:
        """The whole rows of the children behind a figure, in the order of ids."""
        schools = self._schools()
        rows = self._rows(asked, schools, None)
        return members(asked.rate, rows, self._year(asked, schools), numerator=numerator)

    def _names(self, asked: Asked, schools: Mapping[str, Row]) -> dict[str, str]:
        """What people call the groups on that day; an inspection district goes by its name itself."""
        match asked.by:
            case Grouping.SCHOOL:
                return {code: row["name"] for code, row in schools.items()}
            case Grouping.DISTRICT:
                return {row["district"]: row["district"] for row in schools.values() if row["district"]}
            case Grouping.TOWNSHIP | Grouping.COUNTY:
                return {
                    row["_id"]: name_on(row, asked.day) or row["name"] for row in self._rows_of("divisions").find()
                }

    def _schools(self) -> dict[str, Row]:
        return {row["_id"]: row for row in self._rows_of("schools").find()}

    def _rows(self, asked: Asked, schools: Mapping[str, Row], fields: Document | None) -> Iterator[Row]:
        within: list[Document] = [self._caller.scope.criteria()]
        if asked.basis is Basis.REGISTRATION:
            within.append({"school": {"$gt": ""}})
        if asked.school:
            within.append({"school": asked.school})
        found = self._rows_of("children").find({"$and": within}, fields).sort("_id", 1)
        return (row for row in found if _place(asked, schools, row).startswith(asked.division))

    def _year(self, asked: Asked, schools: Mapping[str, Row]) -> Year:
        at_start = {
            child for taken in self._snapshots(asked, schools) for each in taken.classes for child in each.pupils
        }
        return Year(school_year=school_year_of(asked.day), at_start=frozenset(at_start))

    def _snapshots(self, asked: Asked, schools: Mapping[str, Row]) -> Iterator[RosterSnapshotTaken]:
        """The frozen rosters of the school year's first term, as far as they were taken by the day asked for."""
        term = self._terms.terms_of(school_year_of(asked.day))[0].id
        streams = [ROSTERS.stream(roster_id(code, term)) for code in schools]  # type: ignore[arg-type]
        for recorded in self._store.read_streams(streams) if streams else ():
            event: Any = self._store.service.events.decode(recorded.type, recorded.data)
            if isinstance(event, RosterSnapshotTaken) and event.taken_on <= asked.day:
                yield event

    def _without_start(self, asked: Asked, schools: Mapping[str, Row]) -> list[str]:
        taken = {each.school_code for each in self._snapshots(asked, schools)}
        scope = self._caller.scope.criteria()
        within = {row["_id"] for row in self._rows_of("schools").find(scope, {"_id": 1})}
        return sorted(code for code in schools if code in within and code not in taken)


def _place(asked: Asked, schools: Mapping[str, Row], row: Row) -> str:
    """The division that counts: the household's or the school's."""
    if asked.basis is Basis.HOUSEHOLD:
        return str(row["division"])
    return str(schools.get(row["school"], {}).get("division", ""))


def _groups(asked: Asked, schools: Mapping[str, Row]) -> Callable[[Row], str | None]:
    def of(row: Row) -> str | None:
        match asked.by:
            case Grouping.SCHOOL:
                return row["school"] or None
            case Grouping.DISTRICT:
                return schools.get(row["school"], {}).get("district") or None
            case Grouping.TOWNSHIP:
                return _place(asked, schools, row)[: DivisionLevel.TOWNSHIP] or None
            case Grouping.COUNTY:
                return _place(asked, schools, row)[: DivisionLevel.COUNTY] or None

    return of
