"""What an attendance sheet asks for.

It lists who was absent, and may count each class beside it. Whoever belongs to a class that the sheet covers on a day
and is not listed was present: of a child that was absent or on leave before, that is news.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

from services.registry.attendance.daily import RecordAttendance
from services.registry.attendance.marks import Mark, MarkKind
from services.registry.children.ids import ChildId, SchoolCode
from services.registry.class_days.counting import CountClassDays, DayCount
from services.registry.imports.intents import Intent, TurnedAway, Wanted, in_chunks, of_row
from services.registry.imports.known import ClassKey
from services.registry.imports.naming import KnownChild
from services.registry.imports.pupils import Importing
from shared.workbooks.rows import GoodRow


@dataclass(slots=True)
class _Pupil:
    child: KnownChild
    rows: list[GoodRow] = field(default_factory=list)


def plan_attendance(
    rows: Iterable[GoodRow], headcounts: Iterable[GoodRow], school: SchoolCode | None, work: Importing
) -> Iterator[Intent]:
    """One command a child with all its days of the file. `school` is the one that the file names, if it does."""
    pupils: dict[ChildId, _Pupil] = {}
    for chunk in in_chunks(rows):
        for each in work.known.pupils(chunk, "姓名"):
            if isinstance(each, TurnedAway):
                yield each
            else:
                row, child = each
                pupils.setdefault(child.id, _Pupil(child)).rows.append(row)
    counted = list(headcounts)
    covered = _covered(pupils.values(), counted, school)
    for child in work.known.who_could_resume(covered):
        pupils.setdefault(child.id, _Pupil(child))
    for pupil in pupils.values():
        command = RecordAttendance(child_id=pupil.child.id, marks=_marks(pupil, covered))
        if command.marks:
            yield Wanted(command, pupil.child.id, tuple(pupil.rows))
    yield from _class_days(pupils.values(), counted, school)


def _class_days(
    pupils: Iterable[_Pupil], headcounts: Iterable[GoodRow], school: SchoolCode | None
) -> Iterator[Intent]:
    """The counts of the school that the file names, or of which all its absentees are; of several it is not known."""
    schools = {school} if school else {pupil.child.school for pupil in pupils}
    if len(schools) != 1:
        return
    (code,) = schools
    listed = Counter(
        (pupil.child.of_class, row.values["date"], MarkKind(row.values["kind"]).is_leave)
        for pupil in pupils
        for row in pupil.rows
    )
    for row in headcounts:
        told = row.values
        of_class, day = (code, told["grade"], told["class_no"]), told["date"]
        count = DayCount(
            day=day,
            expected=told["expected"],
            present=told["present"],
            absent=listed[of_class, day, False],
            on_leave=listed[of_class, day, True],
        )
        command = CountClassDays(school_code=code, grade=told["grade"], class_no=told["class_no"], days=(count,))
        yield Wanted(command, of_row(row), (row,))


def _covered(
    pupils: Iterable[_Pupil], headcounts: list[GoodRow], school: SchoolCode | None
) -> dict[ClassKey, set[date]]:
    """The days that the file speaks about, by class: those with a headcount, else those on which anybody is listed."""
    listed: dict[ClassKey, set[date]] = {}
    for pupil in pupils:
        listed.setdefault(pupil.child.of_class, set()).update(row.values["date"] for row in pupil.rows)
    schools = {school} if school else {code for code, _, _ in listed}
    for row in headcounts:
        for code in schools:
            key = code, row.values["grade"], row.values["class_no"]
            listed.setdefault(key, set()).add(row.values["date"])
    return listed


def _marks(pupil: _Pupil, covered: dict[ClassKey, set[date]]) -> tuple[Mark, ...]:
    absent = [
        Mark(day=row.values["date"], kind=MarkKind(row.values["kind"]), remark=row.values["remark"] or "")
        for row in pupil.rows
    ]
    away = {mark.day for mark in absent}
    held = covered.get(pupil.child.of_class, set())
    present = [
        Mark(day=day, kind=MarkKind.PRESENT) for day in held if day not in away and day >= pupil.child.enrolled_on
    ]
    return tuple(sorted([*absent, *present], key=lambda mark: mark.day))
