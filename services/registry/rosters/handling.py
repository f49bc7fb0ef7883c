"""The handlers of a term's roster: school, roster and today's pupils are read in one transaction."""

from collections.abc import Callable, Sequence
from typing import Any

from services.registry.children.names import is_called
from services.registry.ledgers.children import CHILDREN_LEDGER
from services.registry.rosters.decisions import (
    CheckHeadcount,
    CountClass,
    SignOffHeadcount,
    TakeRosterSnapshot,
    check_headcount,
    count_class,
    sign_off,
    take_snapshot,
)
from services.registry.rosters.refusals import DifferenceNotSoNamed, TermNotRunning
from services.registry.rosters.roster import ROSTERS, Registered, Roster, registered_at, roster_id
from services.registry.schools.schools import SCHOOLS, School, name_of
from shared.calendar import CalendarInForce, TermCalendar
from shared.kernel.aggregates import Ref
from shared.kernel.caller import SYSTEM_ROLE
from shared.kernel.commands import Context, Handler
from shared.kernel.unit_of_work import UnitOfWork

OfTerm = TakeRosterSnapshot | CountClass | SignOffHeadcount | CheckHeadcount
Decide = Callable[[Roster, Registered, str, Any, Context], Sequence[Any]]


def roster_handlers(
    calendar: CalendarInForce, school_office: frozenset[str], teachers: frozenset[str], system: frozenset[str]
) -> list[Handler]:
    def snapshot(roster: Roster, pupils: Registered, division: str, _: OfTerm, context: Context) -> Sequence[Any]:
        return take_snapshot(roster, pupils, division, context)

    def check(roster: Roster, pupils: Registered, division: str, _: OfTerm, context: Context) -> Sequence[Any]:
        return check_headcount(roster, pupils, division, context)

    return [
        _handler(calendar, TakeRosterSnapshot, snapshot, school_office),
        _handler(calendar, CountClass, count_class, teachers),
        _handler(calendar, SignOffHeadcount, sign_off, school_office),
        _handler(calendar, CheckHeadcount, check, system),
    ]


def _handler(calendar: CalendarInForce, command: type[OfTerm], decide: Decide, roles: frozenset[str]) -> Handler:
    """Raises SchoolNotRegistered, TermNotRunning, and NotFound for a school outside the caller's scope."""

    def handle(work: UnitOfWork, order: OfTerm, context: Context) -> None:
        _check_term(calendar().terms, order, context)
        roster, school_ref = _touches(order)
        school: School = work.load(school_ref)
        name_of(school)
        division = school.known.division if school.known else ""
        if isinstance(order, TakeRosterSnapshot) and school.is_closed_on(context.today):
            return  # nobody is left to be counted; a restoration starts the terms again
        state: Roster = work.load(roster)
        if isinstance(order, CheckHeadcount) and state.signed is None:
            return  # nothing to compare: the pupils need not be read
        if isinstance(order, CountClass):
            _check_names(work, order)
        registered = registered_at(work, order.school_code)
        work.append(roster, decide(state, registered, division, order, context))

    return Handler(command, _touches, handle, roles)


def _check_names(work: UnitOfWork, order: CountClass) -> None:
    """Raises DifferenceNotSoNamed, also for an unknown id: nobody learns whose it is."""
    for each in order.differences:
        if each.child_id is not None and each.name:
            row = work.row(CHILDREN_LEDGER, each.child_id)
            if row is None or not is_called(row, each.name):
                raise DifferenceNotSoNamed()


def _check_term(terms: TermCalendar, order: OfTerm, context: Context) -> None:
    """What falls due by itself may come late, and then keeps its term."""
    running = terms.term_begun_by(context.today)
    if context.caller.role != SYSTEM_ROLE and order.term != running.id:
        raise TermNotRunning(running.name)


def _touches(order: OfTerm) -> Sequence[Ref]:
    return (ROSTERS.ref(roster_id(order.school_code, order.term)), SCHOOLS.ref(order.school_code))
