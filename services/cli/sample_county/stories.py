"""Children whose absence tells something, and the ordinary absences around them."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from services.cli.sample_county.county import County
from services.cli.sample_county.people import Child
from services.cli.sample_county.planted import Story
from shared.calendar import SchoolHoliday, shipped_calendar

WEEKS = 6
_WEEK = 5
UNEXCUSED, SICK, PERSONAL = "旷课", "病假", "事假"
REMARKS = {UNEXCUSED: "电话未接通", SICK: "已交病假条", PERSONAL: None}
ONE_OF_EACH_PER_STUDENTS = 4000
_ORDINARY_SHARE = 0.15


@dataclass(frozen=True, slots=True)
class Run:
    """An absence from one school day to another, as places in the list of school days, both included."""

    first: int
    last: int
    kind: str = UNEXCUSED


@dataclass(frozen=True, slots=True)
class Plot:
    """Runs that are clear of every threshold, however the 7 days are counted. `remark`: instead of the usual one."""

    name: str
    runs: tuple[Run, ...]
    suspected: bool
    remark: str | None = None


LAST = WEEKS * _WEEK - 1
PLOTS = (
    Plot("returned_early", (Run(5, 13),), suspected=False),
    Plot("away_a_week", (Run(LAST - 7, LAST),), suspected=True),
    Plot("away_four_weeks", (Run(0, LAST),), suspected=True),
    Plot("relapsed", (Run(2, 10), Run(LAST - 7, LAST)), suspected=True),
    Plot("on_sick_leave", (Run(LAST - 11, LAST, SICK),), suspected=False),
    Plot("on_personal_leave", (Run(LAST - 9, LAST, PERSONAL),), suspected=False),
    Plot("away_four_days", (Run(LAST - 3, LAST),), suspected=False),
    Plot("came_between", (Run(LAST - 8, LAST - 5), Run(LAST - 3, LAST)), suspected=False),
    Plot("sent_home", (Run(LAST - 2, LAST),), suspected=False, remark="在家反省"),
)


def last_weekday(today: date) -> date:
    return today - timedelta(days=max(0, today.weekday() - (_WEEK - 1)))


def school_days(today: date, term_began: date, holiday: SchoolHoliday | None = None) -> list[date]:
    """Six weeks' school days up to `today`, without the `holiday`. Raises `ValueError` when the term is younger."""
    days: list[date] = []
    working, day = shipped_calendar().working, today
    while len(days) < WEEKS * _WEEK:
        if day < term_began:
            raise ValueError(f"the term began on {term_began}, less than {WEEKS} school weeks before {today}")
        if day.weekday() < _WEEK and working.is_working_day(day) and not (holiday and holiday.covers(day)):
            days.append(day)
        day -= timedelta(days=1)
    return days[::-1]


def choose_story_children(
    county: County, poor: set[str], seed: int, plots: Sequence[Plot]
) -> list[tuple[Plot, Child]]:
    """For each plot some children with identity numbers, every second one of a poor household while there are any."""
    random = Random(f"{seed}:stories")
    times = max(2, len(county.children) // ONE_OF_EACH_PER_STUDENTS)
    fit = [child for child in county.children if child.id_number is not None]
    random.shuffle(fit)
    by_need = {
        need: [child for child in reversed(fit) if (child.household.household_no in poor) is need]
        for need in (True, False)
    }
    wanted = [(plot, number % 2 == 0) for plot in plots for number in range(times)]
    return [(plot, (by_need[need] or by_need[not need]).pop()) for plot, need in wanted]


def story_of(plot: Plot, child: Child, days: Sequence[date], poor: set[str]) -> Story:
    """The note of one such child."""
    runs = tuple((days[run.first], days[run.last], run.kind, run.last - run.first + 1) for run in plot.runs)
    return Story(
        story=plot.name,
        key=child.key,
        name=child.name,
        school_code=child.school.code,
        school_name=child.school.name,
        poor=child.household.household_no in poor,
        runs=runs,
        suspected=plot.suspected,
        absent_calendar_days=(runs[-1][1] - runs[-1][0]).days + 1,
    )


@dataclass(frozen=True, slots=True)
class Absence:
    child: Child
    kind: str
    remark: str | None


Absences = dict[tuple[str, date], list[Absence]]
"""By school code and day: who is absent and why."""


def absences(
    county: County,
    told: Sequence[tuple[Plot, Child]],
    days: Sequence[date],
    spared: set[str],
    seed: int,
) -> Absences:
    """The story children's absences, and others' of one or two days, none of the `spared`."""
    found: Absences = defaultdict(list)
    for plot, child in told:
        for run in plot.runs:
            for day in days[run.first : run.last + 1]:
                found[child.school.code, day].append(Absence(child, run.kind, plot.remark or REMARKS[run.kind]))
    random = Random(f"{seed}:absences")
    spared = spared | {child.key for _, child in told}
    for child in county.children:
        if random.random() < _ORDINARY_SHARE and child.key not in spared:
            start, kind = random.randrange(len(days)), random.choice((SICK, SICK, PERSONAL, UNEXCUSED))
            for day in days[start : start + random.randint(1, 2)]:
                found[child.school.code, day].append(Absence(child, kind, REMARKS[kind]))
    return found
