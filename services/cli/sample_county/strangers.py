"""Children of the county who are no pupils of its schools."""

from dataclasses import dataclass, replace
from datetime import date
from random import Random

from services.cli.sample_county.county import County, draw_pupil
from services.cli.sample_county.people import Child, Registrar
from services.cli.sample_county.places import School

_FIRST_NUMBER, _FIRST_HOUSEHOLD = 250, 9_000_000
"""Far from those that pupils and their guardians have."""


@dataclass(slots=True)
class Strangers:
    county: County
    registrar: Registrar

    @classmethod
    def of(cls, county: County, seed: int) -> "Strangers":
        return cls(county, Registrar(Random(f"{seed}:strangers"), _FIRST_NUMBER, _FIRST_HOUSEHOLD))

    def of_school_age(self) -> Child:
        """With an identity number, of an age for the grade and school that are noted for it."""
        school = self.registrar.random.choice(self.county.places.schools)
        return self.in_grade(school, self.registrar.random.choice(school.kind.grades))

    def in_grade(self, school: School, grade: int) -> Child:
        village = self.registrar.random.choice(self.county.places.villages[school.township.code])
        household = self.registrar.household(village)
        drawn = draw_pupil(school, grade, 1, household, self.registrar, self.county.term_began)
        return self._numbered(drawn)

    def born(self, day: date) -> Child:
        return self._numbered(replace(self.of_school_age(), born_on=day))

    def beginner(self, school: School, day: date) -> Child:
        """Born on a day, and to begin at the school."""
        return self._numbered(replace(self.in_grade(school, school.kind.grades[0]), born_on=day))

    def _numbered(self, child: Child) -> Child:
        number = self.registrar.id_number(child.born_on, child.girl)
        return replace(child, id_number=number, student_number=f"G{number}")
