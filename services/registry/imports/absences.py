"""What an attendance sheet asks for.

It lists who was absent, and may count each class beside it. What is concluded of those whom it does not list is
decided in `concluding`; of a child that was absent or on leave before, presence is news.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from services.registry.attendance.daily import RecordAttendance
from services.registry.attendance.marks import Mark, MarkKind
from services.registry.children.ids import ChildId, SchoolCode
from services.registry.class_days.counting import CountClassDays, DayCount
from services.registry.class_days.handing_in import HandInClassDays
from services.registry.class_days.known import ClassDay, ClassKey, HandedIn
from services.registry.class_days.reading import class_day_rows, days_present, pupils_expected, told_by
from services.registry.imports import mentions
from services.registry.imports.concluding import Count, Sheet, conclude
from services.registry.imports.intents import Intent, NoNews, TurnedAway, Wanted, as_said, in_chunks
from services.registry.imports.marked_days import counted, tenable
from services.registry.imports.naming import KnownChild
from services.registry.imports.pupils import Importing
from services.registry.reconciliation.reasons import reasons
from shared.calendar import SchoolCalendar, school_year_of, shipped_calendar
from shared.faults import Fault
from shared.kernel.calendar_ledger import read_content
from shared.workbooks.rows import BadRow, GoodRow
from shared.workbooks.shapes import Problem

SENT_HOME, HOME_REFLECTION = "SENT_HOME", "在家反省"
NO_LEAVE = Fault(
    "home-reflection-is-no-leave",
    "“在家反省”、停课等不是请假，已按无故缺勤登记，并列入疑似劝退情况和差异台账",
    "Sending a pupil home is no leave: the day is an unexcused one, and a push-out is reported.",
    "请让学生返校上课，并办理返校",
)


@dataclass(slots=True)
class _Pupil:
    child: KnownChild
    rows: list[GoodRow] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class AttendanceFile:
    """The rows of a file, read one after the other. `refused` gives those that could not be taken so far.

    `school`: the one that the file names, if it does. `complete`: it claims to name everybody who was not there.
    """

    rows: Iterable[GoodRow]
    headcounts: Iterable[GoodRow]
    refused: Sequence[BadRow]
    school: SchoolCode | None
    complete: bool


def plan_attendance(file: AttendanceFile, work: Importing) -> Iterator[Intent]:
    """One command a child with all its days of the file, and one a class and school year."""
    sheet, pupils = Sheet(complete=file.complete), dict[ChildId, _Pupil]()
    strangers: list[GoodRow] = []
    for chunk in in_chunks(map(_as_it_is, file.rows)):
        for each in work.known.pupils(chunk, "姓名"):
            if isinstance(each, TurnedAway):
                strangers.append(each.row)
                yield each
            else:
                row, child = each
                pupils.setdefault(child.id, _Pupil(child)).rows.append(row)
                sheet.mentions.append(mentions.of_pupil(row, child))
    unread = len(file.refused)
    counts = list(file.headcounts)
    schools = {file.school} if file.school else {pupil.child.school for pupil in pupils.values()}
    only = next(iter(schools)) if len(schools) == 1 else None
    # of the rows turned away by now those of strangers are known better than the job knows them
    known_better = set(map(_place, strangers))
    bad = [row for row in file.refused[:unread] if (row.sheet, row.row_number) not in known_better]
    sheet.mentions += [mentions.of_stranger(row.values, only) for row in strangers]
    sheet.mentions += mentions.of_refused(bad, work.known, only)
    sheet.counts |= mentions.counts_of(counts, file.refused[unread:], {only} if only else ())
    calendar = read_content(work.store).over(shipped_calendar())
    yield from _taken_apart(pupils.values(), calendar)
    yield from _carried_out(sheet, pupils, work)
    if only is not None:
        yield from _class_days(pupils.values(), _looked_at(counts, only, work, calendar), only)


def _taken_apart(pupils: Iterable[_Pupil], calendar: SchoolCalendar) -> Iterator[TurnedAway]:
    """The rows that cannot be taken leave their pupils."""
    for pupil in pupils:
        rows = list(tenable(pupil.child, pupil.rows, calendar))
        pupil.rows = [row for row in rows if isinstance(row, GoodRow)]
        yield from (row for row in rows if isinstance(row, TurnedAway))


def _as_it_is(row: GoodRow) -> GoodRow:
    """Where the school sent the pupil home and calls it leave, the day is an unexcused one, with a word on that."""
    kind, remark = row.values["kind"], row.values["remark"] or ""
    if kind == SENT_HOME:
        remark = "，".join(filter(None, (HOME_REFLECTION, remark)))
    elif not MarkKind(kind).is_leave or not any(word in remark for word in reasons().home_reflection):
        return row
    row.values.update(kind=MarkKind.UNEXCUSED.value, remark=remark)
    warning = Problem.of(NO_LEAVE, "备注", remark, blocking=False)
    return replace(row, warnings=(*row.warnings, warning))


def _place(row: GoodRow) -> tuple[str, int]:
    return row.sheet, row.row_number


def _carried_out(sheet: Sheet, pupils: dict[ChildId, _Pupil], work: Importing) -> Iterator[Intent]:
    """What is said of each pupil, with what follows for them and for others from this sheet and earlier ones."""
    told, known_days = _concluded(sheet, work)
    work.doubts.update({at: each.doubt for at, each in told.items() if each.doubt})
    for child in work.known.who_could_resume({of_class for of_class, _ in told}):
        pupils.setdefault(child.id, _Pupil(child))
    for pupil in pupils.values():
        said = _said(pupil)
        inferred = inferred_marks(pupil.child.id, pupil.child.of_class, said, told, known_days)
        command = RecordAttendance(child_id=pupil.child.id, marks=(*said, *inferred))
        if pupil.child.attends and not inferred and all(mark.kind is MarkKind.PRESENT for mark in said):
            yield from (NoNews(row, as_said(command)) for row in pupil.rows)
        elif command.marks:
            yield Wanted(command, as_said(command), tuple(pupil.rows))
    yield from _handed_in(told)


def _concluded(sheet: Sheet, work: Importing) -> tuple[dict[ClassDay, HandedIn], Mapping[ClassDay, Any]]:
    """What is known now of the days that the sheet covers, and the rows of those days and all later ones."""
    covered = sheet.covers()
    if not covered:
        return {}, {}
    classes, first = {of_class for of_class, _ in covered}, min(day for _, day in covered)
    rows = class_day_rows(work.store, classes, first, work.today)
    for at in covered - set(sheet.counts):
        if (row := rows.get(at)) and row["expected"] is not None:
            sheet.counts[at] = Count(row["expected"], row["present"])
    expected = pupils_expected(work.store, sheet.counts)
    return conclude(sheet, expected, {at: told_by(row) for at, row in rows.items()}), rows


def _said(pupil: _Pupil) -> list[Mark]:
    return [
        Mark(day=row.values["date"], kind=MarkKind(row.values["kind"]), remark=row.values["remark"] or "")
        for row in pupil.rows
    ]


def inferred_marks(
    child: ChildId,
    of_class: ClassKey,
    said: Sequence[Mark],
    told: Mapping[ClassDay, HandedIn],
    known_days: Mapping[ClassDay, Any],
) -> list[Mark]:
    """Days of presence: those that the sheet shows, and, where it tells of an absence, those that earlier ones did."""
    shown = {
        day for (key, day), each in told.items() if key == of_class and each.concluded and child not in each.named
    }
    if away := [mark.day for mark in said if mark.kind is not MarkKind.PRESENT]:
        shown.update(days_present(known_days, of_class, child, min(away)))
    settled = {mark.day for mark in said}
    return [Mark(day=day, kind=MarkKind.PRESENT, inferred=True) for day in sorted(shown - settled)]


def _handed_in(told: Mapping[ClassDay, HandedIn]) -> Iterator[Wanted]:
    by_class: dict[tuple[ClassKey, int], dict[date, HandedIn]] = {}
    for (of_class, day), each in told.items():
        by_class.setdefault((of_class, school_year_of(day).start), {})[day] = each
    for ((school, grade, class_no), _), days in by_class.items():
        command = HandInClassDays(school_code=school, grade=grade, class_no=class_no, days=days)
        yield Wanted(command, as_said(command), ())


def _looked_at(
    headcounts: Sequence[GoodRow], school: SchoolCode, work: Importing, calendar: SchoolCalendar
) -> list[GoodRow]:
    at = [((school, row.values["grade"], row.values["class_no"]), row.values["date"]) for row in headcounts]
    pupils = pupils_expected(work.store, set(at))
    return [counted(row, pupils[of], calendar) for row, of in zip(headcounts, at, strict=True)]


def _class_days(pupils: Iterable[_Pupil], headcounts: Iterable[GoodRow], school: SchoolCode) -> Iterator[Intent]:
    """The counts of the school that the file names, or of which all its absentees are; of several it is not known."""
    listed = Counter(
        (pupil.child.of_class, row.values["date"], MarkKind(row.values["kind"]).is_leave)
        for pupil in pupils
        for row in pupil.rows
        if row.values["kind"] != MarkKind.PRESENT
    )
    for row in headcounts:
        told = row.values
        of_class, day = (school, told["grade"], told["class_no"]), told["date"]
        count = DayCount(
            day=day,
            expected=told["expected"],
            present=told["present"],
            absent=listed[of_class, day, False],
            on_leave=listed[of_class, day, True],
        )
        command = CountClassDays(
            school_code=school, grade=told["grade"], class_no=told["class_no"], days=(count,), by_sheet=True
        )
        yield Wanted(command, as_said(command), (row,))
