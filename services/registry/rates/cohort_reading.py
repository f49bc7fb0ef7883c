"""The cohorts' rates, and the leavers and pupils behind them."""

from collections.abc import Iterator
from datetime import date

from services.registry.rates.asked import Asked, Figures, Unknown
from services.registry.rates.cohorts import Cohort, belongs_to, first_year, left, stage_of
from services.registry.rates.ground import Ground
from services.registry.rates.rates import FIELDS, Tally, is_unable
from services.registry.schools.census import is_in_operation
from services.registry.schools.kinds import GRADES_TAUGHT
from shared.calendar.terms import school_year_of
from shared.kernel.ledgers import Row


class CohortReader:
    def __init__(self, ground: Ground) -> None:
        self._ground = ground

    def figures(self, asked: Asked) -> Figures:
        cohort, of = self._cohort(asked), self._ground.group_of(asked)
        groups: dict[str, Tally] = {}
        fields = dict.fromkeys([*FIELDS, "grade", "moves"], 1)
        for row in self._ground.pupils(asked, fields):
            unable, gone, cohort_of = is_unable(row), left(row, cohort), belongs_to(row, cohort)
            at = row["school"] if row["grade"] == cohort.stage.last_grade else None
            for school in {gone, cohort_of, at}:
                if school and (group := of(row, school)):
                    known = school in cohort.beginning.taken_on
                    leavers, pupils = known and school == gone, known and school == cohort_of
                    groups.setdefault(group, Tally()).count(leavers, pupils, unable=unable)
        unknown = {group: why for group, tally in groups.items() if (why := _why_unknown(tally, cohort, asked.day))}
        return Figures(
            groups=dict(sorted(groups.items())),
            names=self._ground.names(asked),
            without_start=self._without_beginning(cohort, asked.day),
            unknown=unknown,
        )

    def members(self, asked: Asked, *, numerator: bool) -> Iterator[Row]:
        """The leavers, or the cohort, of the schools whose cohort's beginning is known."""
        cohort, of, names = self._cohort(asked), self._ground.group_of(asked), self._ground.names(asked)
        for row in self._ground.pupils(asked, None):
            school = left(row, cohort) if numerator else belongs_to(row, cohort)
            if school in cohort.beginning.taken_on and of(row, str(school)):
                yield row | {"counted_at": names.get(str(school), "")}

    def _cohort(self, asked: Asked) -> Cohort:
        stage, year = stage_of(asked.rate), school_year_of(asked.day)
        beginning = self._ground.start(asked, first_year(stage, year), stage.first_grade)
        return Cohort(stage=stage, year=year, terms=self._ground.terms, beginning=beginning)

    def _without_beginning(self, cohort: Cohort, day: date) -> list[str]:
        """Those schools in operation that teach the stage's last grade."""
        schools = {code: self._ground.schools[code] for code in self._ground.schools_in_scope}
        return sorted(
            code
            for code, school in schools.items()
            if code not in cohort.beginning.taken_on
            and is_in_operation(school, day)
            and cohort.stage.last_grade in GRADES_TAUGHT[school["kind"]]
        )


def _why_unknown(tally: Tally, cohort: Cohort, day: date) -> Unknown | None:
    if not tally.whole:
        return Unknown.BEGINNING_UNKNOWN
    return Unknown.NO_LEAVERS_YET if not tally.part and day <= cohort.year.last_day else None
