"""The handlers of the leading groups: a school's own is where the school is."""

from collections.abc import Sequence
from dataclasses import replace

from services.registry.children.ids import SchoolCode
from services.registry.organisations.groups import (
    GROUPS,
    FillPost,
    VacatePost,
    fill_post,
    level_of,
    vacate_post,
)
from services.registry.organisations.posts import Level, posts
from services.registry.organisations.refusals import OwnerUnknown
from services.registry.schools.schools import SCHOOLS, School
from shared.kernel.aggregates import Ref
from shared.kernel.caller import Place
from shared.kernel.commands import Context, Handler
from shared.kernel.refusals import NotFound
from shared.kernel.unit_of_work import UnitOfWork

Order = FillPost | VacatePost


def group_handlers(roles: frozenset[str]) -> list[Handler]:
    return [Handler(FillPost, _touches, _fill, roles), Handler(VacatePost, _touches, _vacate, roles)]


def _touches(order: Order) -> Sequence[Ref]:
    return (GROUPS.ref(order.owner),)


def _fill(work: UnitOfWork, order: FillPost, context: Context) -> None:
    name, division = _owner(work, order.owner, context)
    ref = GROUPS.ref(order.owner)
    work.append(ref, fill_post(work.load(ref), replace(order, owner_name=name, division=division), context))


def _vacate(work: UnitOfWork, order: VacatePost, context: Context) -> None:
    _owner(work, order.owner, context)
    ref = GROUPS.ref(order.owner)
    work.append(ref, vacate_post(work.load(ref), order, context))


def _owner(work: UnitOfWork, owner: str, context: Context) -> tuple[str, str]:
    """Name and division of a group's owner. Raises OwnerUnknown, and NotFound outside the caller's scope."""
    level = level_of(owner)
    if level is not Level.SCHOOL:
        if not context.caller.scope.covers(Place(owner)):
            raise NotFound(owner)
        return posts().level[level], owner
    school: School = work.load(SCHOOLS.ref(SchoolCode(owner)))
    if school.known is None:
        raise OwnerUnknown()
    return school.known.name, school.known.division
