"""Booking what the bank answered."""

from functools import partial

from services.assistance.batches.decisions import SettleLines, check_results, conclude
from services.assistance.batches.state import BATCHES, Batch
from services.assistance.beneficiaries.payments import settle_line
from services.assistance.beneficiaries.state import BENEFICIARIES
from services.assistance.processes.booking import batch_facts, book, load_child
from shared.calendar import CalendarInForce
from shared.kernel.commands import Context, Handler
from shared.kernel.refusals import NotFound
from shared.kernel.unit_of_work import UnitOfWork


def settles_lines(calendar: CalendarInForce, roles: frozenset[str]) -> Handler:
    return Handler(SettleLines, lambda command: (BATCHES.ref(command.batch_id),), partial(_settle, calendar), roles)


def _settle(calendar: CalendarInForce, work: UnitOfWork, command: SettleLines, context: Context) -> None:
    ref = BATCHES.ref(command.batch_id)
    batch: Batch = work.load(ref)
    if batch.status is None:
        raise NotFound(command.batch_id)
    check_results(batch, command.results)
    terms, key = calendar().terms, (batch.programme_id, batch.period)
    work.preload([BENEFICIARIES.ref(result.child_id) for result in command.results])
    events = {}
    for result in command.results:
        child = load_child(work, result.child_id)
        facts = batch_facts(work, child)
        events[child.id] = settle_line(child, key, result.reason, context.today, terms, facts)
    book(work, events)
    work.append(ref, conclude(work.load(ref)))
