"""The school census, and the boarding places that schools have and need."""

from typing import Any

import marshmallow
from flask.views import MethodView
from marshmallow import fields

from services.registry.api import fields as own
from services.registry.api.edge import beyond_today
from services.registry.schools.census import boarding_places, school_census
from shared.calendar import local_date
from shared.http import Blueprint, RequestSchema
from shared.http.current import current_caller, current_runtime

Body = dict[str, Any]


class PartOfCountySchema(RequestSchema):
    """A part of the caller's scope."""

    division = own.division(load_default="")


class CensusItemSchema(marshmallow.Schema):
    """The schools of one kind that are public, or private."""

    kind = fields.String(required=True)
    label = fields.String(required=True)
    private = fields.Boolean(required=True)
    schools = fields.Integer(required=True)
    pupils = fields.Integer(required=True)
    unconfirmed = fields.Integer(required=True)


class CensusSchema(marshmallow.Schema):
    """`schools` and `pupils` in all are counted apart from the items; the items add up to them. `unconfirmed`: those
    suspected for so long that a dropout could be confirmed.
    """

    items = fields.List(fields.Nested(CensusItemSchema), required=True)
    schools = fields.Integer(required=True)
    pupils = fields.Integer(required=True)
    unconfirmed = fields.Integer(required=True)


class BoardingSchema(marshmallow.Schema):
    """`free` is places less boarders; `waiting` are left-behind pupils who do not board."""

    school = fields.String(required=True)
    school_name = fields.String(required=True)
    places = fields.Integer(required=True)
    boarders = fields.Integer(required=True)
    free = fields.Integer(required=True)
    waiting = fields.Integer(required=True)


class BoardingListSchema(marshmallow.Schema):
    items = fields.List(fields.Nested(BoardingSchema), required=True)


def census_blueprint() -> Blueprint:
    blp = Blueprint("census", __name__, url_prefix="/api/v1/school-census", description="How many schools and pupils.")

    @blp.route("")
    class Census(MethodView):
        @blp.arguments(PartOfCountySchema, location="query")
        @blp.response(200, CensusSchema)
        def get(self, query: Body) -> Any:
            """Schools in operation and their pupils, by kind and by who runs them."""
            runtime = current_runtime()
            today = local_date(runtime.ports.clock.now())
            return school_census(runtime.store, current_caller(), beyond_today(runtime), today, **query)

    return blp


def boarding_blueprint() -> Blueprint:
    blp = Blueprint("boarding", __name__, url_prefix="/api/v1/boarding-places", description="Boarding places.")

    @blp.route("")
    class Boarding(MethodView):
        @blp.arguments(PartOfCountySchema, location="query")
        @blp.response(200, BoardingListSchema)
        def get(self, query: Body) -> Any:
            """Boarding places of each school: had, taken, free, and waited for by left-behind pupils."""
            runtime = current_runtime()
            today = local_date(runtime.ports.clock.now())
            return {"items": boarding_places(runtime.store, current_caller(), today, **query)}

    return blp
