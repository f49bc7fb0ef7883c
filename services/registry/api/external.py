"""What systems outside have been told, over HTTP."""

from typing import Any

from flask.views import MethodView
from marshmallow import fields, validate

from services.registry.api import fields as own
from services.registry.children.ids import ChildId
from services.registry.external.systems import systems
from services.registry.external.telling import ReturnExternalEntry, StrikeExternalChange, TellExternalSystem
from shared.http import Blueprint, FactSchema, fact, send
from shared.kernel.commands import Outcome

Body = dict[str, Any]


class ExternalUpdateSchema(FactSchema):
    """A system outside knows now where the child stands."""

    system = fields.String(required=True, validate=validate.OneOf(list(systems())))
    receipt = own.text(100, shortest=1, required=True)
    told_on = fields.Date(required=True)
    change = fields.Integer(load_default=None, allow_none=True, validate=validate.Range(1))


class ExternalStrikeSchema(FactSchema):
    """A change that was owed to a system outside need not be told."""

    system = fields.String(required=True, validate=validate.OneOf(list(systems())))
    change = fields.Integer(required=True, validate=validate.Range(1))
    reason = own.sentence(100, shortest=1, required=True)
    struck_off_on = fields.Date(required=True)


class ExternalReturnSchema(FactSchema):
    """A system outside sent an entry back after its receipt."""

    system = fields.String(required=True, validate=validate.OneOf(list(systems())))
    reason = own.sentence(100, shortest=1, required=True)
    returned_on = fields.Date(required=True)


def add_external_facts(blp: Blueprint) -> None:
    @blp.route("/<child_id>/external-updates")
    class ExternalUpdates(MethodView):
        @fact(blp, ExternalUpdateSchema)
        def post(self, body: Body, child_id: ChildId) -> Outcome:
            """Record that a system outside was told, with its receipt: of the change of this number in the ledger
            external-changes, else of the oldest that is owed. Who waits: ledger external-updates-due.
            """
            return send(TellExternalSystem(child_id=child_id, **body))

    @blp.route("/<child_id>/external-returns")
    class ExternalReturns(MethodView):
        @fact(blp, ExternalReturnSchema)
        def post(self, body: Body, child_id: ChildId) -> Outcome:
            """Record that a system outside sent back what it had been told: it waits to be told again."""
            return send(ReturnExternalEntry(child_id=child_id, **body))

    @blp.route("/<child_id>/external-strikes")
    class ExternalStrikes(MethodView):
        @fact(blp, ExternalStrikeSchema)
        def post(self, body: Body, child_id: ChildId) -> Outcome:
            """Strike a change off that need not be told, with a reason; whoever does it is named."""
            return send(StrikeExternalChange(child_id=child_id, **body))
