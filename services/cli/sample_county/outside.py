"""What the lists from outside the schools say: the same as the rosters, until differences are planted."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from services.cli.sample_county.county import County
from services.cli.sample_county.people import Child
from services.cli.sample_county.roster_faults import RosterFault
from services.cli.sample_county.rosters import read_first
from services.cli.sample_county.styles import Cells
from shared.calendar.terms import SchoolYear, read_terms, school_year_of

LAST_GRADE = 9
CERTIFICATE = "听力残疾二级"
Lines = dict[str, Cells]
"""By a child's key; a second line of the same child has a key of its own."""


@dataclass(frozen=True, slots=True)
class LastTerm:
    """The term before the present one: its last day, and how many grades lower everybody was."""

    ended_on: date
    grades_lower: int

    @classmethod
    def before(cls, today: date) -> "LastTerm":
        terms, year = read_terms(), school_year_of(today)
        autumn, spring = terms.terms_of(year)
        if today >= spring.first_day:
            return cls(autumn.last_day, 0)
        _, last_spring = terms.terms_of(SchoolYear(year.start - 1))
        return cls(last_spring.last_day, 1)

    def has_left(self, grade: int, on: date) -> bool:
        """Whether who was in that grade has left school by a day."""
        return grade + school_year_of(on).start - school_year_of(self.ended_on).start > LAST_GRADE


@dataclass(slots=True)
class Outside:
    """The lists by kind; `groups` and `guardians` are the county's own, which no comparison needs to keep."""

    last_term: LastTerm
    population: Lines = field(default_factory=dict)
    registrations: Lines = field(default_factory=dict)
    last_rosters: Lines = field(default_factory=dict)
    disability: Lines = field(default_factory=dict)
    deaths: Lines = field(default_factory=dict)
    migration: Lines = field(default_factory=dict)
    groups: Lines = field(default_factory=dict)
    guardians: Lines = field(default_factory=dict)

    @classmethod
    def agreeing(cls, county: County, faults: Mapping[str, RosterFault]) -> "Outside":
        """Every pupil has a student file, who has an identity number is a resident, and who was at the school last
        term was on its roster. A pupil on two rosters is at the school whose roster is read first.
        """
        lists = cls(LastTerm.before(county.today))
        for child in county.children:
            fault = faults.get(child.key)
            at = read_first(county.places.schools, child) if fault and fault.elsewhere else child.school
            if child.id_number:
                lists.population[child.key] = line_of(child)
            lists.registrations[child.key] = line_of(child, school_code=at.code, school_name=at.name)
            lists.add_to_last_rosters(child)
        return lists

    def add_to_last_rosters(self, child: Child) -> bool:
        """Whether the child was at its school, too; who has come from another one is on none of these rosters."""
        grade = child.grade - self.last_term.grades_lower
        if grade not in child.school.kind.grades:
            return False
        self.last_rosters[child.key] = line_of(child, grade=grade)
        return True


def temporary_number(child: Child) -> str:
    """A student number of a child whose identity number the school did not write; no pupil has one like it."""
    digits = child.key
    return f"L{digits[:14]}8{digits[14:17]}"


def line_of(child: Child, **written: object) -> Cells:
    """What lists say of a child. `written`: what this one says otherwise, or besides."""
    guardian = child.household.guardian
    return {
        "name": child.name,
        "sex": "女" if child.girl else "男",
        "id_number": child.id_number,
        "student_number": child.student_number,
        "birth_date": child.born_on,
        "village_code": child.household.village.code,
        "household_no": child.household.household_no,
        "guardian_name": guardian.name,
        "guardian_id_number": guardian.id_number,
        "school_code": child.school.code,
        "school_name": child.school.name,
        "grade": child.grade,
        "class_no": child.class_no,
        "file_state": "正常",
        **written,
    }
