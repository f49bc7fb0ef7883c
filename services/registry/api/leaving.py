"""Leaving, and whereabouts, over HTTP."""

from typing import Any

from flask.views import MethodView
from marshmallow import fields

from services.registry.api import fields as own
from services.registry.api.papers import papers, papers_of
from services.registry.children.ids import ChildId
from services.registry.leaving.decisions import (
    CompletePrimary,
    RecordAbroad,
    RecordDeath,
    RecordDeclaredMissing,
    RecordGraduation,
)
from services.registry.leaving.events import Certificate
from shared.http import Blueprint, FactSchema, fact, send
from shared.kernel.commands import Outcome

Body = dict[str, Any]


class GraduationSchema(FactSchema):
    """The ninth grade is finished, with a diploma or a certificate of completion."""

    certificate = own.code_of(Certificate, required=True)
    certificate_no = own.text(50, shortest=1, required=True)
    graduated_on = fields.Date(required=True)


class PrimaryCompletionSchema(FactSchema):
    """The sixth grade is finished; the junior school awaits the child."""

    next_school_code = own.school_code(required=True)
    completed_on = fields.Date(required=True)


class DeathSchema(FactSchema):
    """The child died: a death certificate, or the household register's cancellation."""

    died_on = fields.Date(required=True)
    papers = papers(required=True)


class AbroadSchema(FactSchema):
    """The child left the country."""

    country = own.text(50, shortest=1, required=True)
    left_on = fields.Date(required=True)
    papers = papers(required=True)


class DeclaredMissingSchema(FactSchema):
    """A court has declared the child missing."""

    declared_on = fields.Date(required=True)
    papers = papers(required=True)


def add_leaving_facts(blp: Blueprint) -> None:
    @blp.route("/<child_id>/graduations")
    class Graduations(MethodView):
        @fact(blp, GraduationSchema)
        def post(self, body: Body, child_id: ChildId) -> Outcome:
            """Record the end of the nine years."""
            certificate = Certificate(body.pop("certificate"))
            return send(RecordGraduation(child_id=child_id, certificate=certificate, **body))

    @blp.route("/<child_id>/primary-completions")
    class PrimaryCompletions(MethodView):
        @fact(blp, PrimaryCompletionSchema)
        def post(self, body: Body, child_id: ChildId) -> Outcome:
            """Hand a child over to its junior school. Who does not arrive counts as absent from 1 September on."""
            return send(CompletePrimary(child_id=child_id, **body))

    @blp.route("/<child_id>/deaths")
    class Deaths(MethodView):
        @fact(blp, DeathSchema)
        def post(self, body: Body, child_id: ChildId) -> Outcome:
            """Record a death. Every service stops what it does for the child."""
            given = papers_of(body)
            return send(RecordDeath(child_id=child_id, papers=given, **body))

    @blp.route("/<child_id>/departures-abroad")
    class DeparturesAbroad(MethodView):
        @fact(blp, AbroadSchema)
        def post(self, body: Body, child_id: ChildId) -> Outcome:
            """Record that the child left the country."""
            given = papers_of(body)
            return send(RecordAbroad(child_id=child_id, papers=given, **body))

    @blp.route("/<child_id>/declarations-missing")
    class DeclarationsMissing(MethodView):
        @fact(blp, DeclaredMissingSchema)
        def post(self, body: Body, child_id: ChildId) -> Outcome:
            """Record a court's declaration."""
            given = papers_of(body)
            return send(RecordDeclaredMissing(child_id=child_id, papers=given, **body))
