"""Headcounts: how many children of each school or class are where."""

from typing import Any

import marshmallow
from flask.views import MethodView
from marshmallow import fields, validate

from services.registry.api import fields as own
from services.registry.api.edge import beyond_today
from services.registry.schools.headcounts import headcounts
from shared.http import Blueprint, RequestSchema
from shared.http.current import current_caller, current_runtime


class HeadcountQuerySchema(RequestSchema):
    """Which headcounts are asked for."""

    by = fields.String(load_default="school", validate=validate.OneOf(["school", "class"]))
    division = own.division(load_default="")
    school = own.school_code(load_default="")


class HeadcountSchema(marshmallow.Schema):
    """One school or class. `registered` is the sum of the parts, from `in_school` to `awaited`; `pupils` are
    those of the census and the rosters, `expected` should come to class, and `on_file` have their student file here.
    """

    school = fields.String(required=True)
    school_name = fields.String(required=True)
    grade = fields.Integer()
    class_no = fields.Integer()
    registered = fields.Integer(required=True)
    pupils = fields.Integer(required=True)
    expected = fields.Integer(required=True)
    on_file = fields.Integer(required=True)
    in_school = fields.Integer(required=True)
    on_leave = fields.Integer(required=True)
    absent = fields.Integer(required=True)
    unconfirmed = fields.Integer(
        required=True, metadata={"description": "Suspected for so long that a dropout could be confirmed."}
    )
    suspected = fields.Integer(required=True)
    dropped_out = fields.Integer(required=True)
    on_probation = fields.Integer(required=True)
    suspended = fields.Integer(required=True)
    home_taught = fields.Integer(required=True)
    untraceable = fields.Integer(required=True)
    elsewhere = fields.Integer(required=True)
    awaited = fields.Integer(required=True)


class HeadcountsSchema(marshmallow.Schema):
    items = fields.List(fields.Nested(HeadcountSchema), required=True)


def blueprint() -> Blueprint:
    blp = Blueprint("headcounts", __name__, url_prefix="/api/v1/headcounts", description="How many are where.")

    @blp.route("")
    class Headcounts(MethodView):
        @blp.arguments(HeadcountQuerySchema, location="query")
        @blp.response(200, HeadcountsSchema)
        def get(self, query: dict[str, Any]) -> Any:
            """Headcounts within the caller's scope."""
            runtime = current_runtime()
            found = headcounts(
                runtime.store,
                current_caller(),
                beyond_today(runtime),
                by_class=query["by"] == "class",
                division=query["division"],
                school=query["school"],
            )
            return {"items": found}

    return blp
