"""Enrolling looks at two streams: the school gives its name, the child's file is appended to."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from services.registry.children.child import Child
from services.registry.children.files import EnrolChild, RegisterPupil
from services.registry.children.state import CHILDREN
from services.registry.entering.decisions import IssueEnrolmentNotice
from services.registry.leaving.decisions import CompletePrimary
from services.registry.ledgers.schools import SCHOOLS_LEDGER
from services.registry.schools.kinds import GRADES_TAUGHT, SchoolKind
from services.registry.schools.refusals import GradeNotTaught, SchoolNotRegistered
from services.registry.schools.schools import SCHOOLS, name_for_grade
from shared.kernel.aggregates import Ref
from shared.kernel.commands import Context, Handler
from shared.kernel.unit_of_work import UnitOfWork

Enrolling = EnrolChild | RegisterPupil


def enrols(
    command: type[Enrolling], decide: Callable[[Child, Any, Context], Sequence[Any]], roles: frozenset[str]
) -> Handler:
    """A handler that fills in the school's name. Raises SchoolNotRegistered, SchoolNoLongerOpen or GradeNotTaught
    before anything is decided.

    The caller answers for the school. A child that no school has, or that has finished primary school, need not lie
    in the caller's scope before it comes: nobody else could enrol it. Any other child must.
    """

    def handle(work: UnitOfWork, order: Enrolling, context: Context) -> None:
        child, school = _touches(order)
        named = _named(order, name_for_grade(work.load(school), _place(order).grade, context.today))
        work.append(child, decide(_expected(work, child), named, context))

    return Handler(command, _touches, handle, roles)


def _expected(work: UnitOfWork, ref: Ref) -> Child:
    """Raises NotFound for another school's pupil outside the caller's scope."""
    child: Child = work.load_anywhere(ref)
    if child.enrolment is not None and child.next_school is None:
        work.load(ref)
    return child


def completes_primary(decide: Callable[[Child, Any, Context], Sequence[Any]], roles: frozenset[str]) -> Handler:
    """A handler that fills in the next school's name. Raises SchoolNotRegistered, and GradeNotTaught where the child's
    next grade is none of that school's.

    The next school may lie outside the caller's part of the county: it is read by its number and only told its name.
    """

    def handle(work: UnitOfWork, order: CompletePrimary, context: Context) -> None:
        ref = CHILDREN.ref(order.child_id)
        child = work.load(ref)
        school = work.row(SCHOOLS_LEDGER, order.next_school_code)
        if school is None:
            raise SchoolNotRegistered()
        events = decide(child, replace(order, next_school_name=school["name"]), context)
        following = child.enrolment.grade + 1 if child.enrolment else 0
        if events and following not in GRADES_TAUGHT[SchoolKind(school["kind"])]:
            raise GradeNotTaught(school["name"], following)
        work.append(ref, events)

    return Handler(CompletePrimary, lambda order: (CHILDREN.ref(order.child_id),), handle, roles)


def notifies(decide: Callable[[Child, Any, Context], Sequence[Any]], roles: frozenset[str]) -> Handler:
    """A handler that fills in the name of the school to which the guardian is to bring the child."""

    def handle(work: UnitOfWork, order: IssueEnrolmentNotice, context: Context) -> None:
        ref = CHILDREN.ref(order.child_id)
        child = work.load(ref)
        school = work.row(SCHOOLS_LEDGER, order.school_code)
        if school is None:
            raise SchoolNotRegistered()
        work.append(ref, decide(child, replace(order, school_name=school["name"]), context))

    return Handler(IssueEnrolmentNotice, lambda order: (CHILDREN.ref(order.child_id),), handle, roles)


def _place(order: Enrolling) -> EnrolChild:
    return order if isinstance(order, EnrolChild) else order.enrolment


def _touches(order: Enrolling) -> Sequence[Ref]:
    enrolment = _place(order)
    return (CHILDREN.ref(enrolment.child_id), SCHOOLS.ref(enrolment.school_code))


def _named(order: Enrolling, name: str) -> Enrolling:
    if isinstance(order, EnrolChild):
        return replace(order, school_name=name)
    return replace(order, enrolment=replace(order.enrolment, school_name=name))
