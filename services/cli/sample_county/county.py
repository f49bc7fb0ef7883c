"""Fills the schools with children."""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from services.cli.sample_county import names
from services.cli.sample_county.people import Child, Household, Registrar
from services.cli.sample_county.places import Places, School, Village, places
from shared.identifiers.resident_id import check_character

LARGEST_CLASS = 45
FIRST_GRADE_AGE = 6
_SIBLING, _NO_ID, _SELF_CODED = 0.15, 0.006, 0.004
_ETHNICITIES = ("汉族",) * 40 + ("苗族", "土家族", "回族", "侗族")


@dataclass(frozen=True, slots=True)
class County:
    """The county as it is. `term_began` is the first day of the school year in which `today` lies."""

    today: date
    term_began: date
    places: Places
    children: tuple[Child, ...]

    def of_school(self, school: School) -> list[Child]:
        return [child for child in self.children if child.school is school]


def build_county(schools: int, students: int, seed: int, today: date) -> County:
    """The same county for the same arguments. Raises `ValueError` for fewer pupils than needed."""
    if schools < 4 or students < schools * 15:
        raise ValueError("at least 4 schools and 15 students for each school")
    random = Random(f"{seed}:children")
    registrar = Registrar(random)
    where = places(schools)
    began = date(today.year if today.month >= 9 else today.year - 1, 9, 1)
    children: list[Child] = []
    for school, size in zip(where.schools, _sizes(where.schools, students), strict=True):
        children += _pupils(school, size, where.villages[school.township.code], registrar, began)
    return County(today, began, where, tuple(children))


def class_teacher(child: Child) -> str:
    """The same teacher for every pupil of a class."""
    random = Random(f"{child.school.code}:{child.grade}:{child.class_no}")
    return names.adult_name(random, names.surname(random))


def _sizes(schools: tuple[School, ...], students: int) -> list[int]:
    """Pupils of each school by the weight of its kind, together exactly `students`; two a grade at least."""
    whole = sum(school.kind.weight for school in schools)
    least = [2 * len(school.kind.grades) for school in schools]
    sizes = [max(low, students * school.kind.weight // whole) for low, school in zip(least, schools, strict=True)]
    largest_first = sorted(range(len(sizes)), key=sizes.__getitem__, reverse=True)
    over = sum(sizes) - students
    for at in largest_first:
        fewer = min(over, sizes[at] - least[at])
        sizes[at], over = sizes[at] - fewer, over - fewer
    return sizes


def _pupils(
    school: School, size: int, villages: tuple[Village, ...], registrar: Registrar, began: date
) -> list[Child]:
    random = registrar.random
    pupils: list[Child] = []
    grades = school.kind.grades
    for at, grade in enumerate(grades):
        count = size * (at + 1) // len(grades) - size * at // len(grades)
        classes = -(-count // LARGEST_CLASS)
        for place in range(count):
            household = (
                pupils[-1].household
                if pupils and random.random() < _SIBLING
                else registrar.household(random.choice(villages))
            )
            pupils.append(draw_pupil(school, grade, place % classes + 1, household, registrar, began))
    return sorted(pupils, key=lambda pupil: (pupil.grade, pupil.class_no))


def draw_pupil(
    school: School, grade: int, class_no: int, household: Household, registrar: Registrar, began: date
) -> Child:
    random = registrar.random
    enrolled_on = began.replace(year=began.year - (grade - school.kind.grades[0]))
    youngest = date(began.year - FIRST_GRADE_AGE - (grade - 1), 8, 31)
    girl, born_on = random.random() < 0.48, youngest - timedelta(days=random.randrange(365))
    id_number, student_number = _numbers(registrar, born_on, girl)
    far = random.random() < 0.002
    return Child(
        name=random.choice(names.FAR_NAMES) if far else names.child_name(random, household.family, girl),
        girl=girl,
        born_on=born_on,
        id_number=id_number,
        student_number=student_number,
        ethnicity=random.choice(_ETHNICITIES),
        school=school,
        grade=grade,
        class_no=class_no,
        boarder=random.random() < (0.45 if grade >= 7 else 0.08),
        enrolled_on=enrolled_on,
        household=household,
    )


def _numbers(registrar: Registrar, born_on: date, girl: bool) -> tuple[str | None, str]:
    """Identity number, if the child has one, and student number: G with it, L or J without."""
    random, number = registrar.random, registrar.id_number(born_on, girl)
    drawn = random.random()
    if drawn < _NO_ID:
        # the drawn-out digits of the identity number that nobody got keep the L numbers apart
        return None, f"L{names.COUNTY_CODE}{born_on:%Y%m%d}9{number[14:17]}"
    if drawn < _NO_ID + _SELF_CODED:
        first_17 = f"349999{number[6:17]}"
        return None, f"J{first_17}{check_character(first_17)}"
    return number, f"G{number}"
