"""What a school's roster asks for: pupils to be registered, entered, or told anew."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from services.registry import sealing
from services.registry.children.files import EnrolChild, RegisterPupil
from services.registry.children.grade_steps import grade_doubt
from services.registry.children.ids import ChildId, child_id_from
from services.registry.children.refusals import at_another_school
from services.registry.imports.intents import Intent, TurnedAway, Wanted, in_chunks, of_row, problem_of
from services.registry.imports.known import doubted, turned_away
from services.registry.imports.naming import KnownChild
from services.registry.imports.pupils import Importing
from services.registry.imports.untaken import not_taken
from shared.calendar.terms import school_year_of
from shared.kernel.deadlines import derived_id
from shared.workbooks.rows import GoodRow
from shared.workbooks.shapes import Problem


def plan_rosters(rows: Iterable[GoodRow], work: Importing) -> Iterator[Intent]:
    for chunk in in_chunks(rows):
        known = work.known.of_rows([row.values for row in chunk])
        for row, meant in zip(chunk, known, strict=True):
            if meant.against:
                yield turned_away(row, meant, "姓名", row.values["name"])
            else:
                yield _pupil(doubted(row, meant, "姓名", row.values["name"]), meant.child, work)


def _pupil(row: GoodRow, known: KnownChild | None, work: Importing) -> Intent:
    if known is None:
        child_id = child_id_from(derived_id("pupil", work.file_hash, of_row(row)))
        return Wanted(_register(child_id, row.values, work), of_row(row), (row,))
    school = row.values["school_code"]
    if not known.may_enter(school, row.values["grade"]):
        return TurnedAway(row, problem_of(at_another_school(known.school_name, known.grade, row.values["grade"])))
    if known.school == school:
        row = _graded(row, known, work.today)
    first_day = work.today if known.school == school else _entered_on(row.values, work.today)
    told = replace(row, warnings=(*row.warnings, *not_taken(row.values, known, work.personal)))
    return Wanted(_enrol(known.id, row.values, first_day, work), of_row(row), (told,))


def _graded(row: GoodRow, known: KnownChild, today: date) -> GoodRow:
    """With a warning where the grade does not follow from the one on file."""
    doubt = grade_doubt(known.grade, row.values["grade"], known.told_on, today)
    if doubt is None:
        return row
    return replace(row, warnings=(*row.warnings, Problem.of(doubt, "年级", row.values["grade"], blocking=False)))


def _register(child_id: ChildId, values: dict[str, Any], work: Importing) -> RegisterPupil:
    child = {
        "name": values["name"],
        "sex": values["sex"],
        "birth_date": values["birth_date"],
        "division": values["village_code"] or work.divisions.get(values["school_code"], ""),
        "id_number": values["id_number"],
        "household_no": values["household_no"] or "",
        "guardian_name": values["guardian_name"] or "",
        "guardian_relation": values["guardian_relation"] or "",
        "guardian_phone": values["guardian_phone"],
        "ethnicity": values["ethnicity"] or "",
    }
    first_day = _entered_on(values, work.today)
    return RegisterPupil(
        child=sealing.registration(work.personal, child_id, child),
        enrolment=_enrol(child_id, values, first_day, work),
    )


def _enrol(child_id: ChildId, values: dict[str, Any], first_day: date, work: Importing) -> EnrolChild:
    fields = ("school_code", "grade", "class_no", "boarder", "student_number", "class_teacher")
    body = {name: values[name] for name in fields} | {"enrolled_on": first_day}
    return sealing.enrolment(work.personal, child_id, body)


def _entered_on(values: Mapping[str, Any], today: date) -> date:
    """The day that the roster names, else the first of the school year."""
    entered: date | None = values["enrolled_on"]
    return entered or school_year_of(today).first_day
