"""A child as this service knows it: entitlements by programme, claims by programme and term."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any, TypeVar, assert_never

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
    PaymentCameBack,
    PaymentCorrected,
    PaymentReissued,
    PaymentReturned,
    PaymentSettled,
    PaymentWentThrough,
)
from services.assistance.ids import BatchId, ChildId, FundId, ProgrammeId
from shared.calendar import TermId
from shared.kernel.aggregates import Aggregate
from shared.kernel.caller import Place

LineKey = tuple[ProgrammeId, TermId]
Value = TypeVar("Value")
ClaimEvent = (
    LineHeld
    | LineHoldLifted
    | PaymentSettled
    | PaymentReturned
    | PaymentCameBack
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
    """`beyond`: payments of a term beside its claim, which is paid or at the bank. Once the claim ends, the first of
    them is the claim."""

    id: ChildId
    division: str = ""
    school: str = ""
    entitlements: Mapping[ProgrammeId, Entitlement] = field(default_factory=dict)
    lines: Mapping[LineKey, Line] = field(default_factory=dict)
    beyond: Mapping[LineKey, tuple[Line, ...]] = field(default_factory=dict)

    def entitlement(self, programme_id: ProgrammeId) -> Entitlement:
        return self.entitlements.get(programme_id, Entitlement())

    def payments(self, key: LineKey) -> tuple[Line, ...]:
        """All that the bank has paid for the term, each by another batch."""
        claim = self.lines.get(key)
        paid = (claim,) if claim and claim.status is LineStatus.PAID else ()
        return (*paid, *self.beyond.get(key, ()))

    def unpaid(self) -> dict[LineKey, Line]:
        return {key: line for key, line in self.lines.items() if line.status is not LineStatus.PAID}


def evolve(child: Beneficiary, event: BeneficiaryEvent) -> Beneficiary:
    if isinstance(event, EntitlementGranted | EntitlementChanged):
        child = replace(child, division=event.division, school=event.school_code)
    if isinstance(event, ENTITLEMENT_EVENTS):
        entitlement = evolve_entitlement(child.entitlement(event.programme_id), event)
        return replace(child, entitlements={**child.entitlements, event.programme_id: entitlement})
    key = (event.programme_id, event.period)
    line, beyond = evolve_line(child.lines.get(key), child.beyond.get(key, ()), event)
    return replace(child, lines=_with(child.lines, key, line), beyond=_with(child.beyond, key, beyond))


def _with(known: Mapping[LineKey, Value], key: LineKey, value: Value | None) -> Mapping[LineKey, Value]:
    """The values with this one as the last; without the key when it is empty."""
    others = {other: each for other, each in known.items() if other != key}
    return {**others, key: value} if value else others


Claims = tuple[Line | None, tuple[Line, ...]]
"""The claim (None: there is none), and the payments beyond it."""


def evolve_line(line: Line | None, beyond: tuple[Line, ...], event: LineEvent) -> Claims:
    """The claim and what is beyond it after the event."""
    match event:
        case LinePrepared():
            return _new_line(event), beyond
        case LineRefused():
            return line, beyond
        case LineReleased():
            return _next_claim(line, beyond)
        case PaymentWentThrough():
            paid = replace(_new_line(event), status=LineStatus.PAID)
            return (line, (*beyond, paid)) if event.beyond else (paid, beyond)
        case PaymentCameBack(beyond=True, batch_id=batch_id):
            left = tuple(each for each in beyond if each.batch_id != batch_id)
            return (line, left) if left != beyond else _next_claim(line, beyond)
        case _:  # all others speak of a claim that was made
            return (_evolve_claim(line, event) if line else None), beyond


def _new_line(event: LinePrepared | PaymentWentThrough) -> Line:
    return Line(
        fund_id=event.fund_id,
        batch_id=event.batch_id,
        seq=event.seq,
        amount_fen=event.amount_fen,
        year_fen=event.year_fen,
    )


def _next_claim(ended: Line | None, beyond: tuple[Line, ...]) -> Claims:
    """The first payment beyond the claim takes its place, with what was assessed of the term."""
    if ended is None or not beyond:
        return None, beyond
    return replace(beyond[0], over_fen=ended.over_fen, over_final=ended.over_final), beyond[1:]


def _evolve_claim(line: Line, event: ClaimEvent) -> Line:
    match event:
        case LineHeld():
            return replace(line, held=True)
        case LineHoldLifted(missed_batch=missed):
            return replace(line, held=False, status=LineStatus.READY if missed else line.status)
        case PaymentSettled():
            return replace(line, status=LineStatus.PAID, held=False)
        case PaymentReturned() | PaymentCameBack():
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
