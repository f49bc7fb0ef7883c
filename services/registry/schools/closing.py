"""Closing, merging and restoring a school; and its boarding places. Rules 11-20, 11-24."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from services.registry.children.ids import SchoolCode
from services.registry.schools.events import (
    BoardingPlacesSet,
    HandOver,
    SchoolClosed,
    SchoolMerged,
    SchoolRestored,
)
from services.registry.schools.kinds import SchoolStatus
from services.registry.schools.refusals import (
    ReceivingSchoolDoesNotTeach,
    ReceivingSchoolNotOpen,
    SchoolNoLongerOpen,
    SchoolNotClosed,
)
from services.registry.schools.schools import Closing, School, name_of
from shared.kernel.commands import Context
from shared.kernel.refusals import DateBefore, DateInFuture


@dataclass(frozen=True, slots=True, kw_only=True)
class EndSchool:
    """Close a school or merge it into another (`how`). `closed_on`, the first day without it, may lie ahead."""

    NAME: ClassVar[str] = "registry.end-school"
    school_code: SchoolCode
    how: SchoolStatus
    receiving_school_code: SchoolCode
    closed_on: date
    hand_over: HandOver


@dataclass(frozen=True, slots=True, kw_only=True)
class RestoreSchool:
    """Open a closed school again, or take back a closing that lies ahead. `need`: why it is wanted again."""

    NAME: ClassVar[str] = "registry.restore-school"
    school_code: SchoolCode
    need: str
    restored_on: date
    hand_over: HandOver


@dataclass(frozen=True, slots=True, kw_only=True)
class SetBoardingPlaces:
    NAME: ClassVar[str] = "registry.set-boarding-places"
    school_code: SchoolCode
    places: int
    set_on: date


def end_school(school: School, command: EndSchool, receiving: School, grades: Sequence[int]) -> list[Closing]:
    """`grades`: those in which the school has pupils and the receiving school has none to teach."""
    name_of(school)
    name = name_of(receiving, "receiving_school_code")
    event = _ended(command, name)
    if school.closing is not None:
        if school.closing == event:
            return []
        raise SchoolNoLongerOpen(school.closing.closed_on, school.closing.receiving_school_name)
    if receiving.closing is not None or receiving.code == school.code:
        raise ReceivingSchoolNotOpen(name)
    if grades:
        raise ReceivingSchoolDoesNotTeach(name, grades[0])
    return [event]


def _ended(command: EndSchool, receiving_name: str) -> Closing:
    kind = SchoolMerged if command.how is SchoolStatus.MERGED else SchoolClosed
    return kind(
        school_code=command.school_code,
        receiving_school_code=command.receiving_school_code,
        receiving_school_name=receiving_name,
        closed_on=command.closed_on,
        hand_over=command.hand_over,
    )


def restore_school(school: School, command: RestoreSchool, context: Context) -> list[SchoolRestored]:
    name_of(school)
    if school.closing is None:
        raise SchoolNotClosed()
    if command.restored_on > context.today:
        raise DateInFuture("restored_on")
    if school.is_closed_on(context.today) and command.restored_on < school.closing.closed_on:
        raise DateBefore("restored_on", "撤并日期", "the closing", school.closing.closed_on)
    return [
        SchoolRestored(
            school_code=school.code,
            need=command.need,
            hand_over=command.hand_over,
            restored_on=command.restored_on,
        )
    ]


def set_boarding_places(school: School, command: SetBoardingPlaces, context: Context) -> list[BoardingPlacesSet]:
    name_of(school)
    if command.set_on > context.today:
        raise DateInFuture("set_on")
    if command.places == school.boarding_places:
        return []
    return [BoardingPlacesSet(school_code=school.code, places=command.places, set_on=command.set_on)]
