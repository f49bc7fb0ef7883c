"""Programmes and who is eligible."""

from typing import Any

import marshmallow
from flask.views import MethodView
from marshmallow import fields, validate

from services.assistance.api import fields as own
from services.assistance.ids import ChildId, ProgrammeId
from services.assistance.ledgers.words import CATEGORIES
from services.assistance.policy import LivingSubsidy
from services.assistance.programmes.decisions import OpenProgramme, RequestAssessment
from services.assistance.programmes.events import Standard
from services.assistance.programmes.state import LEVELS
from services.assistance.queries import offers
from shared.http import Blueprint, FactSchema, fact, new_id, send
from shared.http.current import current_caller, current_runtime
from shared.kernel.commands import Outcome


class StandardSchema(FactSchema):
    """What pupils of one level, boarding or not, get a year."""

    level = fields.String(required=True, validate=validate.OneOf(list(LEVELS)))
    boarder = fields.Boolean(required=True, truthy={True}, falsy={False})
    year_fen = own.fen()

    @marshmallow.post_load
    def make(self, data: dict[str, Any], **_: Any) -> Standard:
        return Standard(**data)


class ProgrammeSchema(FactSchema):
    """A programme. What is left out is taken from the county's living-subsidy defaults."""

    programme_id = own.identifier(load_default="")
    name = own.text(60)
    division = own.division()
    memo = fields.String(validate=validate.Length(min=1, max=10))
    standards = fields.List(fields.Nested(StandardSchema), validate=validate.Length(min=1, max=8))
    categories = fields.List(fields.String(validate=validate.OneOf(list(CATEGORIES))))
    attendance_bound = fields.Boolean(truthy={True}, falsy={False})
    first_term = own.term()
    conflicts = fields.List(own.identifier(), load_default=[])
    opened_on = fields.Date(required=True)


class AssessmentSchema(FactSchema):
    """Nothing needs to be said."""


class OfferSchema(marshmallow.Schema):
    """What one programme offers; `reason` says why it offers nothing."""

    programme_id = fields.String(required=True)
    eligible = fields.Boolean(required=True)
    year_fen = fields.Integer(required=True)
    reason = fields.String(required=True)
    held = fields.Boolean(required=True)
    suspended = fields.Boolean(required=True)


class EligibilitySchema(marshmallow.Schema):
    offers = fields.List(fields.Nested(OfferSchema), required=True)


def programmes_blueprint(defaults: LivingSubsidy) -> Blueprint:
    blp = Blueprint("programmes", __name__, url_prefix="/api/v1/programmes", description="Programmes.")

    @blp.route("")
    class Programmes(MethodView):
        @fact(blp, ProgrammeSchema)
        def post(self, body: dict[str, Any]) -> Outcome:
            """Open a programme. All known children are then assessed, step by step."""
            body["programme_id"] = body["programme_id"] or new_id("p")
            body["division"] = body["division"] or current_caller().scope.division
            usual = {name: getattr(defaults, name) for name in LivingSubsidy.__dataclass_fields__}
            return send(OpenProgramme(**(usual | body)))

    @blp.route("/<programme_id>/assessments")
    class Assessments(MethodView):
        @fact(blp, AssessmentSchema)
        def post(self, _: dict[str, Any], programme_id: ProgrammeId) -> Outcome:
            """Assess all known children again."""
            return send(RequestAssessment(programme_id=programme_id, run=new_id("r")))

    return blp


def eligibility_blueprint() -> Blueprint:
    blp = Blueprint("eligibility", __name__, url_prefix="/api/v1/eligibility", description="Eligibility.")

    @blp.route("/<child_id>")
    class Eligibility(MethodView):
        @blp.response(200, EligibilitySchema)
        def get(self, child_id: ChildId) -> dict[str, Any]:
            """What each open programme offers a child now, and if nothing, why."""
            return {"offers": offers(current_runtime().store, current_caller().scope, child_id)}

    return blp
