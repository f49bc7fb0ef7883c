"""Transfers over HTTP. A receiving school names the child as its papers do: it sees no other school's files."""

from typing import Any

import marshmallow
from flask.views import MethodView
from marshmallow import fields, validate

from services.registry.api import edge
from services.registry.api import fields as own
from services.registry.api.papers import papers, papers_of
from services.registry.children import looking
from services.registry.children.ids import ChildId
from services.registry.transfers.arriving import RecordArrival
from services.registry.transfers.confirming import ConfirmTransfer
from services.registry.transfers.ending import EndTransfer
from services.registry.transfers.requesting import ReportPushOut, RequestTransfer, RequestTransferOut
from services.registry.transfers.transfer import Destination, Ending, Initiator
from shared.http import Blueprint, FactSchema, RequestSchema, fact, new_id, send
from shared.http.current import current_runtime
from shared.kernel.commands import Outcome

Body = dict[str, Any]
GRADES = validate.Range(1, 9)


class TransferSchema(FactSchema):
    """A school of the county asks for a child, on the guardian's application. One of the two numbers is needed.

    `attending_since`: the child sits in class there already.
    """

    id_number = own.resident_id()
    student_number = own.student_number()
    name = own.person_name(required=True)
    receiving_school_code = own.school_code(required=True)
    grade = fields.Integer(required=True, validate=GRADES)
    reason = own.sentence(200, shortest=1, required=True)
    initiated_by = own.code_of(Initiator, load_default=Initiator.GUARDIAN.value)
    attending_since = fields.Date(load_default=None)
    requested_on = fields.Date(required=True)
    papers = papers(required=True)

    @marshmallow.validates_schema
    def check_number(self, body: Body, **_: Any) -> None:
        if not body.get("id_number") and not body.get("student_number"):
            raise marshmallow.ValidationError("身份证号和学籍号至少填写一项。", "id_number")


class DestinationSchema(RequestSchema):
    """A school outside the county."""

    province = own.text(50, shortest=1, required=True)
    city = own.text(50, load_default="")
    county = own.text(50, load_default="")
    school_name = own.text(100, shortest=1, required=True)
    grade = fields.Integer(required=True, validate=GRADES)
    out_of_province = fields.Boolean(required=True)


class TransferOutSchema(FactSchema):
    """A school outside the county has asked for the child."""

    destination = fields.Nested(DestinationSchema, required=True)
    reason = own.sentence(200, shortest=1, required=True)
    initiated_by = own.code_of(Initiator, load_default=Initiator.GUARDIAN.value)
    requested_on = fields.Date(required=True)
    papers = papers(required=True)


class TransferConfirmationSchema(FactSchema):
    """The party whose turn it is agrees. `receipt`: the national system's; `left_on`: the last day at the school."""

    confirmed_on = fields.Date(required=True)
    receipt = own.text(100, load_default="")
    left_on = fields.Date(load_default=None)


class TransferEndingSchema(FactSchema):
    """A party does not agree, or the guardian withdraws."""

    ending = own.code_of(Ending, required=True)
    reason = own.sentence(200, shortest=1, required=True)
    ended_on = fields.Date(required=True)


class ArrivalSchema(FactSchema):
    """The first day in class at the receiving school."""

    arrived_on = fields.Date(required=True)


class PushOutSchema(FactSchema):
    """Somebody says that the school urges the child to leave."""

    what = own.sentence(500, shortest=1, required=True)
    reported_by = own.text(50, shortest=1, required=True)
    reported_on = fields.Date(required=True)


def blueprint() -> Blueprint:
    blp = Blueprint(
        "transfers", __name__, url_prefix="/api/v1/transfers", description="Transfers asked for by receiving schools."
    )

    @blp.route("")
    class Transfers(MethodView):
        @fact(blp, TransferSchema)
        def post(self, body: Body) -> Outcome:
            """Ask for a child. It is found only by a number together with its name."""
            numbers = {field: body.pop(field, None) for field in ("id_number", "student_number")}
            store, personal = current_runtime().store, edge.personal_data()
            child_id = looking.named_child(store, personal, body.pop("name"), numbers)
            initiated_by = Initiator(body.pop("initiated_by"))
            given = papers_of(body)
            return send(
                RequestTransfer(
                    child_id=child_id, transfer_id=new_id("t"), initiated_by=initiated_by, papers=given, **body
                )
            )

    return blp


def add_transfer_facts(blp: Blueprint) -> None:
    @blp.route("/<child_id>/transfers-out")
    class TransfersOut(MethodView):
        @fact(blp, TransferOutSchema)
        def post(self, body: Body, child_id: ChildId) -> Outcome:
            """A school outside the county asks for the child."""
            body["destination"] = Destination(**body["destination"])
            body["initiated_by"] = Initiator(body["initiated_by"])
            given = papers_of(body)
            return send(RequestTransferOut(child_id=child_id, transfer_id=new_id("t"), papers=given, **body))

    @blp.route("/<child_id>/transfer-confirmations")
    class TransferConfirmations(MethodView):
        @fact(blp, TransferConfirmationSchema)
        def post(self, body: Body, child_id: ChildId) -> Outcome:
            """Confirm the transfer under way for the party whose turn it is; the last confirmation completes it."""
            return send(ConfirmTransfer(child_id=child_id, **body))

    @blp.route("/<child_id>/transfer-endings")
    class TransferEndings(MethodView):
        @fact(blp, TransferEndingSchema)
        def post(self, body: Body, child_id: ChildId) -> Outcome:
            """Turn the transfer under way down, or withdraw it."""
            ending = Ending(body.pop("ending"))
            return send(EndTransfer(child_id=child_id, ending=ending, **body))

    @blp.route("/<child_id>/transfer-arrivals")
    class TransferArrivals(MethodView):
        @fact(blp, ArrivalSchema)
        def post(self, body: Body, child_id: ChildId) -> Outcome:
            """Tell that the child has arrived. Without this it counts as absent after some days."""
            return send(RecordArrival(child_id=child_id, **body))

    @blp.route("/<child_id>/push-out-reports")
    class PushOutReports(MethodView):
        @fact(blp, PushOutSchema)
        def post(self, body: Body, child_id: ChildId) -> Outcome:
            """Report that the school urges the child to leave; the county looks into it."""
            return send(ReportPushOut(child_id=child_id, **body))
