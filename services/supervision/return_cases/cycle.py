"""One cycle of a return case: what it is follows from its facts, in whatever order they came."""

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from services.supervision.ids import NoticeId
from services.supervision.obligations.duties import Duty
from services.supervision.obligations.events import ObligationEvent
from services.supervision.obligations.state import Obligation, evolve_obligation
from services.supervision.return_cases.events import (
    AttemptNoted,
    Begun,
    CaseClosed,
    CaseOpened,
    CasePersuading,
    CaseReopened,
    CaseStabilised,
    CaseTeamNoted,
    CaseVerifying,
    ClocksStopped,
    ClosureRejected,
    ClosureRequested,
    HouseholdVisitNoted,
    Progress,
    ReportedUp,
    Trigger,
)
from services.supervision.return_notices.events import NoticeEvent
from services.supervision.return_notices.state import ESCALATED, Notice, evolve_notice

CaseEvent = Begun | Progress | ObligationEvent | NoticeEvent


class CaseStatus(StrEnum):
    UNOPENED = "UNOPENED"  # facts came before the suspicion did
    OPENED = "OPENED"
    TEAM_ASSIGNED = "TEAM_ASSIGNED"
    PERSUADING = "PERSUADING"
    REPORTED_UP = "REPORTED_UP"
    LEGAL_ESCALATED = "LEGAL_ESCALATED"
    VERIFYING = "VERIFYING"
    CLOSED = "CLOSED"
    REOPENED = "REOPENED"  # a later cycle carries on


AWAY = frozenset(
    {
        CaseStatus.OPENED,
        CaseStatus.TEAM_ASSIGNED,
        CaseStatus.PERSUADING,
        CaseStatus.REPORTED_UP,
        CaseStatus.LEGAL_ESCALATED,
    }
)
"""The case is in hand and the child not yet back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """How a cycle began; `previous_cycle` is 0 for the first."""

    trigger: Trigger
    previous_cycle: int
    division: str
    school_code: str
    absent_since: date
    opened_on: date
    opened_by: str
    poor: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Cycle:
    """One course of the case, from a suspicion to its closure or the next relapse."""

    number: int
    begun: Opening | None = None
    team: CaseTeamNoted | None = None
    attempts: tuple[AttemptNoted, ...] = ()
    visits: tuple[HouseholdVisitNoted, ...] = ()
    dropout: CasePersuading | None = None
    reports: tuple[ReportedUp, ...] = ()
    obligations: tuple[Obligation, ...] = ()
    notices: tuple[Notice, ...] = ()
    returned: CaseVerifying | None = None
    stabilised_on: date | None = None
    request: ClosureRequested | None = None
    rejected: ClosureRejected | None = None
    closed: CaseClosed | None = None
    superseded: bool = False

    @property
    def status(self) -> CaseStatus:
        if self.begun is None:
            return CaseStatus.UNOPENED
        if self.closed:
            return CaseStatus.CLOSED
        if self.superseded:
            return CaseStatus.REOPENED
        if self.returned:
            return CaseStatus.VERIFYING
        return self._stage_away()

    def _stage_away(self) -> CaseStatus:
        if any(notice.status in ESCALATED for notice in self.notices):
            return CaseStatus.LEGAL_ESCALATED
        if self.dropout:
            return CaseStatus.REPORTED_UP if self.has_reported(Duty.REPORT_DROPOUT) else CaseStatus.PERSUADING
        return CaseStatus.TEAM_ASSIGNED if self.team else CaseStatus.OPENED

    @property
    def open(self) -> bool:
        return self.away or self.status is CaseStatus.VERIFYING

    @property
    def away(self) -> bool:
        return self.status in AWAY

    def has_reported(self, *duties: Duty) -> bool:
        return any(report.duty in duties for report in self.reports)

    def obligation(self, duty: Duty) -> Obligation | None:
        return next((each for each in self.obligations if each.duty is duty), None)

    def notice(self, notice_id: NoticeId) -> Notice | None:
        return next((each for each in self.notices if each.id == notice_id), None)


def evolve_cycle(cycle: Cycle, event: CaseEvent) -> Cycle:
    match event:
        case CaseOpened() | CaseReopened():
            return replace(cycle, begun=_opening(event))
        case CaseTeamNoted():
            return replace(cycle, team=event)
        case AttemptNoted():
            return replace(cycle, attempts=(*cycle.attempts, event))
        case HouseholdVisitNoted():
            return replace(cycle, visits=(*cycle.visits, event))
        case CasePersuading():
            return replace(cycle, dropout=event)
        case ReportedUp():
            return replace(cycle, reports=(*cycle.reports, event))
        case CaseVerifying():
            return replace(cycle, returned=event)
        case CaseStabilised(stabilised_on=day):
            return replace(cycle, stabilised_on=day)
        case ClosureRequested():
            return replace(cycle, request=event, rejected=None)
        case ClosureRejected():
            return replace(cycle, request=None, rejected=event)
        case CaseClosed():
            return replace(cycle, closed=event)
        case ClocksStopped():
            return cycle  # the obligations and notices that stood say so themselves
        case _:
            return _evolve_part(cycle, event)


def _evolve_part(cycle: Cycle, event: ObligationEvent | NoticeEvent) -> Cycle:
    if isinstance(event, ObligationEvent):
        obligation = evolve_obligation(cycle.obligation(event.duty), event)
        others = tuple(each for each in cycle.obligations if each.duty is not event.duty)
        return replace(cycle, obligations=tuple(sorted((*others, obligation), key=lambda each: each.duty)))
    notice = evolve_notice(cycle.notice(event.notice_id), event)
    before = tuple(each for each in cycle.notices if each.id != event.notice_id)
    return replace(cycle, notices=(*before, notice))


def _opening(event: Begun) -> Opening:
    return Opening(
        trigger=event.trigger,
        previous_cycle=event.previous_cycle if isinstance(event, CaseReopened) else 0,
        division=event.division,
        school_code=event.school_code,
        absent_since=event.absent_since,
        opened_on=event.opened_on,
        opened_by=event.opened_by,
        poor=event.poor,
    )
