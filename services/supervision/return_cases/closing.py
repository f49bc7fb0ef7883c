"""Reporting up, and closing a case (销号): one asks with evidence, another approves."""

from datetime import timedelta

from services.supervision.obligations.duties import DUTIES
from services.supervision.obligations.events import ObligationMet
from services.supervision.policy import Terms
from services.supervision.refusals import (
    CaseNotOpen,
    ChildNotSought,
    ClosureNotRequested,
    DateTooEarly,
    EvidenceMissing,
    ObligationNotOpen,
    ReturnEventNotOfThisCase,
    ReturnNotStable,
)
from services.supervision.return_cases.checks import explained, found_in_class
from services.supervision.return_cases.commands import CloseCase, RejectClosure, ReportUp, RequestClosure
from services.supervision.return_cases.cycle import CaseEvent, Cycle
from services.supervision.return_cases.events import CaseClosed, ClosureRejected, ClosureRequested, ReportedUp
from services.supervision.return_cases.grounds import Birth, ground_of
from services.supervision.return_cases.reasons import REQUIRED, ClosureReason
from services.supervision.return_cases.state import Case
from services.supervision.return_cases.stopping import stop_clocks
from services.supervision.return_notices.events import StopReason
from shared.kernel.caller import same_person
from shared.kernel.commands import Context
from shared.kernel.refusals import DateInFuture, SameHandNotAllowed


def open_cycle(case: Case, number: int) -> Cycle:
    """The cycle, which must be the one in hand. Raises CaseNotOpen."""
    cycle = case.cycle(number)
    if not cycle.open:
        raise CaseNotOpen(number)
    return cycle


def current_cycle(case: Case) -> Cycle:
    """The latest cycle, which must be in hand. Raises CaseNotOpen."""
    return open_cycle(case, case.current.number if case.current else 1)


def check_sought(cycle: Cycle) -> None:
    """Raises ChildNotSought: nothing more is asked for, issued or reported of a child for whom nobody need look."""
    if cycle.ended:
        raise ChildNotSought(cycle.ended.because)


def report_up(case: Case, command: ReportUp, context: Context) -> list[CaseEvent]:
    cycle = current_cycle(case)
    check_sought(cycle)
    obligation = cycle.obligation(command.duty)
    if obligation is None or not obligation.open:
        raise ObligationNotOpen(command.duty)
    if command.reported_on > context.today:
        raise DateInFuture("reported_on")
    if command.reported_on < obligation.raised_on:
        raise DateTooEarly("事项产生", obligation.raised_on, "reported_on")
    return [
        ReportedUp(
            child_id=case.id,
            cycle=cycle.number,
            duty=command.duty,
            reported_on=command.reported_on,
            document=command.document,
            recipients=DUTIES[command.duty].recipients,
            reported_by=context.actor,
        ),
        ObligationMet(
            child_id=case.id,
            cycle=cycle.number,
            duty=command.duty,
            met_on=command.reported_on,
            entered_on=context.today,
        ),
    ]


def request_closure(
    case: Case, command: RequestClosure, context: Context, *, birth: Birth | None, terms: Terms
) -> list[CaseEvent]:
    """A later request replaces an earlier one that nobody has approved. It rests on what the registry says by now."""
    cycle = open_cycle(case, command.cycle)
    fact = ground_of(cycle, command.reason, birth, context.today, terms)
    _check_return(cycle, command, context, terms)
    if any(each.dated_on > context.today for each in command.evidence):
        raise DateInFuture("evidence")
    if missing := REQUIRED[command.reason] - {each.kind for each in command.evidence}:
        raise EvidenceMissing(command.reason, missing)
    stable = command.reason is ClosureReason.RETURNED_STABLE
    unchecked, because = explained(cycle, command.unchecked_because) if stable else ((), "")
    return [
        ClosureRequested(
            child_id=case.id,
            cycle=cycle.number,
            reason=command.reason,
            evidence=command.evidence,
            return_event=command.return_event,
            fact=fact,
            checks=found_in_class(cycle) if stable else (),
            missing_checks=unchecked,
            unchecked_because=because,
            requested_on=context.today,
            requested_by=context.actor,
        )
    ]


def _check_return(cycle: Cycle, command: RequestClosure, context: Context, terms: Terms) -> None:
    expected = None
    if command.reason is ClosureReason.RETURNED_STABLE and cycle.returned:
        days = terms.policy.stable_days
        if context.today < cycle.returned.returned_on + timedelta(days=days):
            raise ReturnNotStable(days)
        expected = cycle.returned.return_event
    if command.return_event != expected:
        raise ReturnEventNotOfThisCase()


def reject_closure(case: Case, command: RejectClosure, context: Context) -> list[ClosureRejected]:
    """Whoever might approve the request may send it back instead, with the ground."""
    request = open_cycle(case, command.cycle).request
    if request is None:
        raise ClosureNotRequested()
    if same_person(context.actor, request.requested_by):
        raise SameHandNotAllowed("销号申请", "销号审批")
    return [
        ClosureRejected(
            child_id=case.id,
            cycle=command.cycle,
            ground=command.ground,
            requested_by=request.requested_by,
            rejected_on=context.today,
            rejected_by=context.actor,
        )
    ]


def close_case(
    case: Case, command: CloseCase, context: Context, *, birth: Birth | None, terms: Terms
) -> list[CaseEvent]:
    """What was asked for was checked then; only the ground must still hold.

    A relapse since has begun another cycle, which was not asked about.
    """
    cycle = open_cycle(case, command.cycle)
    request = cycle.request
    if request is None:
        raise ClosureNotRequested()
    if same_person(context.actor, request.requested_by):
        raise SameHandNotAllowed("销号申请", "销号审批")
    if cycle.begun and same_person(context.actor, cycle.begun.opened_by):
        raise SameHandNotAllowed("立案", "销号审批")
    fact = ground_of(cycle, request.reason, birth, context.today, terms)
    closed = CaseClosed(
        child_id=case.id,
        cycle=cycle.number,
        reason=request.reason,
        evidence=request.evidence,
        return_event=request.return_event,
        fact=fact,
        missing_checks=request.missing_checks,
        unchecked_because=request.unchecked_because,
        requested_by=request.requested_by,
        closed_on=context.today,
        closed_by=context.actor,
    )
    return [closed, *stop_clocks(case.id, cycle, context.today, StopReason.CASE_CLOSED)]
