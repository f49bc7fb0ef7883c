"""A list of those who moved up: some whom their primary school has not handed over, and some whose grade falls."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from services.cli.sample_county.county import County
from services.cli.sample_county.people import Child
from services.cli.sample_county.places import School
from services.cli.sample_county.planted import Planted
from services.cli.sample_county.reserve import Reserve
from services.cli.sample_county.roster_faults import RosterFault
from services.cli.sample_county.supplements import Entry, write_supplement

NOT_HANDED_OVER = "not_handed_over"
"""What comes of such a row: it is refused, for the list of those who finished primary school is missing."""
FILE = "花名册-升级.xlsx"
_FIRST_JUNIOR_GRADE, _FROM, _TO = 7, 4, 2
_NO_CLASS = 9
"""No school has it: sheets of a class that were handed in before must find the class that they counted."""
_UP = RosterFault("promoted_unannounced", finding=NOT_HANDED_OVER)
_DOWN = RosterFault("grade_falls", warned="grade-went-down")


def choose_promoted(county: County, reserve: Reserve) -> Sequence[Entry]:
    return [
        *(_up(county, child) for child in reserve.take(fits=_leaves_its_school)),
        *(_down(child) for child in reserve.take(fits=lambda child: child.grade == _FROM)),
    ]


def _leaves_its_school(child: Child) -> bool:
    return child.grade == _FIRST_JUNIOR_GRADE - 1 and not _is_junior(child.school)


def _is_junior(school: School) -> bool:
    return _FIRST_JUNIOR_GRADE in school.kind.grades


def _up(county: County, child: Child) -> Entry:
    junior = next(school for school in county.places.schools if _is_junior(school))
    return Entry(replace(child, grade=_FIRST_JUNIOR_GRADE, class_no=1), junior, _UP)


def _down(child: Child) -> Entry:
    return Entry(replace(child, grade=_TO, class_no=_NO_CLASS), child.school, _DOWN)


def write_promoted(target: Path, promoted: Sequence[Entry], planted: Planted) -> None:
    write_supplement(target, FILE, promoted, planted)
