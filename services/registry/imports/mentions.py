"""Whom the rows of an attendance sheet name, of which class and day: also the rows that are turned away."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from services.registry.attendance.marks import MarkKind
from services.registry.children.ids import SchoolCode
from services.registry.class_days.known import ClassDay, ClassKey
from services.registry.imports.concluding import Count, Mention
from services.registry.imports.grades import GradeClass
from services.registry.imports.known import KnownChildren
from services.registry.imports.naming import KnownChild
from shared.workbooks.rows import BadRow, GoodRow


def of_pupil(row: GoodRow, child: KnownChild) -> Mention:
    present = row.values["kind"] == MarkKind.PRESENT
    return Mention(child.id, child.of_class, row.values["date"], present)


def of_stranger(values: Mapping[str, Any], school: SchoolCode | None) -> Mention:
    """A row that cannot be tied to a pupil leaves its class and day in doubt, or what can be read of the two."""
    return Mention(None, class_in(values, school), values.get("date"))


def of_refused(rows: Sequence[BadRow], known: KnownChildren, school: SchoolCode | None) -> Iterator[Mention]:
    """Rows that could not be taken, by what could be read of them."""
    named = [row.values for row in rows if row.values.get("name")]
    meant = dict(zip(map(id, named), known.of_rows(named), strict=True))
    for row in rows:
        child = meant[id(row.values)].child if id(row.values) in meant else None
        if child is None:
            yield of_stranger(row.values, school)
        else:
            yield Mention(child.id, child.of_class, row.values.get("date"))


def counts_of(
    good: Iterable[GoodRow], refused: Iterable[BadRow], schools: Iterable[SchoolCode]
) -> dict[ClassDay, Count | None]:
    """The headcounts of a file; None for one that was refused. Of a refused one without class or day nothing is said:
    no other headcount of the file depends on it."""
    counts: dict[ClassDay, Count | None] = {}
    for school in schools:
        for row in good:
            told = row.values
            at = (school, told["grade"], told["class_no"]), told["date"]
            counts[at] = Count(told["expected"], told["present"])
        for bad in refused:
            of_class, day = class_in(bad.values, school), bad.values.get("date")
            if of_class and day:
                counts[of_class, day] = None
    return counts


def class_in(values: Mapping[str, Any], school: SchoolCode | None) -> ClassKey | None:
    """The class that a row names, whether its cells have been put together already or not."""
    cells = [_read(values.get("grade"), "grade"), _read(values.get("class_no"), "class_no")]
    grade = next((cell.grade for cell in cells if cell and cell.grade), None)
    class_no = next((cell.class_no for cell in reversed(cells) if cell and cell.class_no), None)
    return (school, grade, class_no) if school and grade and class_no else None


def _read(value: object, field: str) -> GradeClass | None:
    if isinstance(value, GradeClass):
        return value
    if isinstance(value, int):
        return GradeClass(value, None) if field == "grade" else GradeClass(None, value)
    return None
