"""The one gate that every change of schooling status goes through."""

from collections.abc import Iterable
from datetime import date

from services.registry.children.child import Child
from services.registry.children.refusals import ChildNotRegistered
from services.registry.transitions.catalogue import transitions
from services.registry.transitions.papers import Paper
from services.registry.transitions.refusals import PapersMissing, TransitionNotAllowed
from shared.kernel.commands import Context
from shared.kernel.refusals import DateBefore, DateInFuture


def guard(name: str, child: Child, on: tuple[str, date], papers: Iterable[Paper], context: Context) -> None:
    """Check what all transitions have in common; `on` is the command's date field and its value.

    Raises ChildNotRegistered, DateInFuture, DateBefore (the birth), TransitionNotAllowed or PapersMissing.
    """
    field, day = on
    if not child.registered:
        raise ChildNotRegistered()
    if day > context.today:
        raise DateInFuture(field)
    if day < child.birth_date:
        raise DateBefore(field, "出生日期", "the birth", child.birth_date)
    table = transitions()
    transition = table.transition[name]
    if child.attendance not in transition.from_:
        raise TransitionNotAllowed(transition.label, child.attendance)
    if missing := table.missing(name, papers):
        raise PapersMissing(transition.label, missing)
