"""Comparing the lists, and working off what they disagree on."""

from typing import Any

import marshmallow
from flask.views import MethodView
from marshmallow import fields, validate

from services.registry import queries, sealing
from services.registry.api import edge
from services.registry.api import fields as own
from services.registry.children.ids import ChildId
from services.registry.handlers import SCHOOL_OFFICE, TOWNSHIP
from services.registry.reconciliation.jobs import RECONCILE
from services.registry.reconciliation.reasons import reasons
from services.registry.reconciliation.registering import RegisterListed
from services.registry.reconciliation.resolving import ReopenDifference, ResolveDifference
from services.registry.transitions.papers import Paper
from shared.http import Blueprint, FactSchema, RequestSchema, fact, new_id, send
from shared.http.current import current_caller, current_runtime
from shared.http.jobs import start_job, starts_job
from shared.kernel.commands import Outcome
from shared.kernel.jobs import Job

Body = dict[str, Any]


class RunSchema(RequestSchema):
    """A run compares the latest lists of every kind with the registry's own children; there is nothing to say."""


class DifferencePaperSchema(RequestSchema):
    """One paper. Reports, letters, stubs and the verifier's word also say when."""

    kind = fields.String(required=True, validate=validate.OneOf(list(reasons().paper)))
    reference = own.text(200, shortest=1, required=True)
    dated = fields.Date(load_default=None)

    @marshmallow.post_load
    def paper(self, body: Body, **_: Any) -> Paper:
        return Paper(**body)


class ResolutionSchema(FactSchema):
    """The papers that explain a difference. `reason`: what it turned out to be, if not what it was found as.

    `same`: of a proposed match alone, whether the two are one person.
    """

    papers = fields.List(fields.Nested(DifferencePaperSchema), required=True, validate=validate.Length(1, 30))
    resolved_on = fields.Date(required=True)
    reason = fields.String(load_default="", validate=validate.OneOf(["", *reasons().reason]))
    remark = own.sentence(500, load_default="")
    same = fields.Boolean(load_default=None, allow_none=True)


class ListedPersonSchema(FactSchema):
    """Of somebody whom only the lists know: what they do not say, and the guardian."""

    sex = fields.String(validate=validate.OneOf(["M", "F"]))
    birth_date = fields.Date()
    division = own.division()
    household_no = own.text(50)
    guardian_name = own.person_name()
    guardian_relation = own.relation()
    guardian_phone = own.mobile()


class ReopeningSchema(FactSchema):
    """The papers do not hold."""

    why = own.sentence(200, shortest=1, required=True)
    reopened_on = fields.Date(required=True)


def blueprint() -> Blueprint:
    blp = Blueprint(
        "differences", __name__, url_prefix="/api/v1", description="Where the lists disagree, and the queue of it."
    )
    _add_runs(blp)
    _add_facts(blp)
    return blp


def _add_runs(blp: Blueprint) -> None:
    @blp.route("/reconciliations")
    class Reconciliations(MethodView):
        @blp.arguments(RunSchema)
        @starts_job(blp)
        def post(self, _: Body) -> Job:
            """Compare the latest lists with each other and with the registry, for the caller's part of the county.

            The job's counts are the differences of each reason; the queue is the ledger `differences`. The same lists
            a second time make no event.
            """
            return start_job(RECONCILE, {}, SCHOOL_OFFICE | TOWNSHIP)


def _add_facts(blp: Blueprint) -> None:
    @blp.route("/differences/<difference_id>/resolutions")
    class Resolutions(MethodView):
        @fact(blp, ResolutionSchema)
        def post(self, body: Body, difference_id: str) -> Outcome:
            """Take a difference off the queue with the papers that its reason asks for."""
            papers = tuple(body.pop("papers"))
            return send(ResolveDifference(difference_id=difference_id, papers=papers, **body))

    @blp.route("/differences/<difference_id>/registrations")
    class Registrations(MethodView):
        @fact(blp, ListedPersonSchema)
        def post(self, body: Body, difference_id: str) -> Outcome:
            """Register somebody whom only the lists know. The outcome's stream names the new child's id.

            Who is of school age and at no school is sought from then on: a visit and a return case are opened.
            """
            row = queries.difference(current_runtime().store, current_caller(), difference_id)
            child_id = ChildId(new_id("c"))
            child = sealing.listed(edge.personal_data(), child_id, row, body)
            return send(RegisterListed(difference_id=difference_id, child=child))

    @blp.route("/differences/<difference_id>/reopenings")
    class Reopenings(MethodView):
        @fact(blp, ReopeningSchema)
        def post(self, body: Body, difference_id: str) -> Outcome:
            """Put a resolved difference back into the queue, saying why."""
            return send(ReopenDifference(difference_id=difference_id, **body))
