"""Enterprises under a pairing, and workers' files, over HTTP."""

from typing import Any

import marshmallow
from flask.views import MethodView
from marshmallow import fields, validate

from services.registry.api import fields as own
from services.registry.api.edge import warn_of_namesakes
from services.registry.parties.catalogue import party_catalogue
from services.registry.parties.enterprises import RegisterEnterprise
from services.registry.parties.worker_rows import MAY_READ, survey_counts
from services.registry.parties.workers import SurveyWorker
from shared.http import Blueprint, FactSchema, fact, new_id, send
from shared.http.access import check_role
from shared.http.current import current_caller, current_runtime
from shared.kernel.commands import Outcome
from shared.kernel.refusals import NotFound

Body = dict[str, Any]
MOST_PEOPLE = 50


class EnterpriseSchema(FactSchema):
    """An enterprise and the office that helps it."""

    credit_code = own.credit_code(required=True)
    name = own.text(100, shortest=1, required=True)
    enterprise_division = own.division(required=True)
    helper = own.text(100, shortest=1, required=True)
    contact = own.text(50, load_default="")
    registered_on = fields.Date(required=True)


class WorkerSchema(FactSchema):
    """What a survey found. Causes and needs of a worker in hardship; the honour of a model worker."""

    name = own.person_name(required=True)
    group = fields.String(required=True, validate=validate.OneOf(list(party_catalogue().group)))
    employer = own.text(100, shortest=1, required=True)
    worker_division = own.division(required=True)
    people = fields.Integer(required=True, validate=validate.Range(1, MOST_PEOPLE))
    causes = fields.List(fields.String(validate=validate.OneOf(list(party_catalogue().cause))), load_default=list)
    needs = fields.List(fields.String(validate=validate.OneOf(list(party_catalogue().need))), load_default=list)
    honour = own.text(100, load_default="")
    surveyed_on = fields.Date(required=True)


class GroupCountSchema(marshmallow.Schema):
    """How many files of a group, and how many people live in their households."""

    code = fields.String(required=True)
    label = fields.String(required=True)
    files = fields.Integer(required=True)
    people = fields.Integer(required=True)


class CodeCountSchema(marshmallow.Schema):
    """In how many files a cause or need was found."""

    code = fields.String(required=True)
    label = fields.String(required=True)
    files = fields.Integer(required=True)


class SurveyCountsSchema(marshmallow.Schema):
    groups = fields.List(fields.Nested(GroupCountSchema), required=True)
    causes = fields.List(fields.Nested(CodeCountSchema), required=True)
    needs = fields.List(fields.Nested(CodeCountSchema), required=True)


def enterprises_blueprint() -> Blueprint:
    blp = Blueprint(
        "enterprises", __name__, url_prefix="/api/v1/enterprises", description="Enterprises that offices help."
    )

    @blp.route("/registrations")
    class Registrations(MethodView):
        @fact(blp, EnterpriseSchema)
        def post(self, body: Body) -> Outcome:
            """Register an enterprise, or tell what is now true of it."""
            warn_of_namesakes("enterprises", body["name"], body["credit_code"])
            return send(RegisterEnterprise(**body))

    return blp


def workers_blueprint() -> Blueprint:
    blp = Blueprint(
        "workers", __name__, url_prefix="/api/v1/workers", description="Workers in hardship and model workers."
    )

    @blp.route("/surveys")
    class Surveys(MethodView):
        @fact(blp, WorkerSchema)
        def post(self, body: Body) -> Outcome:
            """Open a worker's file with what a survey found. The outcome's stream names its id."""
            return send(_survey(new_id("w"), body))

        @blp.response(200, SurveyCountsSchema)
        def get(self) -> Any:
            """What the surveys add up to: files and people by group, causes, needs."""
            check_role(MAY_READ, "read workers' files")
            return survey_counts(current_runtime().store, current_caller())

    @blp.route("/<worker_id>/surveys")
    class WorkerSurveys(MethodView):
        @fact(blp, WorkerSchema)
        def post(self, body: Body, worker_id: str) -> Outcome:
            """Survey the worker again; what is found takes the place of what was."""
            if current_runtime().store.ledger_collection("workers").find_one({"_id": worker_id}) is None:
                raise NotFound("workers")
            return send(_survey(worker_id, body))

    return blp


def _survey(worker_id: str, body: Body) -> SurveyWorker:
    causes, needs = tuple(body.pop("causes")), tuple(body.pop("needs"))
    return SurveyWorker(worker_id=worker_id, causes=causes, needs=needs, **body)
