"""A duty's state, folded from its events."""

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import assert_never

from services.supervision.obligations.duties import Duty
from services.supervision.obligations.events import (
    DueDayMoved,
    ObligationEvent,
    ObligationHandedOver,
    ObligationLifted,
    ObligationMet,
    ObligationMissed,
    ObligationRaised,
)
from shared.calendar.lateness import Lateness, lateness


class ObligationStatus(StrEnum):
    DUE = "DUE"
    OVERDUE = "OVERDUE"
    DONE = "DONE"
    DONE_LATE = "DONE_LATE"
    LIFTED = "LIFTED"


@dataclass(frozen=True, slots=True, kw_only=True)
class Obligation:
    duty: Duty
    raised_on: date
    due_on: date
    provisional: bool = False
    due_before: date | None = None
    met_on: date | None = None
    entered_on: date | None = None
    lifted_on: date | None = None
    missed: bool = False

    @property
    def open(self) -> bool:
        return self.met_on is None and self.lifted_on is None

    @property
    def lateness(self) -> Lateness | None:
        """How what was done stands to the due day; None before it is done."""
        return lateness(self.due_on, self.met_on, self.entered_on) if self.met_on and self.entered_on else None

    @property
    def status(self) -> ObligationStatus:
        if met := self.lateness:
            return ObligationStatus.DONE_LATE if met.late else ObligationStatus.DONE
        if self.lifted_on:
            return ObligationStatus.LIFTED
        return ObligationStatus.OVERDUE if self.missed else ObligationStatus.DUE


def evolve_obligation(obligation: Obligation | None, event: ObligationEvent) -> Obligation:
    if obligation is None or isinstance(event, ObligationRaised):
        return _raised(event)
    match event:
        case ObligationMet(met_on=day, entered_on=entered):
            # what was really done counts, whatever lifted the duty meanwhile
            return replace(obligation, met_on=day, entered_on=entered, lifted_on=None)
        case ObligationHandedOver():
            return obligation  # by the same day, at another place
        case DueDayMoved():
            return replace(obligation, due_on=event.due_on, provisional=event.provisional, due_before=event.due_before)
        case ObligationMissed():
            return replace(obligation, missed=True)
        case ObligationLifted(lifted_on=day):
            return replace(obligation, lifted_on=day)
        case _:
            assert_never(event)


def _raised(event: ObligationEvent) -> Obligation:
    if not isinstance(event, ObligationRaised):
        raise TypeError(f"{event.TYPE} before the duty was raised")
    return Obligation(duty=event.duty, raised_on=event.raised_on, due_on=event.due_on, provisional=event.provisional)
