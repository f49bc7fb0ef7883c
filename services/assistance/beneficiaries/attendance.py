"""Hold, suspend, resume: how a child's coming and going moves its attendance-bound entitlements."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from services.assistance.beneficiaries.consequences import BatchFacts, with_consequences
from services.assistance.beneficiaries.entitlement import Entitlement
from services.assistance.beneficiaries.events import (
    EntitlementHeld,
    EntitlementResumed,
    EntitlementSuspended,
    HoldLifted,
)
from services.assistance.beneficiaries.line_events import LineHeld, LineHoldLifted
from services.assistance.beneficiaries.reasons import GONE, MERGED, WHEREABOUTS_LOST, is_news
from services.assistance.beneficiaries.state import Beneficiary, BeneficiaryEvent, LineStatus
from services.assistance.ids import ChildId, ProgrammeId
from shared.calendar import TermCalendar


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldEntitlements:
    """A suspicion, or nobody knows where the child is: what is unpaid waits. `reason`: SUSPECTED_DROPOUT, RELAPSED or
    WHEREABOUTS_LOST.
    """

    NAME: ClassVar[str] = "assistance.hold-entitlements"
    child_id: ChildId
    reason: str
    held_on: date
    cycle: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SuspendEntitlements:
    """A confirmed dropout, a suspension from school, or an end: days stop counting, `from_on` included."""

    NAME: ClassVar[str] = "assistance.suspend-entitlements"
    child_id: ChildId
    from_on: date
    cycle: int
    reason: str = "DROPPED_OUT"


@dataclass(frozen=True, slots=True, kw_only=True)
class ResumeEntitlements:
    """The child is back: holds end, days count again, `returned_on` included.

    `stopped_for`: only what was stopped or held for one of these reasons (none named: for whatever reason). What a
    dropout or a suspicion stopped stays so where the child has only a place again.
    """

    NAME: ClassVar[str] = "assistance.resume-entitlements"
    child_id: ChildId
    returned_on: date
    stopped_for: frozenset[str] = frozenset()

    def ends(self, reason: str) -> bool:
        return not self.stopped_for or reason in self.stopped_for


def hold(child: Beneficiary, command: HoldEntitlements, batches: BatchFacts) -> list[BeneficiaryEvent]:
    """Hold what is not held yet: the entitlements, and each unpaid line that the bank does not have."""
    return _hold(child, command.reason, command.held_on, command.cycle, batches)


def suspend(
    child: Beneficiary, command: SuspendEntitlements, terms: TermCalendar, batches: BatchFacts
) -> list[BeneficiaryEvent]:
    """Stop the days, hold what is not held yet, and give up the unpaid lines of the terms that are touched."""
    concerned = sorted(child.entitlements.items()) if command.reason in GONE else _bound(child)
    events = _held(child, concerned, command.reason, command.from_on, command.cycle, batches)
    events += [
        EntitlementSuspended(
            child_id=child.id,
            programme_id=id_,
            from_on=command.from_on,
            cycle=command.cycle,
            reason=command.reason,
        )
        for id_, entitlement in concerned
        if is_news(entitlement.suspended_for, command.reason)
    ]
    return with_consequences(child, events, terms, batches) if events else []


def resume(
    child: Beneficiary, command: ResumeEntitlements, terms: TermCalendar, batches: BatchFacts
) -> list[BeneficiaryEvent]:
    """Lift holds and start the days again. A line that was only held keeps its amount."""
    events: list[BeneficiaryEvent] = []
    for id_, entitlement in sorted(child.entitlements.items()):
        if entitlement.suspended and command.ends(entitlement.suspended_for):
            events.append(EntitlementResumed(child_id=child.id, programme_id=id_, resumed_on=command.returned_on))
        if entitlement.held and command.ends(entitlement.held_for):
            events.append(HoldLifted(child_id=child.id, programme_id=id_, lifted_on=command.returned_on))
            events += _lines_lifted(child, id_, command.returned_on, batches)
    return with_consequences(child, events, terms, batches) if events else []


def _bound(child: Beneficiary) -> list[tuple[ProgrammeId, Entitlement]]:
    return [(id_, each) for id_, each in sorted(child.entitlements.items()) if each.attendance_bound]


def _hold(child: Beneficiary, reason: str, day: date, cycle: int, batches: BatchFacts) -> list[BeneficiaryEvent]:
    return _held(child, _bound(child), reason, day, cycle, batches)


def _held(
    child: Beneficiary,
    concerned: list[tuple[ProgrammeId, Entitlement]],
    reason: str,
    day: date,
    cycle: int,
    batches: BatchFacts,
) -> list[BeneficiaryEvent]:
    events: list[BeneficiaryEvent] = []
    for id_, entitlement in concerned:
        if not entitlement.held or _takes_over(entitlement.held_for, reason):
            events.append(
                EntitlementHeld(child_id=child.id, programme_id=id_, reason=reason, held_on=day, cycle=cycle)
            )
            events += _lines_held(child, id_, day, batches)
    return events


def _takes_over(standing: str, reason: str) -> bool:
    """Whoever is lost and then suspected or gone is held for that: to be found alone ends it no more."""
    return standing == WHEREABOUTS_LOST and reason not in (WHEREABOUTS_LOST, MERGED)


def _lines_held(
    child: Beneficiary, programme_id: ProgrammeId, day: date, batches: BatchFacts
) -> list[BeneficiaryEvent]:
    return [
        LineHeld(child_id=child.id, programme_id=key[0], period=key[1], batch_id=line.batch_id, held_on=day)
        for key, line in sorted(child.unpaid().items())
        if key[0] == programme_id and not line.held and key not in batches.at_bank
    ]


def _lines_lifted(
    child: Beneficiary, programme_id: ProgrammeId, day: date, batches: BatchFacts
) -> list[BeneficiaryEvent]:
    return [
        LineHoldLifted(
            child_id=child.id,
            programme_id=key[0],
            period=key[1],
            batch_id=line.batch_id,
            missed_batch=line.status is LineStatus.IN_BATCH and key in batches.left_behind,
            lifted_on=day,
        )
        for key, line in sorted(child.unpaid().items())
        if key[0] == programme_id and line.held
    ]
