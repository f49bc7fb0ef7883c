"""Days that are still ahead move with the county's calendar; what is answered, reminded or missed keeps its day."""

from collections.abc import Iterator
from datetime import date

from services.registry.children.child import Child
from services.registry.children.statuses import ENDED
from services.registry.due_days.events import DueDayMoved, Matter, MoveReason
from services.registry.placements.decisions import review_by
from services.registry.policy import Policy
from services.registry.respites.applying import reminder_day
from services.registry.respites.ending import running
from services.registry.transfers.steps import party_day
from shared.calendar import DueDay, SchoolCalendar, moved_to

Open = tuple[Matter, str, DueDay, DueDay]
"""Something open: the day it has, and the day that the calendar gives."""


def moved_days(policy: Policy, calendar: SchoolCalendar, child: Child, today: date) -> list[DueDayMoved]:
    """What differs from what the calendar gives now."""
    if not child.registered or child.attendance in ENDED:
        return []
    return [
        DueDayMoved(
            child_id=child.id,
            matter=matter,
            item=item,
            due_before=before.day,
            due_on=after.day,
            provisional=after.provisional,
            reason=MoveReason.CALENDAR,
        )
        for matter, item, before, due in _open_days(policy, calendar, child)
        if (after := moved_to(before, due, today))
    ]


def _open_days(policy: Policy, calendar: SchoolCalendar, child: Child) -> Iterator[Open]:
    transfer, respite = child.transfer, running(child)
    if transfer and transfer.turn and transfer.respond_by and transfer.counts_from:
        before = DueDay(transfer.respond_by, transfer.provisional)
        yield Matter.TRANSFER, transfer.id, before, party_day(policy.transfer, calendar, transfer.counts_from)
    if respite and respite.remind_on:
        before = DueDay(respite.remind_on, respite.provisional)
        yield (
            Matter.RESPITE_REMINDER,
            respite.application_id,
            before,
            reminder_day(policy.respite, calendar, respite.until),
        )
    if child.review_by and child.review_counts_from:
        due = review_by(policy.placement, calendar.terms, child.review_counts_from)
        yield Matter.PLACEMENT_REVIEW, "", _settled(child.review_by), _settled(due)
    if child.registration_gap and child.gap_complete_by and child.gap_on:
        due = calendar.terms.term_at_or_after(child.gap_on).last_day
        yield Matter.REGISTRATION_GAP, "", _settled(child.gap_complete_by), _settled(due)


def _settled(day: date) -> DueDay:
    """Terms are the county's own: no notice moves them."""
    return DueDay(day, provisional=False)
