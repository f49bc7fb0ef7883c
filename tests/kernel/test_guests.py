"""Events of other streams that a ledger takes in: they say something of a row, and neither make one nor move it."""

from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from shared.calendar.zone import start_of_local_day
from shared.kernel.caller import Place
from shared.kernel.ledgers import Ledger, Row
from shared.kernel.recorded import Recorded
from shared.kernel.rows import next_row

HOME, ELSEWHERE = Place("349921101201", "2134000001"), Place("349921102", "2134000002")


@dataclass(frozen=True, slots=True, kw_only=True)
class Registered:
    TYPE: ClassVar[str] = "toys.registered.v1"
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubted:
    TYPE: ClassVar[str] = "toys.doubted.v1"
    doubt: str


def apply(row: Row | None, event: Any, _: Recorded) -> Row:
    told = {"name": event.name} if isinstance(event, Registered) else {"doubt": event.doubt}
    return (row or {}) | told


TOYS = Ledger(
    name="toys",
    source="toys",
    events=frozenset({Registered, Doubted}),
    apply=apply,
    guests=frozenset({Doubted}),
)


def told(event: Any, place: Place, position: int) -> Recorded:
    return Recorded(
        service="toys",
        partition=0,
        position=position,
        stream="toy-t1",
        version=position,
        type=event.TYPE,
        key="t1",
        time=start_of_local_day(date(2026, 11, 20)),
        actor="u1",
        place=place,
        correlation="k1",
        causation="",
        occurred_on=date(2026, 11, 20),
        data={},
    )


def test_a_guest_makes_no_row() -> None:
    doubted = Doubted(doubt="twice")
    assert next_row(TOYS, "t1", None, doubted, told(doubted, ELSEWHERE, 1)) is None


def test_a_guest_changes_a_row_and_leaves_it_where_it_is() -> None:
    registered, doubted = Registered(name="陀螺"), Doubted(doubt="twice")
    row = next_row(TOYS, "t1", None, registered, told(registered, HOME, 1))
    after = next_row(TOYS, "t1", row, doubted, told(doubted, ELSEWHERE, 2))
    assert after == {
        "_id": "t1",
        "division": HOME.division,
        "school": HOME.school,
        "at": "toys/0/2",
        "name": "陀螺",
        "doubt": "twice",
    }


def test_an_event_of_its_own_stream_takes_the_row_along() -> None:
    first, moved = Registered(name="陀螺"), Registered(name="风筝")
    row = next_row(TOYS, "t1", None, first, told(first, HOME, 1))
    after = next_row(TOYS, "t1", row, moved, told(moved, ELSEWHERE, 2))
    assert after is not None
    assert (after["division"], after["school"]) == (ELSEWHERE.division, ELSEWHERE.school)
