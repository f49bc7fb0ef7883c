"""The net flow of a school year, pupil by pupil (两基口径). B-11 of the official rules.

Net flow = (休学 + 退学 + 死亡 + 转出 + 其他减少) - (转入 + 其他增加), by the school's pupils at the start of the year.
A pupil who is off the roll leaves it no second time, one on the starting roster does not come in before it, and new
intake and graduates count on neither side.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from services.registry.movements.kinds import Kind, Way, movements
from shared.calendar.terms import SchoolYear
from shared.kernel.ledgers import Row


@dataclass(frozen=True, slots=True, kw_only=True)
class Start:
    """Whom the frozen rosters of a term found at which school, and when each school's was taken."""

    school_of: Mapping[str, str]
    taken_on: Mapping[str, date]


@dataclass(frozen=True, slots=True, kw_only=True)
class Flow:
    """One change of a school's roll: `change` is 1 or -1, `number` that of the movement in the row's list."""

    number: int
    school: str
    change: int
    bucket: str


def flows_of(row: Row, year: SchoolYear, start: Start) -> list[Flow]:
    """What the child's movements of the year changed at the schools whose start is known.

    The roll on which the child stands is a school's code, empty when it is off every roll, None as long as none is
    known: such a child can come in, but not go.
    """
    found: list[Flow] = []
    roll = start.school_of.get(row["_id"])
    first, last = year.first_day.isoformat(), year.last_day.isoformat()
    for number, move in enumerate(row["moves"]):
        if not first <= move["on"] <= last:
            continue
        kind = movements().kinds[move["kind"]]
        if kind.way is Way.UNDO:
            found, roll = _undone(found, kind, roll)
            continue
        after = _roll_after(kind, roll, move, start)
        if after != roll:
            found += _changes(number, kind, move, roll, after)
        roll = after
    return [flow for flow in found if flow.school in start.taken_on]


def net_loss(flows: Iterable[Flow]) -> int:
    return -sum(flow.change for flow in flows)


def _roll_after(kind: Kind, roll: str | None, move: Row, start: Start) -> str | None:
    to = str(move["to"])
    match kind.way:
        case Way.IN if kind.intake and roll is None and _before_the_roster(move, start):
            return None  # sat in class at the start, but without a student file
        case Way.IN:
            return to
        case Way.ACROSS:
            return "" if roll == "" else to
        case Way.OUT:
            return None if roll is None else ""
        case _:
            return roll


def _before_the_roster(move: Row, start: Start) -> bool:
    taken = start.taken_on.get(move["to"])
    return taken is not None and move["on"] <= taken.isoformat()


def _changes(number: int, kind: Kind, move: Row, roll: str | None, after: str | None) -> list[Flow]:
    changes = []
    if roll and kind.loss:
        changes.append(Flow(number=number, school=roll, change=-1, bucket=kind.loss))
    is_intake = kind.intake and move["grade"] in movements().first_grades
    if after and kind.gain and not is_intake and (not roll or kind.way is Way.ACROSS):
        changes.append(Flow(number=number, school=after, change=1, bucket=kind.gain))
    return changes


def _undone(found: list[Flow], kind: Kind, roll: str | None) -> tuple[list[Flow], str | None]:
    """Without the last loss of this kind, and the roll on which the child stood before it."""
    for place in range(len(found) - 1, -1, -1):
        if found[place].bucket == kind.loss:
            return found[:place] + found[place + 1 :], found[place].school
    return found, roll
