"""A leading group as decisions see it, and who is put into it. Rules 7-09, 10-02 and 11-02."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import ClassVar, assert_never

from services.registry.organisations.departments import bureau
from services.registry.organisations.events import GroupPostEvent, LeadingPostFilled, LeadingPostVacated, Seat
from services.registry.organisations.posts import Level, Post, Seating, posts
from services.registry.organisations.refusals import OwnerUnknown, PostUnknown, SeatEmpty, SeatUnclear
from shared.kernel.aggregates import Aggregate
from shared.kernel.caller import Place
from shared.kernel.commands import Context
from shared.kernel.refusals import DateBefore, DateInFuture

LEVEL_BY_LENGTH = {6: Level.COUNTY, 9: Level.TOWNSHIP, 10: Level.SCHOOL}
"""Codes of counties and townships are 6 and 9 digits long, those of schools 10."""

NAMED_BY: Mapping[Seating, tuple[frozenset[str], str, str]] = {
    Seating.ONE: (frozenset(), "post", "职务"),
    Seating.DEPARTMENT: (frozenset({"department"}), "department", "股室代码"),
    Seating.GRADE: (frozenset({"grade"}), "grade", "年级"),
    Seating.CLASS: (frozenset({"grade", "class_no"}), "class_no", "年级和班级"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class FillPost:
    """`owner_name` and `division` are filled in by the handler."""

    NAME: ClassVar[str] = "registry.fill-leading-post"
    owner: str
    seat: Seat
    name: str
    filled_on: date
    owner_name: str = ""
    division: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class VacatePost:
    NAME: ClassVar[str] = "registry.vacate-leading-post"
    owner: str
    seat: Seat
    reason: str
    vacated_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class LeadingGroup:
    """`held`: who holds each seat, by its key, and since when."""

    owner: str
    division: str = ""
    held: Mapping[str, tuple[str, date]] = field(default_factory=dict)


def level_of(owner: str) -> Level:
    """Raises OwnerUnknown."""
    if not owner.isdigit() or len(owner) not in LEVEL_BY_LENGTH:
        raise OwnerUnknown()
    return LEVEL_BY_LENGTH[len(owner)]


def fill_post(group: LeadingGroup, command: FillPost, context: Context) -> list[LeadingPostFilled]:
    """The same person in the same seat again changes nothing."""
    level = level_of(command.owner)
    _check_seat(level, command.seat)
    if command.filled_on > context.today:
        raise DateInFuture("filled_on")
    holder = group.held.get(command.seat.key)
    if holder is not None and holder[0] == command.name:
        return []
    if holder is not None and command.filled_on < holder[1]:
        raise DateBefore("filled_on", "现任的任职日期", "the present holder's first day", holder[1])
    return [
        LeadingPostFilled(
            owner=command.owner,
            owner_name=command.owner_name,
            level=level,
            division=command.division,
            seat=command.seat,
            name=command.name,
            filled_on=command.filled_on,
        )
    ]


def vacate_post(group: LeadingGroup, command: VacatePost, context: Context) -> list[LeadingPostVacated]:
    post = _check_seat(level_of(command.owner), command.seat)
    if command.vacated_on > context.today:
        raise DateInFuture("vacated_on")
    holder = group.held.get(command.seat.key)
    if holder is None:
        raise SeatEmpty(post.label)
    if command.vacated_on < holder[1]:
        raise DateBefore("vacated_on", "任职日期", "the holder's first day", holder[1])
    return [
        LeadingPostVacated(
            owner=command.owner, seat=command.seat, reason=command.reason, vacated_on=command.vacated_on
        )
    ]


def _check_seat(level: Level, seat: Seat) -> Post:
    post = posts().named(seat.post, level)
    if post is None:
        raise PostUnknown([each.label for each in posts().of(level)])
    named = {name for name in ("department", "grade", "class_no") if getattr(seat, name)}
    needed, told_by, words = NAMED_BY[post.seat]
    if named != needed or (seat.department and seat.department not in bureau().department):
        raise SeatUnclear(post.label, told_by, words)
    return post


def evolve(group: LeadingGroup, event: GroupPostEvent) -> LeadingGroup:
    match event:
        case LeadingPostFilled(seat=seat):
            held = {**group.held, seat.key: (event.name, event.filled_on)}
            return replace(group, division=event.division, held=held)
        case LeadingPostVacated(seat=seat):
            return replace(group, held={key: who for key, who in group.held.items() if key != seat.key})
        case _:
            assert_never(event)


def _place(group: LeadingGroup) -> Place:
    at_school = group.division != group.owner
    return Place(group.division, group.owner if at_school else "")


GROUPS: Aggregate[LeadingGroup] = Aggregate(
    category="leading-group", initial=lambda id_: LeadingGroup(owner=id_), evolve=evolve, place=_place
)
