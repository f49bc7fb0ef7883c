"""A child's whereabouts over HTTP: lost, sought, found, or elsewhere."""

from typing import Any

from flask.views import MethodView
from marshmallow import fields, validate

from services.registry.api import fields as own
from services.registry.api.papers import papers, papers_of
from services.registry.children.ids import ChildId
from services.registry.whereabouts.decisions import (
    ConfirmElsewhere,
    FileInquiryStub,
    RecheckWhereabouts,
    ReportFound,
    ReportLost,
)
from services.registry.whereabouts.events import Level
from shared.http import Blueprint, FactSchema, fact, send
from shared.kernel.commands import Outcome

Body = dict[str, Any]


class LostSchema(FactSchema):
    """Visit, telephone and letter failed. Papers: the report, the letter, photographs, the school's stub; of a child
    at no school the township's, which then reports it.
    """

    last_seen = own.sentence(200, shortest=1, required=True)
    investigators = fields.List(own.person_name(), required=True, validate=validate.Length(1, 10))
    lost_on = fields.Date(required=True)
    papers = papers(required=True)


class StubSchema(FactSchema):
    """A level passed the report on and kept its stub."""

    level = own.code_of(Level, required=True)
    number = own.text(50, shortest=1, required=True)
    filed_on = fields.Date(required=True)


class RecheckSchema(FactSchema):
    """Somebody asked again, in vain."""

    inquiry = own.sentence(200, shortest=1, required=True)
    rechecked_on = fields.Date(required=True)


class FoundSchema(FactSchema):
    """The child is known to be somewhere. One that studies outside the county is reported as elsewhere instead."""

    place = own.sentence(200, shortest=1, required=True)
    found_on = fields.Date(required=True)
    papers = papers(required=True)


class ElsewhereSchema(FactSchema):
    """Where the child studies, and who verified it."""

    province = own.text(30, shortest=1, required=True)
    city = own.text(30, shortest=1, required=True)
    county = own.text(30, shortest=1, required=True)
    school_name = own.text(100, shortest=1, required=True)
    grade = fields.Integer(required=True, validate=validate.Range(1, 9))
    out_of_province = fields.Boolean(required=True)
    verifier = own.person_name(required=True)
    confirmed_on = fields.Date(required=True)
    papers = papers(required=True)


def add_whereabouts_facts(blp: Blueprint) -> None:
    @blp.route("/<child_id>/losses")
    class Losses(MethodView):
        @fact(blp, LostSchema)
        def post(self, body: Body, child_id: ChildId) -> Outcome:
            """Report that nobody knows where the child is."""
            given, who = papers_of(body), tuple(body.pop("investigators"))
            return send(ReportLost(child_id=child_id, investigators=who, papers=given, **body))

    @blp.route("/<child_id>/inquiry-stubs")
    class InquiryStubs(MethodView):
        @fact(blp, StubSchema)
        def post(self, body: Body, child_id: ChildId) -> Outcome:
            """File the stub of a report that goes upward: school (if there is one), township, county."""
            level = Level(body.pop("level"))
            return send(FileInquiryStub(child_id=child_id, level=level, **body))

    @blp.route("/<child_id>/whereabouts-rechecks")
    class WhereaboutsRechecks(MethodView):
        @fact(blp, RecheckSchema)
        def post(self, body: Body, child_id: ChildId) -> Outcome:
            """Record that somebody asked again; due each month."""
            return send(RecheckWhereabouts(child_id=child_id, **body))

    @blp.route("/<child_id>/findings")
    class Findings(MethodView):
        @fact(blp, FoundSchema)
        def post(self, body: Body, child_id: ChildId) -> Outcome:
            """Report that the child was found; its status is the one before it was lost."""
            given = papers_of(body)
            return send(ReportFound(child_id=child_id, papers=given, **body))

    @blp.route("/<child_id>/elsewhere-confirmations")
    class ElsewhereConfirmations(MethodView):
        @fact(blp, ElsewhereSchema)
        def post(self, body: Body, child_id: ChildId) -> Outcome:
            """Confirm that the child studies outside the county; again in each term."""
            given = papers_of(body)
            return send(ConfirmElsewhere(child_id=child_id, papers=given, **body))
