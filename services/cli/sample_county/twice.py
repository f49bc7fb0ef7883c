"""Children with a second file at another school, which the identity number does not tell: four kinds of mistake."""

from collections.abc import Callable, Iterator, Mapping, Set
from dataclasses import replace
from datetime import date, timedelta
from itertools import islice
from random import Random

from services.cli.sample_county import names
from services.cli.sample_county.county import FIRST_GRADE_AGE, County
from services.cli.sample_county.people import Child
from services.cli.sample_county.planted import Planted, PlantedTwice
from shared.calendar.lunar import as_lunar

MOST_OF_EACH, ONE_OF_EACH_PER_STUDENTS = 2, 100
_AGED = 3
_CUT_OFF = (8, 31)
_OTHER_PARENT = {"父亲": "母亲", "母亲": "父亲"}

Mistake = Callable[[Child, Random], Child | None]
"""What the second file says; None of a child with whom this cannot happen."""


def _three_years_off(child: Child, _: Random) -> Child | None:
    born = child.born_on
    return None if (born.month, born.day) == (2, 29) else replace(child, born_on=born.replace(year=born.year - _AGED))


def _lunar_birthday(child: Child, _: Random) -> Child | None:
    written = as_lunar(child.born_on)
    return replace(child, born_on=written) if written else None


def _sex_mistyped(child: Child, _: Random) -> Child:
    return replace(child, girl=not child.girl)


def _other_parent_a_day_off(child: Child, random: Random) -> Child | None:
    household = child.household
    relation = _OTHER_PARENT.get(household.guardian.relation)
    if relation is None:
        return None
    family = names.surname(random) if relation == "母亲" else household.family
    parent = replace(household.guardian, name=names.adult_name(random, family), relation=relation)
    told = replace(household, guardian=parent)
    return replace(child, household=told, born_on=child.born_on + timedelta(days=1))


MISTAKES: Mapping[str, Mistake] = {
    "three_years_off": _three_years_off,
    "lunar_birthday": _lunar_birthday,
    "sex_mistyped": _sex_mistyped,
    "other_parent_a_day_off": _other_parent_a_day_off,
}


def register_twice(county: County, spared: Set[str], seed: int, planted: Planted) -> County:
    """The county in which some pupils, none of the `spared`, are second files of others, each in the other's place.

    Two of each kind; fewer in a county with less than a hundred pupils for each.
    """
    random = Random(f"{seed}:twice")
    fit = [child for child in county.children if child.id_number and child.key not in spared]
    random.shuffle(fit)
    each = min(MOST_OF_EACH, len(county.children) // ONE_OF_EACH_PER_STUDENTS)
    instead: dict[str, Child] = {}
    for kind, mistake in MISTAKES.items():
        for first, written, place in islice(_mistaken(fit, mistake, random, county.term_began), each):
            second = _file_in(place, written, len(instead))
            instead[place.key] = second
            planted.twice.append(PlantedTwice(kind=kind, key=first.key, other_key=second.key, name=first.name))
    return replace(county, children=tuple(instead.get(child.key, child) for child in county.children))


def _mistaken(fit: list[Child], mistake: Mistake, random: Random, began: date) -> Iterator[tuple[Child, Child, Child]]:
    """Children, what their second file says, and whose place it takes. Both pupils are taken out of `fit`."""
    for first in list(fit):
        written = mistake(first, random)
        place = _place_of(written, first, fit, began) if written and first in fit else None
        if written and place:
            fit.remove(first)
            fit.remove(place)
            yield first, written, place


def _place_of(written: Child, first: Child, fit: list[Child], began: date) -> Child | None:
    """A pupil of another school in the grade for that age, whose place the second file takes."""
    born = written.born_on
    year = born.year + ((born.month, born.day) > _CUT_OFF)
    grade = began.year - FIRST_GRADE_AGE - year + 1
    return next((each for each in fit if each.school is not first.school and each.grade == grade), None)


def _file_in(place: Child, written: Child, at: int) -> Child:
    """No identity number, and a temporary student number that no other pupil has."""
    number = f"L{names.COUNTY_CODE}{written.born_on:%Y%m%d}7{at:03}"
    return replace(
        place,
        name=written.name,
        girl=written.girl,
        born_on=written.born_on,
        id_number=None,
        student_number=number,
        household=written.household,
    )
