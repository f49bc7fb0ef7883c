"""Makes the whole county's files."""

from datetime import date
from pathlib import Path

from services.cli.sample_county.agreements import AGREEMENTS
from services.cli.sample_county.attendance import write_attendance
from services.cli.sample_county.beginners import BEGINNERS
from services.cli.sample_county.county import build_county
from services.cli.sample_county.disagreements import DISAGREEMENTS
from services.cli.sample_county.doubtful_cells import choose_doubtful
from services.cli.sample_county.families import list_families
from services.cli.sample_county.farm_holiday import farm_holiday, missing_around, write_calendar
from services.cli.sample_county.formatted_rows import choose_for_formatted, write_formatted
from services.cli.sample_county.half_told_days import choose_half_told
from services.cli.sample_county.lists import write_accounts, write_divisions, write_schools
from services.cli.sample_county.namesakes import choose_for_namesakes, make_namesakes, write_namesakes
from services.cli.sample_county.offices import facts_of_offices
from services.cli.sample_county.outside_sheets import write_outside
from services.cli.sample_county.parties import facts_of_parties
from services.cli.sample_county.planted import Planted
from services.cli.sample_county.planting import plant
from services.cli.sample_county.poverty import choose_poor, write_poverty_list
from services.cli.sample_county.promotions import choose_promoted, write_promoted
from services.cli.sample_county.reserve import Reserve
from services.cli.sample_county.roster_faults import choose_faults
from services.cli.sample_county.rosters import write_rosters
from services.cli.sample_county.slipped_lines import make_twins, write_slipped_poverty
from services.cli.sample_county.spelt_names import rename
from services.cli.sample_county.stories import PLOTS, absences, choose_story_children, school_days, story_of
from services.cli.sample_county.twice import register_twice
from services.cli.sample_county.unread_cells import choose_for_supplements, write_supplements
from services.cli.sample_county.villages import facts_of_villages

DEFAULT_TODAY = date(2026, 11, 20)
PLANTED_FILE = "planted.json"


def generate(
    target: Path,
    schools: int,
    students: int,
    seed: int,
    today: date = DEFAULT_TODAY,
    compared_on: date | None = None,
) -> Planted:
    """Write the files of an invented county to `target` and the note of what was planted beside them.

    `compared_on`: the day on which the lists will be compared, if not `today`, to which the attendance books go.
    The same arguments give the same bytes. Raises `ValueError` for a county that is too small or a day too
    early in the term.
    """
    county = build_county(schools, students, seed, today)
    holiday = farm_holiday(today)
    days = school_days(today, county.term_began, holiday)
    poor = choose_poor(county, seed)
    poor_numbers = {each.household.household_no for each in poor}
    plots = (*PLOTS, missing_around(today, compared_on or today)) if holiday else PLOTS
    told = choose_story_children(county, poor_numbers, seed, plots)
    needed = {child.key for _, child in told} | {child.key for each in poor for child in each.children}
    poor_families = {child.key for child in county.children if child.household.household_no in poor_numbers}
    reserve = Reserve.of(county, seed, spared=needed | poor_families)
    taken = choose_doubtful(reserve)
    county, spelt = rename(county, reserve)
    county, twins = make_twins(county, reserve)
    half = choose_half_told(reserve, days[-1])
    supplements = choose_for_supplements(reserve)
    formatted, promoted = choose_for_formatted(reserve), choose_promoted(county, reserve)
    namesakes, of_namesakes = make_namesakes(county), choose_for_namesakes(reserve)
    spared = needed | poor_families | reserve.taken
    faults = choose_faults(county, seed, spared)
    planted = Planted(
        seed=seed,
        today=today,
        compared_on=compared_on or today,
        term_began=county.term_began,
        first_attendance_day=days[0],
        last_attendance_day=days[-1],
        schools=schools,
        students=students,
        stories=[story_of(plot, child, days, poor_numbers) for plot, child in told],
    )
    county = register_twice(county, spared | set(faults), seed, planted)
    write_calendar(target, holiday, planted)
    write_divisions(target, county, planted)
    write_schools(target, county, namesakes, planted)
    write_rosters(target, county, faults | taken | spelt, planted)
    write_poverty_list(target, county, poor, seed, planted)
    write_slipped_poverty(target, twins, planted)
    write_supplements(target, supplements, planted)
    write_formatted(target, formatted, planted)
    write_promoted(target, promoted, planted)
    write_namesakes(target, namesakes, of_namesakes, planted)
    away = absences(county, told, days, spared=reserve.taken | set(faults), seed=seed)
    half.add_to(away, days)
    planted.still_absent = [child.key for child in (*half.refused, *half.forgotten)]
    planted.in_doubt = [(child.school.code, child.grade, child.class_no) for child in half.forgotten]
    write_attendance(target, county, away, half, days, seed, planted)
    write_accounts(target, county, twins, planted)
    absent = {each.child.key for (_, day), missing in away.items() if day == days[-1] for each in missing}
    once = (*BEGINNERS, list_families)
    spared = absent | reserve.taken
    lists = plant(county, faults, poor_numbers, seed, planted, (*DISAGREEMENTS, *AGREEMENTS), once, spared)
    planted.facts += facts_of_offices(county, seed) + facts_of_villages(county, seed) + facts_of_parties(county, seed)
    write_outside(target, county, lists, planted)
    planted.write(target / PLANTED_FILE)
    return planted
