"""Duties still ahead move, and so does what is expected of a notice; what is served or missed keeps its day."""

from collections.abc import Iterator
from datetime import date

from services.supervision.ids import ChildId
from services.supervision.ledgers.calendar import CALENDAR
from services.supervision.ledgers.obligations import OBLIGATIONS
from services.supervision.ledgers.return_notices import RETURN_NOTICES
from services.supervision.obligations.events import DueDayMoved, MoveReason
from services.supervision.obligations.state import ObligationStatus
from services.supervision.policy import Policy, Terms
from services.supervision.return_cases.cycle import CaseEvent, Cycle
from services.supervision.return_cases.state import CASES, Case
from services.supervision.return_notices.events import NoticeOutlookChanged
from services.supervision.return_notices.state import NoticeStatus
from shared.calendar import CalendarInForce, DueDay, moved_to
from shared.kernel.calendar_ledger import present_generation
from shared.kernel.commands import Context, Handler
from shared.kernel.ledgers import Ledger, Row
from shared.kernel.recomputing import Part, recomputing_handlers
from shared.kernel.unit_of_work import UnitOfWork


def moved(case: Case, terms: Terms, today: date) -> list[CaseEvent]:
    """What differs from what the calendar gives now."""
    events: list[CaseEvent] = []
    for cycle in case.cycles:
        events += [*_duties(case.id, cycle, terms, today), *_outlooks(case.id, cycle, terms)]
    return events


def _duties(child_id: ChildId, cycle: Cycle, terms: Terms, today: date) -> Iterator[DueDayMoved]:
    for each in cycle.obligations:
        before, due = DueDay(each.due_on, each.provisional), terms.due_on(each.duty, each.raised_on)
        if each.status is ObligationStatus.DUE and (after := moved_to(before, due, today)):
            yield DueDayMoved(
                child_id=child_id,
                cycle=cycle.number,
                duty=each.duty,
                due_before=each.due_on,
                due_on=after.day,
                provisional=after.provisional,
                reason=MoveReason.CALENDAR,
            )


def _outlooks(child_id: ChildId, cycle: Cycle, terms: Terms) -> Iterator[NoticeOutlookChanged]:
    for notice in cycle.notices:
        if notice.status is NoticeStatus.ISSUED and notice.issue:
            outlook = terms.outlook(notice.issue.issued_on)
            if outlook != notice.outlook:
                yield NoticeOutlookChanged(child_id=child_id, cycle=cycle.number, notice_id=notice.id, outlook=outlook)


def recomputes_due_days(policy: Policy, calendar: CalendarInForce) -> list[Handler]:
    def recompute(work: UnitOfWork, row: Row, context: Context) -> None:
        ref = CASES.ref(row["child_id"])
        work.append(ref, moved(work.load(ref), Terms(policy, calendar()), context.today))

    def part(ledger: Ledger, status: str) -> Part:
        return Part(ledger=ledger, criteria={"status": status}, recompute=recompute)

    parts = [part(OBLIGATIONS, ObligationStatus.DUE), part(RETURN_NOTICES, NoticeStatus.ISSUED)]
    return recomputing_handlers(present_generation(CALENDAR, calendar), parts)
