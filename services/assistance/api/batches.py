"""Batches: prepared, approved, sent, settled."""

from typing import Any

import marshmallow
import structlog
from flask import Response
from flask.views import MethodView
from marshmallow import fields, validate

from services.assistance.api import fields as own
from services.assistance.api.later_answers import add_later_answers
from services.assistance.api.layouts import current_layouts
from services.assistance.api.settlements import add_settlements
from services.assistance.batches.bank_file import write_bank_file
from services.assistance.batches.decisions import ApproveBatch, RejectBatch, SendBatch, StartBatch
from services.assistance.handlers import APPROVER
from services.assistance.ids import BatchId
from services.assistance.personal import PersonalData
from services.assistance.policy import Policy
from services.assistance.queries import BatchSheet, bank_rows, batch_sheet
from shared.http import Blueprint, FactSchema, fact, new_id, send
from shared.http.current import current_caller, current_runtime
from shared.http.preconditions import etag
from shared.kernel.commands import Outcome
from shared.kernel.refusals import RoleNotAllowed

log = structlog.get_logger()


class StartSchema(FactSchema):
    """Which lines to gather: a programme's, for a term, from a division or one school."""

    programme_id = own.identifier(required=True)
    fund_id = own.identifier(required=True)
    period = own.term()
    division = own.division()
    school_code = fields.String(load_default="", validate=validate.Length(max=20))


class ApprovalSchema(FactSchema):
    """What the approver saw; refused when the batch holds something else."""

    lines = fields.Integer(required=True, validate=validate.Range(min=1))
    total_fen = own.fen()


class RejectionSchema(FactSchema):
    reason = own.text(200)


class DispatchSchema(FactSchema):
    """Nothing needs to be said."""


class BatchLineSchema(marshmallow.Schema):
    seq = fields.Integer(required=True)
    child_id = fields.String(required=True)
    amount_fen = fields.Integer(required=True)


class BatchSchema(marshmallow.Schema):
    """A batch with the lines that count: before it is sent those it keeps, then those at the bank."""

    batch_id = fields.String(required=True, attribute="batch.id")
    status = fields.String(required=True, attribute="batch.status")
    programme_id = fields.String(required=True, attribute="batch.programme_id")
    fund_id = fields.String(required=True, attribute="batch.fund_id")
    period = fields.String(required=True, attribute="batch.period")
    memo = fields.String(required=True, attribute="batch.memo")
    started_by = fields.String(required=True, attribute="batch.started_by")
    refused = fields.Integer(required=True, attribute="batch.refused")
    lines = fields.List(fields.Nested(BatchLineSchema), required=True)
    total_fen = fields.Integer(required=True)
    total_capital = fields.String(required=True, metadata={"description": "The total in capitals (大写)."})


def batches_blueprint(policy: Policy) -> Blueprint:
    blp = Blueprint("batches", __name__, url_prefix="/api/v1/batches", description="Payment batches.")

    @blp.route("")
    class Batches(MethodView):
        @fact(blp, StartSchema)
        def post(self, body: dict[str, Any]) -> Outcome:
            """Start a batch; its lines are gathered step by step until its status is PREPARED."""
            body["division"] = body["division"] or current_caller().scope.division
            return send(StartBatch(batch_id=BatchId(new_id("b")), **body))

    @blp.route("/<batch_id>")
    class Batch(MethodView):
        @blp.response(200, BatchSchema)
        def get(self, batch_id: BatchId) -> tuple[BatchSheet, dict[str, str]]:
            """A batch and its lines."""
            sheet = batch_sheet(current_runtime().store, current_caller().scope, batch_id)
            return sheet, {"ETag": etag(sheet.version)}

    @blp.route("/<batch_id>/approvals")
    class Approvals(MethodView):
        @fact(blp, ApprovalSchema)
        def post(self, body: dict[str, Any], batch_id: BatchId) -> Outcome:
            """Approve a batch that another person prepared."""
            return send(ApproveBatch(batch_id=batch_id, **body))

    @blp.route("/<batch_id>/rejections")
    class Rejections(MethodView):
        @fact(blp, RejectionSchema)
        def post(self, body: dict[str, Any], batch_id: BatchId) -> Outcome:
            """Turn a batch down: its lines are given up and their money is available again."""
            return send(RejectBatch(batch_id=batch_id, **body))

    @blp.route("/<batch_id>/dispatches")
    class Dispatches(MethodView):
        @fact(blp, DispatchSchema)
        def post(self, _: dict[str, Any], batch_id: BatchId) -> Outcome:
            """Send an approved batch: what the bank file holds is fixed, without the lines that are held."""
            return send(SendBatch(batch_id=batch_id))

    _add_bank_file(blp, policy)
    add_settlements(blp, policy)
    add_later_answers(blp, policy)
    return blp


def _add_bank_file(blp: Blueprint, policy: Policy) -> None:
    @blp.route("/<batch_id>/bank-file")
    class BankFile(MethodView):
        @blp.response(200, {"type": "string", "format": "binary"}, content_type="text/csv")
        def get(self, batch_id: BatchId) -> Response:
            """The file for the bank, made now and kept nowhere. It holds open account numbers."""
            caller, runtime = current_caller(), current_runtime()
            if caller.role not in APPROVER:
                raise RoleNotAllowed(caller.role, "read the bank file")
            personal = PersonalData(runtime.ports.cipher)
            rows = bank_rows(runtime.store, caller.scope, personal, batch_id)
            content = write_bank_file(rows, current_layouts(policy).bank_file)
            log.info("bank file made", batch=batch_id, lines=len(rows), subject=caller.subject)
            name = f'attachment; filename="{batch_id}.csv"'
            return Response(
                content, mimetype="text/csv", headers={"Content-Disposition": name, "Cache-Control": "no-store"}
            )
