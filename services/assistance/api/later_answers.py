"""What the bank says later of lines that are booked: proposed by one person, confirmed or dropped by another."""

from collections.abc import Iterable
from typing import Any

import marshmallow
from flask.views import MethodView
from marshmallow import fields, validate

from services.assistance.api import fields as own
from services.assistance.batches.later_answers import (
    ConfirmLaterAnswers,
    DropLaterAnswers,
    ProposeLaterAnswers,
    SaidAnew,
)
from services.assistance.batches.refusals import LineNotSent
from services.assistance.beneficiaries.payments import ReturnReason
from services.assistance.ids import BatchId, ChildId
from services.assistance.policy import Policy
from services.assistance.queries import batch_sheet
from shared.http import Blueprint, FactSchema, fact, send
from shared.http.current import current_caller, current_runtime
from shared.kernel.commands import Outcome


class SaidAnewSchema(FactSchema):
    """What the bank says of one line now; `reason` why it came back, empty: paid after all."""

    seq = fields.Integer(required=True, validate=validate.Range(min=1))
    answer = fields.String(required=True, validate=validate.OneOf(["PAID", "RETURNED"]))
    reason = fields.String(load_default="", validate=validate.OneOf(["", *ReturnReason]))

    @marshmallow.validates_schema
    def reason_fits(self, data: dict[str, Any], **_: Any) -> None:
        if (data.get("answer") == "RETURNED") != bool(data.get("reason")):
            raise marshmallow.ValidationError("退回须填写原因，入账不填原因。", "reason")


def add_later_answers(blp: Blueprint, policy: Policy) -> None:
    most = policy.steps.lines_settled

    class ProposalSchema(FactSchema):
        """Later answers to lines of a batch by one document of the bank."""

        answers = fields.List(fields.Nested(SaidAnewSchema), required=True, validate=validate.Length(1, most))
        document_no = own.text(60, metadata={"description": "The number of the bank's document (退汇通知等)."})
        answered_on = fields.Date(required=True, metadata={"description": "The day of that document."})

    class SeqsSchema(FactSchema):
        """The lines by their numbers in the batch: all of them, or none."""

        seqs = fields.List(fields.Integer(), required=True, validate=validate.Length(1, most))

    class DroppingSchema(SeqsSchema):
        reason = own.text(200)

    @blp.route("/<batch_id>/later-answers")
    class LaterAnswers(MethodView):
        @fact(blp, ProposalSchema)
        def post(self, body: dict[str, Any], batch_id: BatchId) -> Outcome:
            """Say that the bank answers otherwise than booked. Nothing moves until another person confirms it."""
            said = body.pop("answers")
            children = _children(batch_id, (each["seq"] for each in said))
            answers = [SaidAnew(child, each["reason"]) for child, each in zip(children, said, strict=True)]
            return send(ProposeLaterAnswers(batch_id=batch_id, answers=answers, **body))

    @blp.route("/<batch_id>/later-answers/confirmations")
    class Confirmations(MethodView):
        @fact(blp, SeqsSchema)
        def post(self, body: dict[str, Any], batch_id: BatchId) -> Outcome:
            """Book what another person proposed: the money moves back, or out again."""
            return send(ConfirmLaterAnswers(batch_id=batch_id, children=_children(batch_id, body["seqs"])))

    @blp.route("/<batch_id>/later-answers/withdrawals")
    class Withdrawals(MethodView):
        @fact(blp, DroppingSchema)
        def post(self, body: dict[str, Any], batch_id: BatchId) -> Outcome:
            """Drop what was proposed, with the reason."""
            children = _children(batch_id, body["seqs"])
            return send(DropLaterAnswers(batch_id=batch_id, children=children, reason=body["reason"]))


def _children(batch_id: BatchId, seqs: Iterable[int]) -> list[ChildId]:
    """The children of the lines. Raises NotFound, also out of scope, and LineNotSent."""
    batch = batch_sheet(current_runtime().store, current_caller().scope, batch_id).batch
    by_seq = {entry.line.seq: child_id for child_id, entry in batch.entries.items()}
    found = [by_seq.get(seq) for seq in seqs]
    if None in found:
        raise LineNotSent()
    return [child_id for child_id in found if child_id is not None]
