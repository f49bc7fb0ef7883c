"""What follows for a child's lines once its entitlements have changed: released claims, overpayments."""

from collections.abc import Iterator
from dataclasses import dataclass

from services.assistance.beneficiaries.line_events import LineEvent, LineReleased, OverpaymentAssessed
from services.assistance.beneficiaries.reasons import GONE
from services.assistance.beneficiaries.state import (
    Beneficiary,
    BeneficiaryEvent,
    Line,
    LineKey,
    LineStatus,
    evolve_all,
)
from shared.calendar import TermCalendar


@dataclass(frozen=True, slots=True)
class BatchFacts:
    """What the batches say of the child's lines: which the bank has, and which their batch left behind."""

    at_bank: frozenset[LineKey] = frozenset()
    left_behind: frozenset[LineKey] = frozenset()


NO_BATCHES = BatchFacts()
PAID_ELSEWHERE = "PAID_ELSEWHERE"
"""Why a claim is given up whose term the bank has paid by another batch after all."""


def with_consequences(
    child: Beneficiary, events: list[BeneficiaryEvent], terms: TermCalendar, batches: BatchFacts = NO_BATCHES
) -> list[BeneficiaryEvent]:
    """`events` and what they entail.

    An unpaid line that the bank does not have and whose amount is no longer what is due is released, so that a
    later batch prepares the right one. A paid line stays paid until the bank says otherwise: days suspended since,
    and what was paid twice, are recorded as a possible overpayment (docs/decisions/0020-pro-rating.md, 0030).
    """
    after = evolve_all(child, events)
    followed: list[BeneficiaryEvent] = list(events)
    for key, line in after.lines.items():
        followed += _overpayment(after, key, line, terms)
        if line.status is not LineStatus.PAID and not is_at_bank(key, line, batches):
            followed += _release_if_stale(after, key, line, terms)
    return followed


def is_at_bank(key: LineKey, line: Line, batches: BatchFacts) -> bool:
    """Whether the bank has the line and has not answered."""
    return line.status is LineStatus.IN_BATCH and key in batches.at_bank


def release(child: Beneficiary, key: LineKey, reason: str) -> LineReleased:
    """Give up an unpaid claim."""
    line = child.lines[key]
    return LineReleased(
        child_id=child.id,
        programme_id=key[0],
        period=key[1],
        fund_id=line.fund_id,
        batch_id=line.batch_id,
        amount_fen=line.amount_fen,
        in_batch=line.status is LineStatus.IN_BATCH,
        reason=reason,
    )


def _release_if_stale(child: Beneficiary, key: LineKey, line: Line, terms: TermCalendar) -> Iterator[LineEvent]:
    entitlement = child.entitlement(key[0])
    due = entitlement.due(terms.term(key[1]))
    if due.amount_fen != line.amount_fen:
        stopped = entitlement.suspended_for if entitlement.suspended_for in GONE else "SUSPENDED"
        yield release(child, key, "ENTITLEMENT_CHANGED" if due.year_fen != line.year_fen else stopped)


def _overpayment(child: Beneficiary, key: LineKey, line: Line, terms: TermCalendar) -> Iterator[LineEvent]:
    entitlement = child.entitlement(key[0])
    due = entitlement.due_at(line.year_fen, terms.term(key[1]))
    paid = sum(payment.amount_fen for payment in child.payments(key))
    over, final = max(0, paid - due.amount_fen), not entitlement.away_open_in(terms.term(key[1]))
    if (over, final) == (line.over_fen, line.over_final) or not (over or line.over_fen):
        return
    yield OverpaymentAssessed(
        child_id=child.id,
        programme_id=key[0],
        period=key[1],
        paid_fen=paid,
        due_fen=due.amount_fen,
        over_fen=over,
        final=final,
    )
