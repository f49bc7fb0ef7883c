"""Answers of the bank that contradict what is booked: proposed with evidence by one person, confirmed by another."""

from dataclasses import dataclass, replace
from datetime import date
from typing import ClassVar

from services.assistance.batches.events import LaterAnswerConfirmed, LaterAnswerDropped, LaterAnswerProposed
from services.assistance.batches.refusals import (
    AnswerAlreadyBooked,
    DocumentAlreadyBooked,
    LaterAnswerPending,
    LineNotAnswered,
    LineNotSent,
    NoLaterAnswer,
)
from services.assistance.batches.state import Batch, Entry, EntryState, evolve
from services.assistance.ids import BatchId, ChildId, document_key
from shared.kernel.caller import same_person
from shared.kernel.commands import Context
from shared.kernel.refusals import DateBefore, DateInFuture, NotFound, SameHandNotAllowed


@dataclass(frozen=True, slots=True)
class SaidAnew:
    """What the bank says of a line now; `returned` empty: paid."""

    child_id: ChildId
    returned: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposeLaterAnswers:
    """`document_no` and `answered_on` are those of the bank's document."""

    NAME: ClassVar[str] = "assistance.propose-later-answers"
    batch_id: BatchId
    answers: list[SaidAnew]
    document_no: str
    answered_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfirmLaterAnswers:
    """All of them or none."""

    NAME: ClassVar[str] = "assistance.confirm-later-answers"
    batch_id: BatchId
    children: list[ChildId]


@dataclass(frozen=True, slots=True, kw_only=True)
class DropLaterAnswers:
    NAME: ClassVar[str] = "assistance.drop-later-answers"
    batch_id: BatchId
    children: list[ChildId]
    reason: str


def propose_later_answers(batch: Batch, command: ProposeLaterAnswers, context: Context) -> list[LaterAnswerProposed]:
    """Say what the bank says now of lines that are booked; the same again changes nothing.

    Refuses a line that was never sent or has no answer yet, an answer that is the one booked, a document that the
    line was booked by before, another proposal that waits, and a day before the batch was sent or after today.
    """
    if command.answered_on > context.today:
        raise DateInFuture("answered_on")
    if batch.status is None:
        raise NotFound(batch.id)
    if command.answered_on < batch.sent_on:
        raise DateBefore("answered_on", "送银行日期", "the day the batch was sent", batch.sent_on)
    proposed: list[LaterAnswerProposed] = []
    for said in command.answers:
        for event in _proposed(batch, command, said, context):
            proposed.append(event)
            batch = evolve(batch, event)
    return proposed


def confirm_later_answers(batch: Batch, command: ConfirmLaterAnswers, context: Context) -> list[LaterAnswerConfirmed]:
    """Another person than the one who proposed it books the answer."""
    return [_confirmed(batch, child_id, context) for child_id in dict.fromkeys(command.children)]


def drop_later_answers(batch: Batch, command: DropLaterAnswers, context: Context) -> list[LaterAnswerDropped]:
    """Take back what was proposed; whoever proposed it may, too."""
    return [
        LaterAnswerDropped(
            batch_id=batch.id,
            child_id=_waiting(batch, child_id).child_id,
            reason=command.reason,
            dropped_by=context.actor,
        )
        for child_id in dict.fromkeys(command.children)
    ]


def _proposed(
    batch: Batch, command: ProposeLaterAnswers, said: SaidAnew, context: Context
) -> list[LaterAnswerProposed]:
    entry = _answered(batch, said.child_id)
    seq = entry.line.seq
    if bool(said.returned) == (entry.state is EntryState.RETURNED):
        raise AnswerAlreadyBooked(seq)
    if document_key(command.document_no) in entry.documents:
        raise DocumentAlreadyBooked(seq)
    proposal = LaterAnswerProposed(
        batch_id=batch.id,
        child_id=said.child_id,
        seq=seq,
        amount_fen=entry.line.amount_fen,
        returned=said.returned,
        document_no=command.document_no,
        answered_on=command.answered_on,
        proposed_by=context.actor,
    )
    waiting = entry.proposed
    if waiting is None:
        return [proposal]
    if replace(waiting, proposed_by=context.actor) != proposal:
        raise LaterAnswerPending(seq)
    return []


def _answered(batch: Batch, child_id: ChildId) -> Entry:
    entry = batch.entries.get(child_id)
    if entry is not None and entry.state is EntryState.SENT:
        raise LineNotAnswered(entry.line.seq)
    if entry is None or not entry.is_answered:
        raise LineNotSent()
    return entry


def _waiting(batch: Batch, child_id: ChildId) -> LaterAnswerProposed:
    entry = batch.entries.get(child_id)
    if entry is None or entry.proposed is None:
        raise NoLaterAnswer()
    return entry.proposed


def _confirmed(batch: Batch, child_id: ChildId, context: Context) -> LaterAnswerConfirmed:
    proposal = _waiting(batch, child_id)
    if same_person(context.actor, proposal.proposed_by):
        raise SameHandNotAllowed("登记银行后来的答复", "复核")
    return LaterAnswerConfirmed(
        batch_id=batch.id,
        child_id=child_id,
        amount_fen=proposal.amount_fen,
        returned=proposal.returned,
        document_no=proposal.document_no,
        answered_on=proposal.answered_on,
        confirmed_by=context.actor,
    )
