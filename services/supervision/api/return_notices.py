"""《限期复学通知书》 over HTTP: issue, serve, withdraw; read it as data or as a page to print."""

from typing import Any

import marshmallow
import msgspec
from flask import Response, request
from flask.views import MethodView
from marshmallow import fields, validate

from services.roles import KNOW_WHY
from services.supervision.api.fields import day, one_of, text
from services.supervision.ids import ChildId, NoticeId
from services.supervision.queries import read_notice
from services.supervision.return_notices.commands import IssueNotice, RecordService, WithdrawNotice
from services.supervision.return_notices.document import as_html, document_of
from services.supervision.return_notices.events import ServiceMethod, ServiceReceipt
from services.supervision.return_notices.outlook import hint
from services.supervision.return_notices.state import Notice
from shared.http import Blueprint, FactSchema, fact, send
from shared.http.access import check_role
from shared.http.current import current_caller, current_runtime
from shared.http.parsed import person_name, person_name_or_blank
from shared.http.schemas import OutcomeSchema
from shared.kernel.commands import Outcome
from shared.kernel.refusals import NotFound


class IssueSchema(FactSchema):
    """The township issues the notice under its next number and in its registered name."""

    issued_on = day("The date on the notice.")


class ServiceSchema(FactSchema):
    """The proof of service (送达回证). Two process servers are recommended."""

    method = one_of(ServiceMethod, "How the notice reached the guardian.")
    served_on = day("The date on the proof of service.")
    servers = fields.List(
        person_name(metadata={"description": "A process server's name."}),
        required=True,
        validate=validate.Length(min=1, max=10),
    )
    signer = person_name_or_blank(
        load_default="", metadata={"description": "Who signed for it: needed for DIRECT and ENTRUSTED."}
    )
    witness = text("Who witnessed it: for LEAVE_BEHIND, unless there is a recording.", 100, required=False)
    proof = text("Receipt, recording, consent or publication, by number or file hash.", 200, required=False)


class WithdrawalSchema(FactSchema):
    """A wrong notice is withdrawn, never edited."""

    ground = text("Why it is withdrawn.", 500)


class DocumentSchema(marshmallow.Schema):
    """What stands on the paper."""

    title = fields.String(required=True)
    number = fields.String(required=True)
    addressee = fields.String(required=True)
    paragraphs = fields.List(fields.String(), required=True)
    law = fields.String(required=True)
    deadline = fields.String(required=True, metadata={"description": "Empty before service."})
    issuer = fields.String(required=True)
    issued_on = fields.String(required=True)
    withdrawn = fields.Boolean(required=True)
    withdrawn_because = fields.String(required=True, metadata={"description": "The ground, or empty."})
    note = fields.String(required=True, metadata={"description": "For who issues and serves it; not printed."})


class NoticeOutcomeSchema(OutcomeSchema):
    """What came of it, and what to look out for."""

    warning = fields.String(
        required=True,
        metadata={"description": "Empty, or that the end lies in school holidays or may still move (可能调整)."},
    )


class NoticeSchema(marshmallow.Schema):
    """A notice, its state and (once issued) its text."""

    notice_id = fields.String(required=True)
    child_id = fields.String(required=True)
    status = fields.String(required=True)
    last_day = fields.Date(required=True, allow_none=True)
    document = fields.Nested(DocumentSchema, required=True, allow_none=True)


def return_notices_blueprint() -> Blueprint:
    blp = Blueprint(
        "return-notices",
        __name__,
        url_prefix="/api/v1/return-notices",
        description="Return-to-school notices (限期复学通知书).",
    )
    _read(blp)
    _issue(blp)
    _serve(blp)
    _withdraw(blp)
    return blp


def _read(blp: Blueprint) -> None:
    @blp.route("/<notice_id>")
    class OneNotice(MethodView):
        @blp.response(200, NoticeSchema)
        def get(self, notice_id: str) -> dict[str, Any]:
            """A notice as data."""
            check_role(KNOW_WHY, "read a notice")
            child_id, notice = _notice(notice_id)
            return {
                "notice_id": notice.id,
                "child_id": child_id,
                "status": notice.status,
                "last_day": notice.service.last_day if notice.service else None,
                "document": document_of(notice),
            }

    @blp.route("/<notice_id>/document")
    class NoticeDocument(MethodView):
        @blp.response(200, {"type": "string"}, content_type="text/html", description="A page to print")
        def get(self, notice_id: str) -> Response:
            """An issued notice as a page to print."""
            check_role(KNOW_WHY, "read a notice")
            document = document_of(_notice(notice_id)[1])
            if document is None:
                raise NotFound(f"notice {notice_id} is not issued")
            return Response(as_html(document), content_type="text/html; charset=utf-8")


def _issue(blp: Blueprint) -> None:
    @blp.route("/<notice_id>/issues")
    class Issues(MethodView):
        @fact(blp, IssueSchema, NoticeOutcomeSchema, _warning)
        def post(self, body: dict[str, Any], notice_id: str) -> Outcome:
            """Issue the notice. Only the child's own township may."""
            township = current_caller().scope.division
            return send(
                IssueNotice(child_id=_child(notice_id), notice_id=NoticeId(notice_id), township=township, **body)
            )


def _serve(blp: Blueprint) -> None:
    @blp.route("/<notice_id>/services")
    class Services(MethodView):
        @fact(blp, ServiceSchema, NoticeOutcomeSchema, _warning)
        def post(self, body: dict[str, Any], notice_id: str) -> Outcome:
            """Record the proof of service: the clock starts."""
            receipt = msgspec.convert(body, ServiceReceipt)
            return send(RecordService(child_id=_child(notice_id), notice_id=NoticeId(notice_id), receipt=receipt))


def _withdraw(blp: Blueprint) -> None:
    @blp.route("/<notice_id>/withdrawals")
    class Withdrawals(MethodView):
        @fact(blp, WithdrawalSchema)
        def post(self, body: dict[str, Any], notice_id: str) -> Outcome:
            """Withdraw the notice: its clock stops, and another may be asked for."""
            return send(WithdrawNotice(child_id=_child(notice_id), notice_id=NoticeId(notice_id), **body))


def _warning(_: Outcome) -> dict[str, str]:
    """What is to be said of the notice as it is now."""
    return {"warning": hint(_notice((request.view_args or {})["notice_id"])[1])}


def _notice(notice_id: str) -> tuple[ChildId, Notice]:
    return read_notice(current_runtime().store, current_caller().scope, NoticeId(notice_id))


def _child(notice_id: str) -> ChildId:
    return _notice(notice_id)[0]
