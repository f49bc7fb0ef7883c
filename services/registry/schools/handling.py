"""The handlers that look at two schools, and the one that moves the pupils of a closed one, step by step."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from operator import attrgetter
from typing import ClassVar

from services.registry.children.ids import SchoolCode
from services.registry.children.state import CHILDREN
from services.registry.ledgers.children import CHILDREN_LEDGER
from services.registry.policy import SchoolPolicy
from services.registry.schools.closing import (
    EndSchool,
    RestoreSchool,
    SetBoardingPlaces,
    end_school,
    restore_school,
    set_boarding_places,
)
from services.registry.schools.events import PupilsMoved
from services.registry.schools.pupils import assign_receiving_school, pupils_left
from services.registry.schools.schools import SCHOOLS, Closing, RegisterSchool, School, register_school
from shared.kernel.aggregates import Ref
from shared.kernel.commands import Context, Handler, decides
from shared.kernel.unit_of_work import UnitOfWork

school_of = attrgetter("school_code")


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveNextPupils:
    """One step of moving the pupils of a school that closed on `closed_on`; `step` counts from 1."""

    NAME: ClassVar[str] = "registry.move-next-pupils"
    school_code: SchoolCode
    closed_on: date
    step: int


def school_handlers(policy: SchoolPolicy, county: frozenset[str]) -> list[Handler]:
    return [
        decides(RegisterSchool, SCHOOLS, school_of, register_school, county),
        decides(RestoreSchool, SCHOOLS, school_of, restore_school, county),
        decides(SetBoardingPlaces, SCHOOLS, school_of, set_boarding_places, county),
        Handler(EndSchool, _both_schools, _end, county),
        Handler(
            MoveNextPupils,
            lambda command: (SCHOOLS.ref(command.school_code),),
            partial(_move_next, policy.pupils_moved_at_once),
            frozenset(),
        ),
    ]


def _both_schools(command: EndSchool) -> Sequence[Ref]:
    return SCHOOLS.ref(command.school_code), SCHOOLS.ref(command.receiving_school_code)


def _end(work: UnitOfWork, command: EndSchool, _: Context) -> None:
    ref, receiving_ref = _both_schools(command)
    receiving: School = work.load(receiving_ref)
    others = pupils_left(command.school_code) | {"grade": {"$nin": list(receiving.grades)}}
    grades = [row["grade"] for row in work.rows_after(CHILDREN_LEDGER, others, "", 1)]
    work.append(ref, end_school(work.load(ref), command, receiving, grades))


def _move_next(at_once: int, work: UnitOfWork, command: MoveNextPupils, context: Context) -> None:
    """A pupil who was moved is no longer found, so each step begins at the beginning.

    The chain ends with a step that finds nobody: it also catches whoever was entered while the closing was recorded.
    """
    ref = SCHOOLS.ref(command.school_code)
    school: School = work.load(ref)
    closing = school.closing
    if closing is None or (closing.closed_on, school.steps + 1) != (command.closed_on, command.step):
        return  # restored, or this step was taken already
    receiving = _open_school(work, closing, context.today)
    moved = _move(work, school, closing, receiving, at_once)
    step = PupilsMoved(
        school_code=school.code,
        receiving_school_code=receiving.code,
        closed_on=closing.closed_on,
        step=command.step,
        pupils=moved,
        finished=moved == 0,
    )
    work.append(ref, [step])


def _move(work: UnitOfWork, school: School, closing: Closing, receiving: School, at_once: int) -> int:
    rows = work.rows_after(CHILDREN_LEDGER, pupils_left(school.code), "", at_once)
    children = [CHILDREN.ref(row["_id"]) for row in rows]
    work.preload(children)
    moved = 0
    for child in children:
        events = assign_receiving_school(work.load(child), school, closing, receiving)
        work.append(child, events)
        moved += len(events)
    return moved


def _open_school(work: UnitOfWork, closing: Closing, today: date) -> School:
    """The receiving school, or, when that one has closed in its turn, the one that receives its pupils.

    Ends: a school that closes names one that is open then, so every next closing is a later one.
    """
    receiving: School = work.load(SCHOOLS.ref(closing.receiving_school_code))
    while receiving.closing is not None and receiving.closing.closed_on <= today:
        receiving = work.load(SCHOOLS.ref(receiving.closing.receiving_school_code))
    return receiving
