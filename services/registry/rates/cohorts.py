"""Cohorts: whom a school has brought through primary (六年) or junior (三年) school. B-11 of the official rules.

Rate = leavers of the year / (enrolled at the cohort's beginning + transferred in - transferred out), at most 100 %.
The beginning is the frozen roster of the first grade, when this year's leavers entered it. Who transferred in belongs
to the cohort when grade and school year fit. All leavers count, also those who repeated a grade: hence the cap.
"""

from dataclasses import dataclass
from datetime import date

from services.registry.movements.kinds import Stage, movements
from services.registry.rates.flow import Start
from services.registry.rates.rates import Rate
from shared.calendar.terms import SchoolYear, TermCalendar, school_year_of
from shared.kernel.ledgers import Row

STAGE_OF = {Rate.PRIMARY_COHORT: "PRIMARY", Rate.JUNIOR_COHORT: "JUNIOR"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Cohort:
    """The cohort that leaves in `year`. `beginning`: the rosters of its first grade."""

    stage: Stage
    year: SchoolYear
    terms: TermCalendar
    beginning: Start


def stage_of(rate: Rate) -> Stage:
    return movements().stages[STAGE_OF[rate]]


def first_year(stage: Stage, year: SchoolYear) -> SchoolYear:
    """The school year in which this year's leavers entered the stage."""
    return SchoolYear(year.start - stage.years_before)


def belongs_to(row: Row, cohort: Cohort) -> str | None:
    """The school to whose cohort the child belongs after all transfers; None: to none."""
    school = cohort.beginning.school_of.get(row["_id"])
    first = first_year(cohort.stage, cohort.year).first_day.isoformat()
    last = cohort.year.last_day.isoformat()
    for move in row["moves"]:
        if not first <= move["on"] <= last or not movements().kinds[move["kind"]].transfer:
            continue
        stays = bool(move["to"]) and _fits(move, cohort, is_member=school is not None)
        school = move["to"] if stays else None
    return school if school in cohort.beginning.taken_on else None


def left(row: Row, cohort: Cohort) -> str | None:
    """The school that the child finished in the cohort's last year; None: it did not."""
    for move in reversed(row["moves"]):
        if move["kind"] in cohort.stage.leave_in | cohort.stage.leave_after:
            return str(move["from"]) if _year_left(move, cohort) == cohort.year else None
    return None


def _fits(move: Row, cohort: Cohort, *, is_member: bool) -> bool:
    """Whether the grade is the cohort's in that school year.

    In the holidays a receiving school names the coming grade; a school that closes moves its pupils in the old one.
    """
    day = date.fromisoformat(move["on"])
    years = {cohort.terms.term_at_or_after(day).school_year} | ({school_year_of(day)} if is_member else set())
    return move["grade"] in {cohort.stage.last_grade - (cohort.year.start - year.start) for year in years}


def _year_left(move: Row, cohort: Cohort) -> SchoolYear:
    day = date.fromisoformat(move["on"])
    if move["kind"] in cohort.stage.leave_in:
        return school_year_of(day)
    return SchoolYear(cohort.terms.term_at_or_after(day).school_year.start - 1)
