"""Who is entitled to what: each programme's conditions held against the registry's facts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from services.assistance.beneficiaries.consequences import NO_BATCHES, BatchFacts, with_consequences
from services.assistance.beneficiaries.entitlement import Span, Version
from services.assistance.beneficiaries.events import (
    EntitlementChanged,
    EntitlementEnded,
    EntitlementGranted,
    EntitlementHeld,
    EntitlementResumed,
    EntitlementSuspended,
)
from services.assistance.beneficiaries.facts import ChildFacts
from services.assistance.beneficiaries.reasons import GONE
from services.assistance.beneficiaries.state import Beneficiary, BeneficiaryEvent, evolve_all
from services.assistance.ids import ProgrammeId
from services.assistance.programmes.state import Terms, level_of
from shared.calendar import TermCalendar


@dataclass(frozen=True, slots=True)
class Verdict:
    """What one programme offers a child; `year_fen` 0 with the reason why it offers nothing."""

    year_fen: int
    reason: str = ""


def assess(
    child: Beneficiary,
    facts: ChildFacts,
    programmes: Sequence[Terms],
    as_of: date,
    terms: TermCalendar,
    batches: BatchFacts = NO_BATCHES,
) -> list[BeneficiaryEvent]:
    """Grant, change or end each programme's entitlement so that it fits the facts; nothing if all fit already.

    Programmes earlier in the sequence win a conflict, and an entitlement that exists wins over a new one.
    """
    events: list[BeneficiaryEvent] = []
    standing_first = sorted(programmes, key=lambda each: not child.entitlement(each.programme_id).active)
    for programme in standing_first:
        events += _assess_one(evolve_all(child, events), facts, programme, as_of)
    return with_consequences(child, events, terms, batches) if events else []


def offer_now(child: Beneficiary, facts: ChildFacts, programme: Terms) -> Verdict:
    """What the programme offers today: nothing to one who died, left, finished or was merged into another file."""
    return Verdict(0, facts.gone) if facts.gone else verdict(child, facts, programme)


def verdict(child: Beneficiary, facts: ChildFacts, programme: Terms) -> Verdict:
    """What the programme offers the child on these facts, for the days on which it is here."""
    if not facts.grade or facts.category not in programme.categories:
        return Verdict(0, "CATEGORY")
    if any(child.entitlement(other).active for other in programme.conflicts):
        return Verdict(0, "CONFLICT")
    fen = programme.year_fen(level_of(facts.grade), facts.boarder)
    return Verdict(fen, "" if fen else "NO_STANDARD")


def _assess_one(child: Beneficiary, facts: ChildFacts, programme: Terms, as_of: date) -> list[BeneficiaryEvent]:
    id_, offer = programme.programme_id, verdict(child, facts, programme)
    entitlement = child.entitlement(id_)
    if not offer.year_fen:
        if not entitlement.active:
            return []
        return [EntitlementEnded(child_id=child.id, programme_id=id_, reason=offer.reason, from_on=as_of)]
    if not entitlement.active:
        since = max(facts.enrolled_on, facts.category_from)
        return [_granted(facts, programme, offer, since), *_attendance_so_far(child, facts, programme)]
    if _same(entitlement.current, facts, offer):
        return []
    return [_changed(facts, id_, offer, as_of)]


def _same(version: Version, facts: ChildFacts, offer: Verdict) -> bool:
    wanted = (level_of(facts.grade), facts.boarder, facts.category, offer.year_fen, facts.school_code)
    return wanted == (
        version.level,
        version.boarder,
        version.category,
        version.year_fen,
        version.school_code,
    )


def _granted(facts: ChildFacts, programme: Terms, offer: Verdict, since: date) -> EntitlementGranted:
    return EntitlementGranted(
        child_id=facts.child_id,
        programme_id=programme.programme_id,
        attendance_bound=programme.attendance_bound,
        level=level_of(facts.grade),
        boarder=facts.boarder,
        category=facts.category,
        year_fen=offer.year_fen,
        division=facts.division,
        school_code=facts.school_code,
        from_on=since,
    )


def _changed(facts: ChildFacts, id_: ProgrammeId, offer: Verdict, as_of: date) -> EntitlementChanged:
    return EntitlementChanged(
        child_id=facts.child_id,
        programme_id=id_,
        level=level_of(facts.grade),
        boarder=facts.boarder,
        category=facts.category,
        year_fen=offer.year_fen,
        division=facts.division,
        school_code=facts.school_code,
        from_on=as_of,
    )


def _attendance_so_far(child: Beneficiary, facts: ChildFacts, programme: Terms) -> list[BeneficiaryEvent]:
    """What a new entitlement must know of the time away from before it was granted."""
    id_, known = programme.programme_id, child.entitlement(programme.programme_id)
    away = [span for span in facts.away if programme.attendance_bound or span.reason in GONE]
    told = {span.from_on for span in known.away}
    events: list[BeneficiaryEvent] = []
    for span in away:
        events += _replayed(facts, id_, span) if span.from_on not in told else []
    waiting = facts.waiting if programme.attendance_bound else None
    if not known.held and (waiting or (away and away[-1].back_on is None)):
        day, reason = waiting or (away[-1].from_on, away[-1].reason)
        events.append(
            EntitlementHeld(child_id=facts.child_id, programme_id=id_, reason=reason, held_on=day, cycle=facts.cycle)
        )
    return events


def _replayed(facts: ChildFacts, id_: ProgrammeId, span: Span) -> list[BeneficiaryEvent]:
    left = EntitlementSuspended(
        child_id=facts.child_id, programme_id=id_, from_on=span.from_on, cycle=facts.cycle, reason=span.reason
    )
    if span.back_on is None:
        return [left]
    return [left, EntitlementResumed(child_id=facts.child_id, programme_id=id_, resumed_on=span.back_on)]
