"""Whatever the order in which sheets come: what is said decides, and what is inferred fills the days between."""

from dataclasses import dataclass, field
from datetime import date

from hypothesis import given as for_all
from hypothesis import settings
from hypothesis import strategies as st

from services.registry.attendance.counting import long_enough
from services.registry.attendance.daily import RecordAttendance
from services.registry.attendance.marks import Mark, MarkKind
from services.registry.children.child import Child
from services.registry.children.state import CHILDREN
from services.registry.children.statuses import Attendance
from services.registry.ledgers.children import apply
from shared.kernel.ledgers import Row
from tests.given import on
from tests.registry.facts import CALENDAR, CHILD, book, day, enrolled, registered
from tests.registry.test_child_model import RECORDED

DAYS = st.integers(0, 13)
"""Two weeks, with a weekend in the middle."""
TODAY = on(day(14))
SHEETS = st.lists(
    st.fixed_dictionaries(
        {
            "said": st.dictionaries(DAYS, st.sampled_from(MarkKind), max_size=3),
            "inferred": st.sets(DAYS, max_size=6),
        }
    ),
    max_size=10,
)


@dataclass
class Model:
    """A day is what was said of it: leave or presence before absence, and the first word before the second. A school
    day of which nothing was said is one of presence when that was ever inferred of it."""

    said: dict[int, MarkKind] = field(default_factory=dict)
    inferred: set[int] = field(default_factory=set)

    def hear(self, said: dict[int, MarkKind], inferred: set[int]) -> None:
        for number, kind in sorted(said.items()):
            if self.said.get(number, MarkKind.UNEXCUSED) is MarkKind.UNEXCUSED:
                self.said[number] = kind
        self.inferred |= {number for number in inferred if CALENDAR.has_school(day(number))}

    def days(self) -> list[tuple[int, MarkKind]]:
        presumed = dict.fromkeys(self.inferred - set(self.said), MarkKind.PRESENT)
        return sorted((presumed | self.said).items())

    @property
    def absent_since(self) -> date | None:
        since = None
        for number, kind in self.days():
            since = (since or day(number)) if kind is MarkKind.UNEXCUSED else None
        return since

    @property
    def attendance(self) -> Attendance:
        if self.absent_since:
            return Attendance.ABSENT_UNEXCUSED
        last = max(self.days(), default=(0, MarkKind.PRESENT))
        return Attendance.ON_APPROVED_LEAVE if last[1].is_leave else Attendance.IN_SCHOOL


def told(child: Child, row: Row | None, said: dict[int, MarkKind], inferred: set[int]) -> tuple[Child, Row | None]:
    """One sheet; with an absence comes what was inferred before of later days, as an import tells it."""
    marks = [Mark(day=day(number), kind=kind) for number, kind in said.items()]
    marks += [Mark(day=day(number), kind=MarkKind.PRESENT, inferred=True) for number in inferred]
    for event in book(child, RecordAttendance(child_id=CHILD, marks=tuple(marks)), TODAY):
        child, row = CHILDREN.evolve(child, event), apply(row, event, RECORDED)
    return child, row


@for_all(SHEETS)
@settings(max_examples=500, deadline=None)
def test_what_is_said_decides_and_what_is_inferred_fills_the_rest(sheets: list[dict[str, object]]) -> None:
    child, row, model = CHILDREN.initial(CHILD), None, Model()
    for event in (registered(), enrolled()):
        child, row = CHILDREN.evolve(child, event), apply(row, event, RECORDED)
    for sheet in sheets:
        said: dict[int, MarkKind] = dict(sheet["said"])  # type: ignore[call-overload]
        inferred: set[int] = set(sheet["inferred"])  # type: ignore[call-overload]
        model.hear(said, inferred)
        child, row = told(child, row, said, inferred | model.inferred if said else inferred)
        assert (child.absent_since, child.attendance) == (model.absent_since, model.attendance)
        assert row is not None
        assert row["absent_since"] == (child.absent_since.isoformat() if child.absent_since else None)
        assert row["status"] == child.attendance


def given_marks(*sheets: tuple[int, int, MarkKind]) -> Child:
    """A pupil after sheets, each with a run of days of one kind, in the order in which they come."""
    child = CHILDREN.initial(CHILD)
    for event in (registered(), enrolled()):
        child = CHILDREN.evolve(child, event)
    for first, last, kind in sheets:
        days = [number for number in range(first, last + 1) if CALENDAR.has_school(day(number))]
        child, _ = told(child, None, dict.fromkeys(days, kind), set()) if days else (child, None)
    return child


def test_a_day_of_leave_hides_nothing_that_was_missed_before_it() -> None:
    leave_first = given_marks((11, 11, MarkKind.SICK), (0, 9, MarkKind.UNEXCUSED))
    leave_last = given_marks((0, 9, MarkKind.UNEXCUSED), (11, 11, MarkKind.SICK))
    assert leave_first.spell.said == leave_last.spell.said != ()
    assert long_enough(CALENDAR, leave_first.spell, 7, TODAY.today) == day(0)
    assert leave_first.attendance is leave_last.attendance is Attendance.ON_APPROVED_LEAVE


def test_who_is_known_to_have_come_is_not_missing_by_what_is_entered_later() -> None:
    child = given_marks((0, 9, MarkKind.UNEXCUSED), (11, 11, MarkKind.SICK), (12, 13, MarkKind.PRESENT))
    assert long_enough(CALENDAR, child.spell, 7, TODAY.today) is None


def test_short_runs_parted_by_leave_are_not_added_up() -> None:
    child = given_marks((0, 3, MarkKind.UNEXCUSED), (4, 4, MarkKind.SICK), (5, 8, MarkKind.UNEXCUSED))
    assert long_enough(CALENDAR, child.spell, 7, day(9)) is None
