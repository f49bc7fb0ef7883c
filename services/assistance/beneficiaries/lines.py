"""Making a claim: the one place that decides whether a child gets a line for a term, and for how much."""

from dataclasses import dataclass
from enum import StrEnum

from services.assistance.beneficiaries.entitlement import Due
from services.assistance.beneficiaries.facts import Payee
from services.assistance.beneficiaries.line_events import LinePrepared, LineRefused, PaymentReissued
from services.assistance.beneficiaries.state import Beneficiary, Line, LineStatus
from services.assistance.ids import BatchId, FundId, ProgrammeId
from services.assistance.programmes.state import Terms
from shared.calendar import Term


class Unpayable(StrEnum):
    """Why a child gets no line in a batch."""

    ALREADY_CLAIMED = "ALREADY_CLAIMED"  # paid, on its way, or returned and not mended
    NOT_ENTITLED = "NOT_ENTITLED"
    SUSPENDED = "SUSPENDED"
    HELD = "HELD"
    CONFLICT = "CONFLICT"
    NOTHING_DUE = "NOTHING_DUE"
    NO_ACCOUNT = "NO_ACCOUNT"
    OTHER_FUND = "OTHER_FUND"
    FUND_EXHAUSTED = "FUND_EXHAUSTED"


UNREMARKABLE = frozenset({Unpayable.ALREADY_CLAIMED, Unpayable.NOT_ENTITLED, Unpayable.NOTHING_DUE})
"""Reasons that need nobody's attention: they leave no record."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A line that a batch asks for."""

    batch_id: BatchId
    fund_id: FundId
    seq: int
    programme: Terms
    term: Term
    payee: Payee | None
    available_fen: int


def unpayable(child: Beneficiary, wanted: Wanted) -> Unpayable | None:
    """Why the child cannot have the line; None when it can."""
    id_ = wanted.programme.programme_id
    entitlement, claim = child.entitlement(id_), child.lines.get((id_, wanted.term.id))
    if claim is not None and claim.status is not LineStatus.READY:
        return Unpayable.ALREADY_CLAIMED
    due = _due(child, wanted)
    checks = (
        (not due.year_fen, Unpayable.NOT_ENTITLED),
        (entitlement.suspended, Unpayable.SUSPENDED),
        (entitlement.held, Unpayable.HELD),
        (_claimed_by_conflicting(child, wanted), Unpayable.CONFLICT),
        (not due.amount_fen, Unpayable.NOTHING_DUE),
        (wanted.payee is None, Unpayable.NO_ACCOUNT),
        (claim is not None and claim.fund_id != wanted.fund_id, Unpayable.OTHER_FUND),
        (claim is None and due.amount_fen > wanted.available_fen, Unpayable.FUND_EXHAUSTED),
    )
    return next((reason for fails, reason in checks if fails), None)


def prepare_line(child: Beneficiary, wanted: Wanted) -> list[LinePrepared | PaymentReissued | LineRefused]:
    """Claim the term for the child, take a mended claim up again, or record why neither is possible."""
    id_, reason = wanted.programme.programme_id, unpayable(child, wanted)
    if reason in UNREMARKABLE:
        return []
    if reason is not None or wanted.payee is None:
        refused = LineRefused(
            child_id=child.id,
            programme_id=id_,
            period=wanted.term.id,
            batch_id=wanted.batch_id,
            reason=str(reason),
        )
        return [refused]
    claim = child.lines.get((id_, wanted.term.id))
    if claim is not None:
        return [_reissued(child, wanted, claim, wanted.payee)]
    return [_prepared(child, wanted, wanted.payee)]


def _prepared(child: Beneficiary, wanted: Wanted, payee: Payee) -> LinePrepared:
    due = _due(child, wanted)
    return LinePrepared(
        child_id=child.id,
        programme_id=wanted.programme.programme_id,
        period=wanted.term.id,
        fund_id=wanted.fund_id,
        batch_id=wanted.batch_id,
        seq=wanted.seq,
        amount_fen=due.amount_fen,
        year_fen=due.year_fen,
        term_days=due.term_days,
        suspended_days=due.suspended_days,
        account=payee.account,
        account_name=payee.account_name,
    )


def _reissued(child: Beneficiary, wanted: Wanted, claim: Line, payee: Payee) -> PaymentReissued:
    return PaymentReissued(
        child_id=child.id,
        programme_id=wanted.programme.programme_id,
        period=wanted.term.id,
        fund_id=claim.fund_id,
        batch_id=wanted.batch_id,
        seq=wanted.seq,
        amount_fen=claim.amount_fen,
        account=payee.account,
        account_name=payee.account_name,
    )


def _due(child: Beneficiary, wanted: Wanted) -> Due:
    return child.entitlement(ProgrammeId(wanted.programme.programme_id)).due(wanted.term)


def _claimed_by_conflicting(child: Beneficiary, wanted: Wanted) -> bool:
    return any((other, wanted.term.id) in child.lines for other in wanted.programme.conflicts)
