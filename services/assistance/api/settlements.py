"""The bank's return file, line by line."""

from collections.abc import Sequence
from typing import Any

import marshmallow
from flask import request
from flask.views import MethodView
from marshmallow import fields

from services.assistance.api import fields as own
from services.assistance.api.layouts import current_layouts
from services.assistance.batches.decisions import LineResult, SettleLines
from services.assistance.batches.later_answers import ProposeLaterAnswers, SaidAnew
from services.assistance.batches.layouts import ReturnLayout
from services.assistance.batches.refusals import NotAReturnFile
from services.assistance.batches.return_file import Checked, ContraryLine, check_return
from services.assistance.batches.return_tables import ReturnFile, read_return_file
from services.assistance.handlers import APPROVER, PREPARER
from services.assistance.ids import BatchId
from services.assistance.personal import PersonalData
from services.assistance.policy import Policy
from services.assistance.queries import bank_rows, batch_sheet, sent_lines
from shared.http import COMMAND_HEADERS, Blueprint, RequestSchema, send
from shared.http.current import current_caller, current_runtime
from shared.kernel.refusals import RoleNotAllowed

_FILE = {"type": "object", "required": ["file"], "properties": {"file": {"type": "string", "format": "binary"}}}


class EvidenceSchema(RequestSchema):
    """The bank's document by which contrary lines of the file are proposed as later answers: both, or none."""

    document_no = own.text(60, needed=False)
    answered_on = fields.Date()

    @marshmallow.validates_schema
    def both_or_none(self, data: dict[str, Any], **_: Any) -> None:
        if len(data) == 1:
            raise marshmallow.ValidationError("银行凭证号和凭证日期要么都填，要么都不填。", "document_no")


class RefusedLineSchema(marshmallow.Schema):
    sheet = fields.String(required=True, metadata={"description": "Of a workbook; empty for a text file."})
    row = fields.Integer(required=True, metadata={"description": "The line of the file; the heading is 1."})
    code = fields.String(required=True)
    message = fields.String(required=True, attribute="zh")


class ContraryLineSchema(marshmallow.Schema):
    """A line that says the opposite of what is booked. It is booked as a later answer, or not at all."""

    sheet = fields.String(required=True)
    row = fields.Integer(required=True)
    seq = fields.Integer(required=True)
    booked = fields.String(required=True, metadata={"description": "PAID or RETURNED."})
    answer = fields.String(required=True, metadata={"description": "What the file says: PAID or RETURNED."})
    reason = fields.String(required=True, attribute="returned")
    message = fields.String(required=True, attribute="zh")


class UnreadSheetSchema(marshmallow.Schema):
    """A sheet of the workbook that was not read, and why."""

    sheet = fields.String(required=True)
    message = fields.String(required=True, attribute="zh")


class ReportSchema(marshmallow.Schema):
    """What was booked, how many lines said what was booked before, and every line that was refused.

    `waiting` lines of the batch have no answer yet.
    """

    paid = fields.Integer(required=True)
    returned = fields.Integer(required=True)
    known = fields.Integer(required=True)
    waiting = fields.Integer(required=True)
    refused = fields.List(fields.Nested(RefusedLineSchema), required=True)
    contrary = fields.List(fields.Nested(ContraryLineSchema), required=True)
    proposed = fields.Integer(required=True, metadata={"description": "How many of `contrary` now wait for a check."})
    unread_sheets = fields.List(fields.Nested(UnreadSheetSchema), required=True)


def add_settlements(blp: Blueprint, policy: Policy) -> None:
    @blp.route("/<batch_id>/settlements")
    class Settlements(MethodView):
        @blp.headers(*COMMAND_HEADERS)
        @blp.doc(requestBody={"required": True, "content": {"multipart/form-data": {"schema": _FILE}}})
        @blp.arguments(EvidenceSchema, location="query")
        @blp.response(201, ReportSchema)
        def post(self, evidence: dict[str, Any], batch_id: BatchId) -> dict[str, Any]:
            """Book the bank's return file, text or a workbook. Good lines are booked, the others come back with
            their reasons; when a total of the file does not agree, none is booked.

            The same file again books nothing and refuses nothing. A line that says the opposite of what is booked is
            listed as `contrary`; with `document_no` and `answered_on` it is also proposed as a later answer.
            """
            if current_caller().role not in PREPARER | APPROVER:
                raise RoleNotAllowed(current_caller().role, SettleLines.NAME)
            layout, step = current_layouts(policy).return_file, policy.steps.lines_settled
            file, checked = _check(batch_id, _uploaded(), layout)
            contrary = checked.contrary if evidence else ()
            _propose(batch_id, contrary, evidence, step)
            _book(batch_id, checked.accepted, step)
            returned = sum(bool(result.returned) for result in checked.accepted)
            return {
                "paid": len(checked.accepted) - returned,
                "returned": returned,
                "known": checked.known,
                "waiting": checked.waiting,
                "refused": checked.refused,
                "contrary": checked.contrary,
                "proposed": len(contrary),
                "unread_sheets": file.unread,
            }


def _uploaded() -> bytes:
    request.get_data(cache=True)  # before the form is parsed: the request's fingerprint needs the bytes, too
    file = request.files.get("file")
    if file is None:
        raise NotAReturnFile("请在 file 栏上传文件", "no file was sent")
    content: bytes = file.read()
    return content


def _check(batch_id: BatchId, content: bytes, layout: ReturnLayout) -> tuple[ReturnFile, Checked]:
    runtime, scope = current_runtime(), current_caller().scope
    rows = bank_rows(runtime.store, scope, PersonalData(runtime.ports.cipher), batch_id)
    batch = batch_sheet(runtime.store, scope, batch_id).batch
    file = read_return_file(content, layout)
    return file, check_return(file.rows, sent_lines(batch, rows), batch.memo, layout)


def _book(batch_id: BatchId, results: Sequence[LineResult], step: int) -> None:
    """Step by step. When this is cut short, the same file sent again books the rest."""
    for start in range(0, len(results), step):
        part = list(results[start : start + step])
        send(SettleLines(batch_id=batch_id, results=part), part=f"lines-{part[0].child_id}")


def _propose(batch_id: BatchId, lines: Sequence[ContraryLine], evidence: dict[str, Any], step: int) -> None:
    for start in range(0, len(lines), step):
        part = [SaidAnew(line.child_id, line.returned) for line in lines[start : start + step]]
        command = ProposeLaterAnswers(batch_id=batch_id, answers=part, **evidence)
        send(command, part=f"later-{part[0].child_id}")
