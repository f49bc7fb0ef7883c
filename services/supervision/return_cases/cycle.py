"""One cycle of a return case: what it is follows from its facts, in whatever order they came."""

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import assert_never

from services.supervision.ids import NoticeId
from services.supervision.obligations.duties import Duty
from services.supervision.obligations.events import ObligationEvent
from services.supervision.obligations.state import Obligation, evolve_obligation
from services.supervision.return_cases.events import (
    AttemptNoted,
    Begun,
    CaseClosed,
    CaseMoved,
    CaseOpened,
    CasePersuading,
    CaseReopened,
    CaseStabilised,
    CaseTeamNoted,
    CaseVerifying,
    ClocksStopped,
    ClosureRejected,
    ClosureRequested,
    GroundLapsed,
    HouseholdVisitNoted,
    Progress,
    ReportedUp,
    SearchEnded,
    StabilityCheckNoted,
    StabilityChecksPlanned,
    Trigger,
)
from services.supervision.return_notices.events import NoticeEvent
from services.supervision.return_notices.state import ESCALATED, Notice, evolve_notice
from shared.kernel.caller import Place

Heard = CaseMoved | SearchEnded | GroundLapsed | StabilityChecksPlanned | StabilityCheckNoted
CaseEvent = Begun | Progress | ObligationEvent | NoticeEvent


class CaseStatus(StrEnum):
    UNOPENED = "UNOPENED"  # facts came before the suspicion did
    OPENED = "OPENED"
    TEAM_ASSIGNED = "TEAM_ASSIGNED"
    PERSUADING = "PERSUADING"
    REPORTED_UP = "REPORTED_UP"
    LEGAL_ESCALATED = "LEGAL_ESCALATED"
    VERIFYING = "VERIFYING"
    SEARCH_ENDED = "SEARCH_ENDED"  # nobody need look for the child; the case waits to be closed
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
    stabilised: CaseStabilised | None = None
    checks_planned: int = 0
    checks: tuple[StabilityCheckNoted, ...] = ()
    moves: tuple[CaseMoved, ...] = ()
    endings: tuple[SearchEnded, ...] = ()
    lapsed: GroundLapsed | None = None
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
        if self.endings:
            return CaseStatus.SEARCH_ENDED
        return CaseStatus.VERIFYING if self.returned else self._stage_away()

    def _stage_away(self) -> CaseStatus:
        if any(notice.status in ESCALATED for notice in self.notices):
            return CaseStatus.LEGAL_ESCALATED
        if self.dropout:
            return CaseStatus.REPORTED_UP if self.has_reported(Duty.REPORT_DROPOUT) else CaseStatus.PERSUADING
        return CaseStatus.TEAM_ASSIGNED if self.team else CaseStatus.OPENED

    @property
    def open(self) -> bool:
        return self.away or self.status in (CaseStatus.VERIFYING, CaseStatus.SEARCH_ENDED)

    @property
    def away(self) -> bool:
        return self.status in AWAY

    @property
    def place(self) -> Place:
        """Where the child stands, as far as this cycle has heard of it."""
        if self.moves:
            return Place(self.moves[-1].division, self.moves[-1].school_code)
        return Place(self.begun.division, self.begun.school_code) if self.begun else Place()

    @property
    def ended(self) -> SearchEnded | None:
        """The latest ground on which nobody need look for the child."""
        return self.endings[-1] if self.endings else None

    @property
    def stabilised_on(self) -> date | None:
        return self.stabilised.stabilised_on if self.stabilised else None

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
            return replace(cycle, returned=event, endings=())
        case CaseStabilised():
            return replace(cycle, stabilised=event)
        case ClosureRequested():
            return replace(cycle, request=event, rejected=None)
        case ClosureRejected():
            return replace(cycle, request=None, rejected=event)
        case CaseClosed():
            return replace(cycle, closed=event)
        case ClocksStopped():
            return cycle  # the obligations and notices that stood say so themselves
        case CaseMoved() | SearchEnded() | GroundLapsed() | StabilityChecksPlanned() | StabilityCheckNoted():
            return _evolve_heard(cycle, event)
        case _:
            return _evolve_part(cycle, event)


def _evolve_heard(cycle: Cycle, event: Heard) -> Cycle:
    match event:
        case CaseMoved():
            return replace(cycle, moves=(*cycle.moves, event))
        case SearchEnded():
            return replace(cycle, endings=(*cycle.endings, event), lapsed=None)
        case GroundLapsed(reopens=True):
            return replace(cycle, lapsed=event, endings=(), request=None, closed=None)
        case GroundLapsed():
            return replace(cycle, lapsed=event)
        case StabilityChecksPlanned(planned=planned):
            return replace(cycle, checks_planned=planned)
        case StabilityCheckNoted():
            return replace(cycle, checks=tuple(sorted((*cycle.checks, event), key=lambda each: each.check_no)))
        case _:
            assert_never(event)


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
