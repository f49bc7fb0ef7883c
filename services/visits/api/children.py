"""Facts on one child: visits, attempts, the team, checks; and everything on file."""

from typing import Any

import marshmallow
from flask.views import MethodView
from marshmallow import fields, validate

from services.roles import KNOW_WHY
from services.visits.api.fields import day, people, photos
from services.visits.household_visits.opening import ReassignHouseholdVisit
from services.visits.household_visits.recording import RecordHouseholdVisit
from services.visits.household_visits.vocabulary import Cause
from services.visits.ids import ChildId, VisitId
from services.visits.persuasion.decisions import RecordPersuasionAttempt
from services.visits.persuasion.vocabulary import Method
from services.visits.queries import ChildFile, child_file
from services.visits.stability.decisions import RecordStabilityCheck
from services.visits.stability.vocabulary import Finding
from services.visits.teams.decisions import AssignReturnTeam
from services.visits.vocabulary import Result, Whereabouts
from shared.http import Blueprint, FactSchema, fact, send
from shared.http.access import check_role
from shared.http.current import current_caller, current_runtime
from shared.http.parsed import person_name
from shared.http.preconditions import etag
from shared.kernel.commands import Outcome

NEXT_ON = "When the family is contacted again; after this contact."


class VisitRecordSchema(FactSchema):
    """What a household visit found."""

    visited_on = day("Between the first day of the absence and today.")
    place = fields.Enum(Whereabouts, required=True, validate=validate.NoneOf([Whereabouts.NOT_TOLD]))
    people = people("Who went, and whom they met.")
    cause = fields.Enum(Cause, required=True)
    result = fields.Enum(Result, required=True)
    photos = photos()
    next_on = day(NEXT_ON, required=False)
    counts_as_attempt = fields.Boolean(
        load_default=False,
        metadata={"description": "The family was asked to send the child back: also a persuasion attempt."},
    )


class HandoverSchema(FactSchema):
    """Who takes the visit over."""

    teacher = person_name(required=True)


class AttemptSchema(FactSchema):
    """One attempt to win the child back."""

    method = fields.Enum(Method, required=True)
    attempted_on = day("Between the first day of the absence and today.")
    persons = people("Who took part.")
    place = fields.Enum(Whereabouts, load_default=Whereabouts.NOT_TOLD)
    result = fields.Enum(Result, required=True)
    next_on = day(NEXT_ON, required=False)
    photos = photos()


class TeamSchema(FactSchema):
    """Three different people."""

    teacher = person_name(required=True)
    village_cadre = person_name(required=True)
    guardian = person_name(required=True)


class CheckSchema(FactSchema):
    """What was seen of the child."""

    check_no = fields.Integer(
        required=True, validate=validate.Range(1, 99), metadata={"description": "From 1, in the planned order."}
    )
    checked_on = day("Between the return and today.")
    finding = fields.Enum(Finding, required=True)


class ChildFileSchema(marshmallow.Schema):
    """Everything on one child, as in the ledgers."""

    plan = fields.Dict(required=True)
    visits = fields.List(fields.Dict(), required=True)
    attempts = fields.List(fields.Dict(), required=True)
    returns = fields.List(fields.Dict(), required=True, metadata={"description": "With their stability checks."})


def children_blueprint() -> Blueprint:
    blp = Blueprint(
        "children", __name__, url_prefix="/api/v1/children", description="Visits to and persuasion of one child."
    )

    @blp.route("/<child_id>")
    class Child(MethodView):
        @blp.response(200, ChildFileSchema, headers={"ETag": {"schema": {"type": "string"}}})
        def get(self, child_id: ChildId) -> tuple[ChildFile, dict[str, str]]:
            """The child's plan with its visits, attempts and returns."""
            check_role(KNOW_WHY, "read a child's file")
            found = child_file(current_runtime().store, current_caller().scope, child_id)
            return found, {"ETag": etag(found.version)}

    @blp.route("/<child_id>/visits/<visit_id>/records")
    class VisitRecords(MethodView):
        @fact(blp, VisitRecordSchema)
        def post(self, body: dict[str, Any], child_id: ChildId, visit_id: VisitId) -> Outcome:
            """Record the visit, which completes it."""
            return send(RecordHouseholdVisit(child_id=child_id, visit_id=visit_id, **body))

    @blp.route("/<child_id>/visits/<visit_id>/handovers")
    class VisitHandovers(MethodView):
        @fact(blp, HandoverSchema)
        def post(self, body: dict[str, Any], child_id: ChildId, visit_id: VisitId) -> Outcome:
            """Hand the visit over to another teacher."""
            return send(ReassignHouseholdVisit(child_id=child_id, visit_id=visit_id, **body))

    @blp.route("/<child_id>/attempts")
    class Attempts(MethodView):
        @fact(blp, AttemptSchema)
        def post(self, body: dict[str, Any], child_id: ChildId) -> Outcome:
            """Record an attempt to win the child back."""
            return send(RecordPersuasionAttempt(child_id=child_id, **body))

    @blp.route("/<child_id>/teams")
    class Teams(MethodView):
        @fact(blp, TeamSchema)
        def post(self, body: dict[str, Any], child_id: ChildId) -> Outcome:
            """Name the child's three-help-one team."""
            return send(AssignReturnTeam(child_id=child_id, **body))

    @blp.route("/<child_id>/stability-checks")
    class StabilityChecks(MethodView):
        @fact(blp, CheckSchema)
        def post(self, body: dict[str, Any], child_id: ChildId) -> Outcome:
            """Record that somebody looked whether the child still comes."""
            return send(RecordStabilityCheck(child_id=child_id, **body))

    return blp
