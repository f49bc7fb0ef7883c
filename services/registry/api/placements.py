"""Placements of disabled children over HTTP. Rule 10-08."""

from typing import Any

from flask.views import MethodView
from marshmallow import fields, validate

from services.registry.api import fields as own
from services.registry.api.papers import papers, papers_of
from services.registry.children.ids import ChildId
from services.registry.placements.decisions import DecidePlacement, LapseHomeTeaching, ReviewPlacement
from services.registry.placements.kinds import PlacementKind
from shared.http import Blueprint, FactSchema, fact, send
from shared.kernel.commands import Outcome

Body = dict[str, Any]
MOST_SESSIONS = 100


class PlacementSchema(FactSchema):
    """Where the child learns, by the committee's opinion. At home it needs a `teacher`, an agreement and a plan."""

    placement = own.code_of(PlacementKind, required=True)
    reason = own.sentence(200, shortest=1, required=True)
    decided_on = fields.Date(required=True)
    teacher = own.person_name_or_blank(load_default="")
    papers = papers(required=True)


class PlacementReviewSchema(FactSchema):
    """The committee looked again, and the child stays where it is."""

    reviewed_on = fields.Date(required=True)
    papers = papers(required=True)


class LapseSchema(FactSchema):
    """A month with too few sessions. `month`: any day of it."""

    month = fields.Date(required=True)
    valid_sessions = fields.Integer(required=True, validate=validate.Range(0, MOST_SESSIONS))


def add_placement_facts(blp: Blueprint) -> None:
    @blp.route("/<child_id>/placements")
    class Placements(MethodView):
        @fact(blp, PlacementSchema)
        def post(self, body: Body, child_id: ChildId) -> Outcome:
            """Place a disabled child: in an ordinary class, at a special school, at home or from afar."""
            body["placement"] = PlacementKind(body["placement"])
            given = papers_of(body)
            return send(DecidePlacement(child_id=child_id, papers=given, **body))

    @blp.route("/<child_id>/placement-reviews")
    class PlacementReviews(MethodView):
        @fact(blp, PlacementReviewSchema)
        def post(self, body: Body, child_id: ChildId) -> Outcome:
            """Record that the committee looked again. It does so each term."""
            given = papers_of(body)
            return send(ReviewPlacement(child_id=child_id, papers=given, **body))

    @blp.route("/<child_id>/home-teaching-lapses")
    class HomeTeachingLapses(MethodView):
        @fact(blp, LapseSchema)
        def post(self, body: Body, child_id: ChildId) -> Outcome:
            """Record a month in which nobody taught the child enough. It becomes a suspected dropout."""
            return send(LapseHomeTeaching(child_id=child_id, **body))
