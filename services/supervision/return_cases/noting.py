"""Taking in what registry and visits say. Nothing is refused, and nothing depends on which of the two came first."""

from collections.abc import Mapping, Sequence

from services.supervision.obligations.duties import VISITS, Duty
from services.supervision.obligations.events import ObligationMet, ObligationMissed
from services.supervision.obligations.raising import raise_duty
from services.supervision.policy import Terms
from services.supervision.return_cases.commands import (
    MissObligation,
    NoteAttempt,
    NoteCheck,
    NoteChecksPlanned,
    NoteDropout,
    NoteHouseholdVisit,
    NoteReturn,
    NoteStabilised,
    NoteTeam,
    OpenCase,
)
from services.supervision.return_cases.cycle import CaseEvent, Cycle
from services.supervision.return_cases.events import (
    AttemptNoted,
    CaseOpened,
    CasePersuading,
    CaseReopened,
    CaseStabilised,
    CaseTeamNoted,
    CaseVerifying,
    HouseholdVisitNoted,
    StabilityCheckNoted,
    StabilityChecksPlanned,
    Trigger,
)
from services.supervision.return_cases.state import Case
from services.supervision.return_cases.stopping import stop_clocks
from services.supervision.return_notices.events import StopReason
from shared.kernel.commands import Context

_OF_A_PUPIL = (Duty.HOUSEHOLD_VISIT, Duty.REPORT_SUSPECTED)
OWED_AT_ONCE: Mapping[Trigger, Sequence[Duty]] = {
    Trigger.SUSPICION: _OF_A_PUPIL,
    Trigger.RELAPSE: _OF_A_PUPIL,
    Trigger.OUT_OF_SCHOOL: (Duty.OUT_OF_SCHOOL_VISIT,),  # no school has it that could report
}


def open_case(case: Case, command: OpenCase, _: Context, *, terms: Terms) -> list[CaseEvent]:
    """Open the case, or its next cycle; the visit and the report are due from the day of the suspicion."""
    cycle = case.cycle(command.cycle)
    if cycle.begun:
        return []
    previous = case.current
    events: list[CaseEvent] = []
    if previous:
        events += stop_clocks(case.id, previous, command.opened_on, StopReason.REOPENED)
    events.append(_opened(command, previous))
    duties = OWED_AT_ONCE[command.trigger]
    events += [raise_duty(case.id, command.cycle, duty, command.opened_on, terms) for duty in duties]
    if cycle.visits:  # the visit's record came first
        events += [_visited(duty, cycle.visits[0]) for duty in duties if duty in VISITS]
    return events


def note_team(case: Case, command: NoteTeam, _: Context) -> list[CaseEvent]:
    team = CaseTeamNoted(
        child_id=case.id,
        cycle=command.cycle,
        teacher=command.teacher,
        village_cadre=command.village_cadre,
        guardian=command.guardian,
    )
    return [] if case.cycle(command.cycle).team == team else [team]


def note_attempt(case: Case, command: NoteAttempt, _: Context) -> list[CaseEvent]:
    known = {attempt.attempt_no for attempt in case.cycle(command.cycle).attempts}
    if command.attempt_no in known:
        return []
    return [
        AttemptNoted(
            child_id=case.id,
            cycle=command.cycle,
            attempt_no=command.attempt_no,
            method=command.method,
            attempted_on=command.attempted_on,
            result=command.result,
        )
    ]


def note_household_visit(case: Case, command: NoteHouseholdVisit, _: Context) -> list[CaseEvent]:
    cycle = case.cycle(command.cycle)
    if any(visit.visit_id == command.visit_id for visit in cycle.visits):
        return []
    noted = HouseholdVisitNoted(
        child_id=case.id,
        cycle=command.cycle,
        visit_id=command.visit_id,
        visited_on=command.visited_on,
        entered_on=command.entered_on,
        cause=command.cause,
        result=command.result,
    )
    owed = [each.duty for each in cycle.obligations if each.duty in VISITS and each.met_on is None]
    return [noted, *(_visited(duty, noted) for duty in owed)]


def note_dropout(case: Case, command: NoteDropout, _: Context, *, terms: Terms) -> list[CaseEvent]:
    """Persuasion by the team begins, and the school owes a written report."""
    cycle = case.cycle(command.cycle)
    if cycle.dropout or not cycle.away:
        return []
    persuading = CasePersuading(
        child_id=case.id, cycle=cycle.number, confirmed_on=command.confirmed_on, cause=command.cause
    )
    raised = raise_duty(case.id, cycle.number, Duty.REPORT_DROPOUT, command.confirmed_on, terms)
    return [persuading, raised]


def note_return(case: Case, command: NoteReturn, _: Context) -> list[CaseEvent]:
    """The child's return stops every clock of the cycle."""
    cycle = case.cycle(command.cycle)
    if not cycle.open or cycle.returned:
        return []
    verifying = CaseVerifying(
        child_id=case.id,
        cycle=cycle.number,
        returned_on=command.returned_on,
        return_event=command.return_event,
    )
    return [verifying, *stop_clocks(case.id, cycle, command.returned_on, StopReason.RETURNED)]


def note_checks_planned(case: Case, command: NoteChecksPlanned, _: Context) -> list[StabilityChecksPlanned]:
    if case.cycle(command.cycle).checks_planned == command.planned:
        return []
    return [StabilityChecksPlanned(child_id=case.id, cycle=command.cycle, planned=command.planned)]


def note_check(case: Case, command: NoteCheck, _: Context) -> list[StabilityCheckNoted]:
    if any(each.check_no == command.check_no for each in case.cycle(command.cycle).checks):
        return []
    return [
        StabilityCheckNoted(
            child_id=case.id,
            cycle=command.cycle,
            check_no=command.check_no,
            checked_on=command.checked_on,
            finding=command.finding,
            fact=command.fact,
        )
    ]


def note_stabilised(case: Case, command: NoteStabilised, _: Context) -> list[CaseEvent]:
    cycle = case.cycle(command.cycle)
    if cycle.returned is None or cycle.stabilised:
        return []
    return [
        CaseStabilised(child_id=case.id, cycle=cycle.number, stabilised_on=command.stabilised_on, fact=command.fact)
    ]


def miss_obligation(case: Case, command: MissObligation, context: Context) -> list[CaseEvent]:
    obligation = case.cycle(command.cycle).obligation(command.duty)
    if obligation is None or not obligation.open or obligation.missed or context.today <= obligation.due_on:
        return []
    return [ObligationMissed(child_id=case.id, cycle=command.cycle, duty=command.duty, due_on=obligation.due_on)]


def _opened(command: OpenCase, previous: Cycle | None) -> CaseOpened | CaseReopened:
    if previous is None:
        return CaseOpened(
            child_id=command.child_id,
            cycle=command.cycle,
            division=command.division,
            school_code=command.school_code,
            absent_since=command.absent_since,
            opened_on=command.opened_on,
            opened_by=command.opened_by,
            poor=command.poor,
            trigger=command.trigger,
        )
    return CaseReopened(
        child_id=command.child_id,
        cycle=command.cycle,
        previous_cycle=previous.number,
        trigger=command.trigger,
        division=command.division,
        school_code=command.school_code,
        absent_since=command.absent_since,
        opened_on=command.opened_on,
        opened_by=command.opened_by,
        poor=command.poor,
    )


def _visited(duty: Duty, visit: HouseholdVisitNoted) -> ObligationMet:
    return ObligationMet(
        child_id=visit.child_id, cycle=visit.cycle, duty=duty, met_on=visit.visited_on, entered_on=visit.entered_on
    )
