"""Who answers for what: central schools, inspection districts, leading groups, and the beds of boarding schools.

Told of the first places only, so that telling takes no longer in a large county.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from random import Random
from typing import Any

from services.cli.sample_county import names
from services.cli.sample_county.county import County, class_teacher
from services.cli.sample_county.places import PRIMARY, School, Township
from services.cli.sample_county.planted import PlantedFact

MOST_OF_A_KIND = 20
"""Townships, districts and boarding schools that are told of."""
_COUNTY_POSTS = ("COUNTY_PARTY_HEAD", "COUNTY_GOVERNMENT_HEAD", "BUREAU_HEAD", "BUREAU_DEPUTY")
_DEPARTMENTS = ("EDUCATION", "APPROVALS", "SUPERVISION", "AID_CENTRE")
"""The others' seats stay empty, as the group shows."""
_TOWNSHIP_POSTS = ("TOWNSHIP_PARTY_HEAD", "TOWNSHIP_GOVERNMENT_HEAD")
_SCHOOL_POSTS = ("PARTY_SECRETARY", "VICE_PRINCIPAL", "DEAN", "GENERAL_AFFAIRS")
_SCHOOLS_WITH_A_GROUP = 3
_BEDS_IN_A_ROOM = 8


def facts_of_offices(county: County, seed: int) -> list[PlantedFact]:
    return list(_Offices(county, Random(f"{seed}:offices")).facts())


@dataclass(slots=True)
class _Offices:
    """`principals`: by school, since one may sit in the township's group, too."""

    county: County
    random: Random
    principals: dict[str, str] = field(default_factory=dict)

    def facts(self) -> Iterator[PlantedFact]:
        central = self._central_schools()
        for township, school in central.items():
            body = {"school_code": school.code, "named_on": self._since}
            yield PlantedFact(path=f"townships/{township.code}/central-schools", body=body)
        yield from self._districts()
        yield from self._beds()
        yield from self._group(names.COUNTY_CODE, *_COUNTY_POSTS)
        for department in _DEPARTMENTS:
            yield self._seat(names.COUNTY_CODE, "DEPARTMENT_MEMBER", self._person(), department=department)
        township, school = next(iter(central.items()))
        yield from self._group(township.code, *_TOWNSHIP_POSTS)
        yield self._seat(township.code, "CENTRAL_SCHOOL_HEAD", self._principal(school))
        yield from self._schools()

    @property
    def _since(self) -> str:
        return self.county.term_began.isoformat()

    def _central_schools(self) -> dict[Township, School]:
        """Of each township the first primary school, or the first school where there is none."""
        found: dict[Township, School] = {}
        for school in sorted(self.county.places.schools, key=lambda each: each.kind is not PRIMARY):
            found.setdefault(school.township, school)
        return dict(sorted(found.items(), key=lambda each: each[0].code)[:MOST_OF_A_KIND])

    def _districts(self) -> Iterator[PlantedFact]:
        districts = dict.fromkeys(school.district for school in self.county.places.schools)
        for name in list(districts)[:MOST_OF_A_KIND]:
            body = {"name": name, "inspector": self._person(), "set_on": self._since}
            yield PlantedFact(path=f"inspection-districts/{names.COUNTY_CODE}/settings", body=body)

    def _beds(self) -> Iterator[PlantedFact]:
        """Whole rooms for the boarders of today and one room more."""
        boarders = Counter(child.school.code for child in self.county.children if child.boarder)
        for code, sleeping in sorted(boarders.items())[:MOST_OF_A_KIND]:
            rooms = -(-sleeping // _BEDS_IN_A_ROOM) + 1
            body = {"places": rooms * _BEDS_IN_A_ROOM, "set_on": self._since}
            yield PlantedFact(path=f"schools/{code}/boarding-places", body=body)

    def _schools(self) -> Iterator[PlantedFact]:
        """The groups of the first schools, and that of the smallest one whole, with grades and classes."""
        schools = self.county.places.schools
        sizes = Counter(child.school.code for child in self.county.children)
        smallest = min(schools, key=lambda school: sizes[school.code])
        for school in dict.fromkeys((*schools[:_SCHOOLS_WITH_A_GROUP], smallest)):
            yield self._seat(school.code, "PRINCIPAL", self._principal(school))
            yield from self._group(school.code, *_SCHOOL_POSTS)
        yield self._seat(smallest.code, "PIONEERS_LEADER", self._person())
        pupils = self.county.of_school(smallest)
        for grade in smallest.kind.grades:
            yield self._seat(smallest.code, "GRADE_LEAD", self._person(), grade=grade)
        teachers = {(child.grade, child.class_no): class_teacher(child) for child in pupils}
        for (grade, class_no), teacher in teachers.items():
            yield self._seat(smallest.code, "CLASS_TEACHER", teacher, grade=grade, class_no=class_no)

    def _group(self, owner: str, *posts: str) -> Iterator[PlantedFact]:
        for post in posts:
            yield self._seat(owner, post, self._person())

    def _seat(self, owner: str, post: str, name: str, **which: object) -> PlantedFact:
        body: Mapping[str, Any] = {"post": post, **which, "name": name, "filled_on": self._since}
        return PlantedFact(path=f"leading-groups/{owner}/appointments", body=dict(body))

    def _principal(self, school: School) -> str:
        return self.principals.setdefault(school.code, self._person())

    def _person(self) -> str:
        return names.adult_name(self.random, names.surname(self.random))
