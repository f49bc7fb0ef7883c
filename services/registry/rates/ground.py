"""What rates are made of: schools, children and frozen rosters, as of a day, as far as the caller may see them."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from functools import cached_property
from typing import Any

from services.registry.attendance.unconfirmed import SUSPECTED, unconfirmed
from services.registry.children.ids import SchoolCode
from services.registry.children.statuses import Attendance
from services.registry.divisions.rows import name_on
from services.registry.policy import DropoutPolicy
from services.registry.rates.asked import Asked, Basis, Grouping
from services.registry.rates.flow import Start
from services.registry.rates.withheld import as_seen
from services.registry.rosters.events import RosterSnapshotTaken
from services.registry.rosters.roster import ROSTERS, roster_id
from shared.calendar import SchoolCalendar
from shared.calendar.terms import SchoolYear, TermCalendar
from shared.identifiers.division import DivisionLevel
from shared.kernel.caller import Caller
from shared.kernel.criteria import conjunction
from shared.kernel.ledgers import Row
from shared.kernel.store import Document, Store
from shared.kernel.views import RowsOf

GroupOf = Callable[[Row, str], str | None]
"""The group in which a child counts for a school; None: in none that was asked for."""


class Ground:
    """`rows_of` gives the ledgers of the day."""

    def __init__(self, store: Store, caller: Caller, terms: TermCalendar, rows_of: RowsOf) -> None:
        self._store, self._caller, self.terms, self._rows_of = store, caller, terms, rows_of

    @cached_property
    def schools(self) -> Mapping[str, Row]:
        return {row["_id"]: row for row in self._rows_of("schools").find()}

    @cached_property
    def schools_in_scope(self) -> frozenset[str]:
        found = self._rows_of("schools").find(self._caller.scope.criteria(), {"_id": 1})
        return frozenset(row["_id"] for row in found)

    def names(self, asked: Asked) -> dict[str, str]:
        """What people call the groups on that day; an inspection district goes by its name itself."""
        match asked.by:
            case Grouping.SCHOOL:
                return {code: row["name"] for code, row in self.schools.items()}
            case Grouping.DISTRICT:
                return {row["district"]: row["district"] for row in self.schools.values() if row["district"]}
            case Grouping.TOWNSHIP | Grouping.COUNTY:
                divisions = self._rows_of("divisions").find()
                return {row["_id"]: name_on(row, asked.day) or row["name"] for row in divisions}

    def rows(self, asked: Asked, fields: Document | None, *more: Document) -> Iterator[Row]:
        """The children of today's schools, or of the households; those that meet `more` filters."""
        within: list[Document] = [*more, self._within(asked, "school")]
        if asked.school:
            within.append({"school": asked.school})
        found = self._rows_of("children").find(conjunction(within), fields).sort("_id", 1)
        return (row for row in found if self.place(asked, row, row["school"]).startswith(asked.division))

    def pupils(self, asked: Asked, fields: Document | None) -> Iterator[Row]:
        """The children who ever were at a school: a school sees those, too, who have left it."""
        scope = self._caller.scope
        within: list[Document] = [{"status": {"$ne": Attendance.MERGED.value}}]
        within.append({"been_at": scope.school} if scope.school else self._within(asked, "been_at"))
        within.append({"been_at": asked.school or {"$gt": ""}})
        return iter(self._rows_of("children").find(conjunction(within), fields).sort("_id", 1))

    def start(self, asked: Asked, year: SchoolYear, grade: int | None = None) -> Start:
        """The frozen rosters of a school year's first term, or of one grade, as far as they were taken by the day."""
        school_of: dict[str, str] = {}
        taken_on: dict[str, date] = {}
        for taken in self._snapshots(asked, year):
            taken_on[taken.school_code] = taken.taken_on
            for each in taken.classes:
                if grade is None or each.grade == grade:
                    school_of.update(dict.fromkeys(each.pupils, taken.school_code))
        return Start(school_of=school_of, taken_on=taken_on)

    def unconfirmed(self, asked: Asked, dropout: DropoutPolicy, calendar: SchoolCalendar) -> list[Row]:
        """Who has been suspected for so long that a dropout could be confirmed, in any of the groups asked for."""
        of, suspected = self.group_of(asked), self.rows(asked, None, SUSPECTED)
        found = unconfirmed(self._store, suspected, dropout, calendar, asked.day)
        return [row for row in found if of(row, row["school"]) is not None]

    def group_of(self, asked: Asked) -> GroupOf:
        only = {school for school in (asked.school, self._caller.scope.school) if school}
        seen = self.schools_in_scope if asked.basis is Basis.REGISTRATION else None

        def of(row: Row, school: str) -> str | None:
            place = self.place(asked, row, school)
            if not only <= {school} or not place.startswith(asked.division):
                return None
            if seen is not None and school not in seen:
                return None
            match asked.by:
                case Grouping.SCHOOL:
                    return school or None
                case Grouping.DISTRICT:
                    return self.schools.get(school, {}).get("district") or None
                case Grouping.TOWNSHIP:
                    return place[: DivisionLevel.TOWNSHIP] or None
                case Grouping.COUNTY:
                    return place[: DivisionLevel.COUNTY] or None

        return of

    def as_seen(self, lines: Iterable[Row]) -> Iterator[Row]:
        """The lines of a list, without names where the caller may not know them."""
        return (as_seen(line, self._caller.scope) for line in lines)

    def place(self, asked: Asked, row: Row, school: str) -> str:
        """The division that counts: the household's or the school's."""
        if asked.basis is Basis.HOUSEHOLD:
            return str(row["division"])
        return str(self.schools.get(school, {}).get("division", ""))

    def _within(self, asked: Asked, school: str) -> Document:
        """The scope lies over what counts: the households, or the schools, whose codes the rows' field has."""
        if asked.basis is Basis.HOUSEHOLD:
            return self._caller.scope.criteria()
        return {school: {"$in": sorted(self.schools_in_scope)}}

    def _snapshots(self, asked: Asked, year: SchoolYear) -> Iterator[RosterSnapshotTaken]:
        term = self.terms.terms_of(year)[0].id
        streams = [ROSTERS.stream(roster_id(SchoolCode(code), term)) for code in self.schools]
        for recorded in self._store.read_streams(streams) if streams else ():
            event: Any = self._store.service.events.decode(recorded.type, recorded.data)
            if isinstance(event, RosterSnapshotTaken) and event.taken_on <= asked.day:
                yield event
