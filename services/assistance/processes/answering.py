"""Booking what the bank said later, once a second person has confirmed it."""

from functools import partial

from services.assistance.batches.events import LaterAnswerConfirmed
from services.assistance.batches.later_answers import ConfirmLaterAnswers, confirm_later_answers
from services.assistance.batches.state import BATCHES, Batch
from services.assistance.beneficiaries.later_answers import LaterAnswer, answer_anew
from services.assistance.beneficiaries.payments import ReturnReason
from services.assistance.beneficiaries.state import BENEFICIARIES
from services.assistance.processes.booking import batch_facts, book, load_child
from shared.calendar import CalendarInForce
from shared.kernel.commands import Context, Handler
from shared.kernel.unit_of_work import UnitOfWork


def confirms_later_answers(calendar: CalendarInForce, roles: frozenset[str]) -> Handler:
    return Handler(
        ConfirmLaterAnswers, lambda command: (BATCHES.ref(command.batch_id),), partial(_confirm, calendar), roles
    )


def _confirm(calendar: CalendarInForce, work: UnitOfWork, command: ConfirmLaterAnswers, context: Context) -> None:
    ref = BATCHES.ref(command.batch_id)
    batch: Batch = work.load(ref)
    confirmed = confirm_later_answers(batch, command, context)
    work.preload([BENEFICIARIES.ref(event.child_id) for event in confirmed])
    events = {}
    for event in confirmed:
        child = load_child(work, event.child_id)
        events[child.id] = answer_anew(child, _answer(batch, event), calendar().terms, batch_facts(work, child))
    work.append(ref, confirmed)
    book(work, events)


def _answer(batch: Batch, event: LaterAnswerConfirmed) -> LaterAnswer:
    return LaterAnswer(
        key=(batch.programme_id, batch.period),
        fund_id=batch.fund_id,
        batch_id=batch.id,
        seq=batch.entries[event.child_id].line.seq,
        amount_fen=event.amount_fen,
        returned=ReturnReason(event.returned) if event.returned else None,
        document_no=event.document_no,
        answered_on=event.answered_on,
    )
