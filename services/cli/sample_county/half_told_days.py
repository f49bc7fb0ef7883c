"""Sheets of the last day that do not tell the whole of it: who was away stays away, for nobody said that they came."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from services.cli.sample_county.people import Child
from services.cli.sample_county.reserve import Reserve
from services.cli.sample_county.stories import REMARKS, UNEXCUSED, Absence, Absences

NO_KIND = "逃学"
"""No word that an attendance sheet may have."""


@dataclass(slots=True)
class HalfTold:
    """`refused`: whose row of the last day has a word that is none; `forgotten`: whose row is missing, though the
    headcount of the class counts them as away. A classmate of each (`mates`) has a row as it should be.
    """

    day: date
    refused: list[Child] = field(default_factory=list)
    forgotten: list[Child] = field(default_factory=list)
    mates: list[Child] = field(default_factory=list)

    def add_to(self, away: Absences, days: Sequence[date]) -> None:
        """All of them are absent on the last two days."""
        for child in (*self.refused, *self.forgotten, *self.mates):
            for day in days[-2:]:
                away[child.school.code, day].append(Absence(child, UNEXCUSED, REMARKS[UNEXCUSED]))


def choose_half_told(reserve: Reserve, day: date) -> HalfTold:
    told = HalfTold(day)
    classes: set[tuple[str, int, int]] = set()
    for children in (told.refused, told.forgotten):
        for _ in range(reserve.each):
            pair = _classmates(reserve, classes)
            children.extend(pair[:1])
            told.mates += pair[1:]
    return told


def _classmates(reserve: Reserve, classes: set[tuple[str, int, int]]) -> Sequence[Child]:
    """Two of a class of which nothing of the kind has been told, and not of one that strangers' rows doubt."""
    for child in reserve.free:
        mates = [each for each in reserve.free if _class(each) == _class(child)]
        first_class = (child.school.kind.grades[0], 1)
        if len(mates) > 1 and _class(child) not in classes and (child.grade, child.class_no) != first_class:
            classes.add(_class(child))
            return [reserve.take(1, mates[:1].__contains__)[0], *reserve.take(1, mates.__contains__)]
    return ()


def _class(child: Child) -> tuple[str, int, int]:
    return child.school.code, child.grade, child.class_no
