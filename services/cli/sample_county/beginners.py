"""Children who are told to come to school: one within two weeks, one when the next school year begins."""

from collections.abc import Sequence
from datetime import date, timedelta

from services.cli.sample_county.county import FIRST_GRADE_AGE
from services.cli.sample_county.outside import line_of
from services.cli.sample_county.people import Child
from services.cli.sample_county.planted import PlantedFact
from services.cli.sample_county.planting import Planting, Plot
from shared.calendar.terms import SchoolYear, school_year_of

_TIME_TO_COME = timedelta(days=14)


def told_to_come(planting: Planting) -> None:
    """Old enough, and at no school yet: a difference, though nobody seeks the child before the notice's day."""
    born_on = planting.completing(FIRST_GRADE_AGE) - timedelta(days=20)
    child = _told(planting, 1, born_on, planting.planted.compared_on + _TIME_TO_COME)
    planting.finds("told_to_come", child, "N2")


def told_for_next_year(planting: Planting) -> None:
    """Still too young, and so no difference."""
    born_on = planting.completing(FIRST_GRADE_AGE) + timedelta(days=20)
    next_year = SchoolYear(school_year_of(planting.planted.compared_on).start + 1)
    child = _told(planting, 2, born_on, next_year.first_day)
    planting.agrees("told_for_next_year", child)


def _told(planting: Planting, number: int, born_on: date, report_by: date) -> Child:
    """A resident whom the village has made known, with the notice of a school that has a first grade."""
    today, schools = planting.county.today, planting.county.places.schools
    school = next(each for each in schools if 1 in each.kind.grades)
    child = planting.strangers.beginner(school, born_on)
    planting.lists.population[child.key] = line_of(child)
    planting.make_known(child)
    notice = {
        "notice_no": f"入学〔{today.year}〕{number}号",
        "school_code": school.code,
        "report_by": report_by.isoformat(),
        "issued_on": today.isoformat(),
    }
    planting.planted.facts.append(PlantedFact(key=child.key, path="enrolment-notices", body=notice))
    return child


BEGINNERS: Sequence[Plot] = (told_to_come, told_for_next_year)
