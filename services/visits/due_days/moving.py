"""What a changed calendar does to a plan: days that are still ahead move, what is done or overdue keeps its day."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from services.visits.due_days.events import DueDayMoved, Matter, MoveReason
from services.visits.due_days.reckoning import attempts_due, checks_due, visit_due
from services.visits.ledgers.calendar import CALENDAR
from services.visits.ledgers.plans import PLANS as PLAN_ROWS
from services.visits.plans.state import PLANS, Plan, PlanStatus, VisitStatus
from services.visits.policy import Policy
from shared.calendar import CalendarInForce, DueDay, SchoolCalendar, moved_to
from shared.kernel.calendar_ledger import present_generation
from shared.kernel.commands import Context, Handler
from shared.kernel.ledgers import Row
from shared.kernel.recomputing import Part, recomputing_handlers
from shared.kernel.unit_of_work import UnitOfWork

OPEN = [PlanStatus.PERSUADING.value, PlanStatus.FOLLOWING_UP.value]


def moved_days(policy: Policy, calendar: SchoolCalendar, plan: Plan, today: date) -> list[DueDayMoved]:
    """What differs from what the calendar gives now."""
    return [
        DueDayMoved(
            child_id=plan.id,
            matter=matter,
            item=item,
            due_before=before.day,
            due_on=after.day,
            provisional=after.provisional,
            reason=MoveReason.CALENDAR,
            cycle=cycle,
        )
        for matter, item, cycle, before, due in _open_days(policy, calendar, plan)
        if (after := moved_to(before, due, today))
    ]


Open = tuple[Matter, str, int, DueDay, DueDay]
"""Something open: the day it has, and the day that the calendar gives."""


def _open_days(policy: Policy, calendar: SchoolCalendar, plan: Plan) -> Iterator[Open]:
    for visit in plan.visits.values():
        if visit.status is VisitStatus.OPEN:
            due = visit_due(policy.visits, calendar, visit.reason, visit.opened_on)
            yield Matter.VISIT, visit.id, visit.cycle, visit.due, due
    if plan.is_away and plan.planned:
        attempts = attempts_due(calendar, plan.planned_on, policy.persuasion.attempt_due_days)
        yield from _numbered(Matter.ATTEMPT, plan, plan.attempts_due, attempts, range(1, plan.attempts + 1))
    if plan.status is PlanStatus.FOLLOWING_UP:
        checks = checks_due(calendar, plan.returned_on, policy.stability.check_after_days)
        yield from _numbered(Matter.CHECK, plan, plan.checks, checks, plan.checked)


def _numbered(
    matter: Matter, plan: Plan, before: Sequence[DueDay], after: Sequence[DueDay], done: Iterable[int]
) -> Iterator[Open]:
    """Days were planned under the numbers of that time: as many as there were are compared."""
    left = set(range(1, len(before) + 1)) - set(done)
    for number, (was, due) in enumerate(zip(before, after, strict=False), start=1):
        if number in left:
            yield matter, str(number), plan.cycle, was, due


def recomputes_due_days(policy: Policy, calendar: CalendarInForce) -> list[Handler]:
    def recompute(work: UnitOfWork, row: Row, context: Context) -> None:
        ref = PLANS.ref(row["_id"])
        work.append(ref, moved_days(policy, calendar(), work.load(ref), context.today))

    walk = Part(ledger=PLAN_ROWS, criteria={"status": {"$in": OPEN}}, recompute=recompute)
    return recomputing_handlers(present_generation(CALENDAR, calendar), [walk])
