"""A child as this service knows it: entitlements by programme, claims by programme and term."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any, assert_never

from services.assistance.beneficiaries.entitlement import Entitlement, evolve_entitlement
from services.assistance.beneficiaries.events import (
    ENTITLEMENT_EVENTS,
    EntitlementChanged,
    EntitlementEvent,
    EntitlementGranted,
)
from services.assistance.beneficiaries.line_events import (
    LINE_EVENTS,
    LineEvent,
    LineHeld,
    LineHoldLifted,
    LinePrepared,
    LineRefused,
    LineReleased,
    OverpaymentAssessed,
    PaymentCorrected,
    PaymentReissued,
    PaymentReturned,
    PaymentSettled,
)
from services.assistance.ids import BatchId, ChildId, FundId, ProgrammeId
from shared.calendar import TermId
from shared.kernel.aggregates import Aggregate
from shared.kernel.caller import Place

LineKey = tuple[ProgrammeId, TermId]
ClaimEvent = (
    LineHeld
    | LineHoldLifted
    | PaymentSettled
    | PaymentReturned
    | PaymentCorrected
    | PaymentReissued
    | OverpaymentAssessed
)
BeneficiaryEvent = EntitlementEvent | LineEvent
BENEFICIARY_EVENTS = (*ENTITLEMENT_EVENTS, *LINE_EVENTS)


class LineStatus(StrEnum):
    """Where a claim stands. All but PAID keep money set aside; none lets a second claim in."""

    IN_BATCH = "IN_BATCH"
    READY = "READY"  # mended, or its batch went without it: the next batch takes it up
    RETURNED = "RETURNED"
    PAID = "PAID"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    fund_id: FundId
    batch_id: BatchId
    seq: int
    amount_fen: int
    year_fen: int
    status: LineStatus = LineStatus.IN_BATCH
    held: bool = False
    over_fen: int = 0
    over_final: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Beneficiary:
    id: ChildId
    division: str = ""
    school: str = ""
    entitlements: Mapping[ProgrammeId, Entitlement] = field(default_factory=dict)
    lines: Mapping[LineKey, Line] = field(default_factory=dict)

    def entitlement(self, programme_id: ProgrammeId) -> Entitlement:
        return self.entitlements.get(programme_id, Entitlement())

    def unpaid(self) -> dict[LineKey, Line]:
        return {key: line for key, line in self.lines.items() if line.status is not LineStatus.PAID}


def evolve(child: Beneficiary, event: BeneficiaryEvent) -> Beneficiary:
    if isinstance(event, EntitlementGranted | EntitlementChanged):
        child = replace(child, division=event.division, school=event.school_code)
    if isinstance(event, ENTITLEMENT_EVENTS):
        entitlement = evolve_entitlement(child.entitlement(event.programme_id), event)
        return replace(child, entitlements={**child.entitlements, event.programme_id: entitlement})
    key = (event.programme_id, event.period)
    lines = {other: line for other, line in child.lines.items() if other != key}
    line = evolve_line(child.lines.get(key), event)
    return replace(child, lines={**lines, key: line} if line else lines)


def evolve_line(line: Line | None, event: LineEvent) -> Line | None:
    """The claim after the event; None when there is no claim."""
    match event:
        case LinePrepared():
            return Line(
                fund_id=event.fund_id,
                batch_id=event.batch_id,
                seq=event.seq,
                amount_fen=event.amount_fen,
                year_fen=event.year_fen,
            )
        case LineRefused():
            return line
        case LineReleased():
            return None
        case _:
            return _evolve_claim(line, event) if line else None  # all others speak of a claim that was made


def _evolve_claim(line: Line, event: ClaimEvent) -> Line:
    match event:
        case LineHeld():
            return replace(line, held=True)
        case LineHoldLifted(missed_batch=missed):
            return replace(line, held=False, status=LineStatus.READY if missed else line.status)
        case PaymentSettled():
            return replace(line, status=LineStatus.PAID, held=False)
        case PaymentReturned():
            return replace(line, status=LineStatus.RETURNED)
        case PaymentCorrected():
            return replace(line, status=LineStatus.READY)
        case PaymentReissued(batch_id=batch_id, seq=seq):
            return replace(line, status=LineStatus.IN_BATCH, batch_id=batch_id, seq=seq)
        case OverpaymentAssessed(over_fen=fen, final=final):
            return replace(line, over_fen=fen, over_final=final)
        case _:
            assert_never(event)


def evolve_all(child: Beneficiary, events: list[Any]) -> Beneficiary:
    for event in events:
        child = evolve(child, event)
    return child


BENEFICIARIES: Aggregate[Beneficiary] = Aggregate(
    category="beneficiary",
    initial=lambda id_: Beneficiary(id=ChildId(id_)),
    evolve=evolve,
    place=lambda child: Place(child.division, child.school),
)
