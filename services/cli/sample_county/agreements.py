"""What only seems to be a difference: comparing the lists finds nothing."""

from collections.abc import Sequence
from datetime import date, timedelta

from services.cli.sample_county.county import FIRST_GRADE_AGE
from services.cli.sample_county.outside import CERTIFICATE, LAST_GRADE, line_of
from services.cli.sample_county.planted import PlantedFact
from services.cli.sample_county.planting import Planting, Plot
from services.cli.sample_county.styles import FULL_WIDTH

OLDEST = 15


def too_young_by_a_day(planting: Planting) -> None:
    _resident_born(planting, "too_young_by_a_day", planting.completing(FIRST_GRADE_AGE) + timedelta(days=1))


def too_old_by_a_day(planting: Planting) -> None:
    _resident_born(planting, "too_old_by_a_day", planting.completing(OLDEST + 1))


def moved_away_for_certain(planting: Planting) -> None:
    child, moved_on = planting.strangers.of_school_age(), planting.county.term_began - timedelta(days=60)
    planting.lists.population[child.key] = line_of(child)
    planting.lists.migration[child.key] = line_of(child, direction="迁出", moved_on=moved_on, confirmed="已核实")
    planting.agrees("moved_away_for_certain", child)


def died(planting: Planting) -> None:
    """The list of the certified has not heard of it either."""
    child, died_on = planting.strangers.of_school_age(), planting.county.term_began - timedelta(days=30)
    planting.lists.population[child.key] = line_of(child)
    planting.lists.disability[child.key] = line_of(child, certificate=CERTIFICATE)
    planting.lists.deaths[child.key] = line_of(child, died_on=died_on)
    planting.agrees("died", child)


def number_only_inside_student_number(planting: Planting) -> None:
    child = next(planting.pupils)
    planting.lists.registrations[child.key]["id_number"] = None
    planting.agrees("number_only_inside_student_number", child)


def written_with_spaces(planting: Planting) -> None:
    child = next(planting.pupils)
    number = child.key
    spaced = {"name": "　".join(child.name), "id_number": f" {number[:6]} {number[6:14]} {number[14:]} "}
    planting.lists.population[child.key] |= spaced
    planting.agrees("written_with_spaces", child)


def written_in_full_width(planting: Planting) -> None:
    child = next(planting.pupils)
    planting.lists.population[child.key]["id_number"] = child.key.translate(FULL_WIDTH)
    planting.agrees("written_in_full_width", child)


def file_that_has_ended(planting: Planting) -> None:
    child = planting.strangers.of_school_age()
    planting.lists.registrations[child.key] = line_of(child, file_state="转出")
    planting.agrees("file_that_has_ended", child)


def left_after_the_last_grade(planting: Planting) -> None:
    """Only where a school year lies between last term and now; else nobody has left."""
    schools = planting.county.places.schools
    school = next(each for each in schools if LAST_GRADE in each.kind.grades)
    child = planting.strangers.in_grade(school, LAST_GRADE)
    if planting.lists.last_term.has_left(LAST_GRADE, planting.planted.compared_on):
        planting.lists.last_rosters[child.key] = line_of(child)
        planting.agrees("left_after_the_last_grade", child)


def certified_and_placed(planting: Planting) -> None:
    child, today = next(planting.pupils), planting.county.today
    planting.record_disability(child)
    decision = {
        "placement": "INCLUSIVE",
        "reason": "能适应普通班级学习",
        "decided_on": today.isoformat(),
        "papers": [{"kind": "COMMITTEE_OPINION", "reference": f"专委〔{today.year}〕3号"}],
    }
    planting.planted.facts.append(PlantedFact(key=child.key, path="placements", body=decision))
    planting.agrees("certified_and_placed", child)


def certified_and_grown_up(planting: Planting) -> None:
    child = planting.strangers.born(planting.completing(OLDEST + 1))
    planting.lists.disability[child.key] = line_of(child, certificate=CERTIFICATE)
    planting.agrees("certified_and_grown_up", child)


def _resident_born(planting: Planting, why: str, day: date) -> None:
    child = planting.strangers.born(day)
    planting.lists.population[child.key] = line_of(child)
    planting.agrees(why, child)


AGREEMENTS: Sequence[Plot] = (
    too_young_by_a_day,
    too_old_by_a_day,
    moved_away_for_certain,
    died,
    number_only_inside_student_number,
    written_with_spaces,
    written_in_full_width,
    file_that_has_ended,
    left_after_the_last_grade,
    certified_and_placed,
    certified_and_grown_up,
)
