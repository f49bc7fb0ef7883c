"""Whatever the order of sheets, whole or in part, with rows that are refused and mended: what is said decides.

The registry in memory: one class of three, two weeks, and the functions of an import without its database.
"""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from hypothesis import given as for_all
from hypothesis import settings
from hypothesis import strategies as st

from services.registry.attendance.daily import RecordAttendance
from services.registry.attendance.marks import Mark, MarkKind
from services.registry.children.child import Child
from services.registry.children.ids import ChildId
from services.registry.children.state import CHILDREN
from services.registry.class_days.known import ClassDay, HandedIn
from services.registry.imports.absences import inferred_marks
from services.registry.imports.concluding import Count, Mention, Sheet, conclude
from tests.given import on
from tests.registry.facts import CHILD, book, day, enrolled, registered
from tests.registry.imports.test_concluding import CLASS
from tests.registry.test_said_and_inferred import Model

OTHERS = (ChildId("b"), ChildId("d"))
DAYS = st.integers(0, 11)
NAMES = st.sampled_from([CHILD, *OTHERS])
ROWS = st.dictionaries(st.tuples(NAMES, DAYS), st.sampled_from(MarkKind), max_size=4)
SHEETS = st.lists(
    st.builds(
        lambda rows, refused, unknown, counts, complete: (rows, refused, unknown, counts, complete),
        ROWS,
        st.sets(st.tuples(NAMES, DAYS), max_size=2),
        st.sets(DAYS, max_size=1),
        st.dictionaries(DAYS, st.integers(0, 3), max_size=3),
        st.booleans(),
    ),
    max_size=8,
)


@dataclass
class School:
    """The child that is looked at, and what the class has handed in."""

    child: Child
    known: dict[ClassDay, HandedIn] = field(default_factory=dict)

    def take(self, sheet: Sheet, said: dict[int, MarkKind]) -> None:
        told = conclude(sheet, dict.fromkeys(sheet.counts, 3), self.known)
        marks = [Mark(day=day(number), kind=kind) for number, kind in said.items()]
        rows = {at: row(each) for at, each in self.known.items()}
        marks += inferred_marks(self.child.id, CLASS, marks, told, rows)
        self.known |= told
        for event in book(self.child, RecordAttendance(child_id=CHILD, marks=tuple(marks)), on(day(12))):
            self.child = CHILDREN.evolve(self.child, event)


def row(known: HandedIn) -> dict[str, Any]:
    """As the ledger of class days keeps it."""
    return {
        "named": sorted(known.named),
        "said_present": sorted(known.present),
        "concluded": known.concluded,
        "doubt": known.doubt,
    }


def sheet_of(rows: Any, refused: Any, unknown: Any, counts: Any, complete: bool) -> Sheet:
    mentions = [Mention(who, CLASS, day(number), kind is MarkKind.PRESENT) for (who, number), kind in rows.items()]
    mentions += [Mention(who, CLASS, day(number)) for who, number in refused]
    mentions += [Mention(None, CLASS, day(number)) for number in unknown]
    return Sheet(complete, mentions, {(CLASS, day(number)): Count(3, present) for number, present in counts.items()})


def concluded_of(known: dict[ClassDay, HandedIn]) -> set[date]:
    return {at for (_, at), each in known.items() if each.concluded and CHILD not in each.named}


@for_all(SHEETS)
@settings(max_examples=300, deadline=None)
def test_the_child_stands_where_the_said_days_and_the_concluded_ones_between_put_it(sheets: list[Any]) -> None:
    child = CHILDREN.initial(CHILD)
    for event in (registered(), enrolled()):
        child = CHILDREN.evolve(child, event)
    school, model = School(child), Model()
    for rows, *rest in sheets:
        said = {number: kind for (who, number), kind in rows.items() if who == CHILD}
        school.take(sheet_of(rows, *rest), said)
        shown = {number for number in range(12) if day(number) in concluded_of(school.known)}
        model.hear(said, shown)
        assert (school.child.absent_since, school.child.attendance) == (model.absent_since, model.attendance)


@for_all(SHEETS)
@settings(max_examples=200, deadline=None)
def test_nobody_is_shown_present_on_a_day_on_which_a_row_had_named_them_by_then(sheets: list[Any]) -> None:
    known: dict[ClassDay, HandedIn] = {}
    named: set[tuple[ChildId, int]] = set()
    for rows, refused, *rest in sheets:
        before = {at for at, each in known.items() if each.concluded}
        named |= set(rows) | set(refused)
        known |= conclude(sheet_of(rows, refused, *rest), {}, known)
        for who, number in named:
            told = known.get((CLASS, day(number)))
            assert told is None or not told.concluded or who in told.named or (CLASS, day(number)) in before
