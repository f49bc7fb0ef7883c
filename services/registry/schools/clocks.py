"""Moving the pupils of a closed school: a chain of due commands, from the day of the closing on.

Each step stores the next one in its own transaction; a worker killed at any point leaves whole steps behind.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from services.registry.children.ids import SchoolCode
from services.registry.schools.events import PupilsMoved, SchoolClosed, SchoolMerged
from services.registry.schools.handling import MoveNextPupils
from shared.calendar.zone import start_of_local_day
from shared.kernel.deadlines import DeadlineChange, SetDeadline
from shared.kernel.recorded import Recorded
from shared.kernel.service import DeadlineRule


def move_first_pupils(event: SchoolMerged | SchoolClosed, recorded: Recorded) -> Sequence[DeadlineChange]:
    due = max(start_of_local_day(event.closed_on), recorded.time)
    return [_move(event.school_code, event.closed_on, 1, due)]


def move_next_pupils(event: PupilsMoved, recorded: Recorded) -> Sequence[DeadlineChange]:
    return [] if event.finished else [_move(event.school_code, event.closed_on, event.step + 1, recorded.time)]


def _move(school: SchoolCode, closed_on: date, step: int, due: datetime) -> SetDeadline:
    command = MoveNextPupils(school_code=school, closed_on=closed_on, step=step)
    return SetDeadline(f"move-pupils:{school}:{closed_on}:{step}", due, command)


SCHOOL_DEADLINES: Mapping[type, DeadlineRule] = {
    SchoolMerged: move_first_pupils,
    SchoolClosed: move_first_pupils,
    PupilsMoved: move_next_pupils,
}
