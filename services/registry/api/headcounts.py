"""Headcounts: how many children of each school or class are where."""

from typing import Any

import marshmallow
from flask.views import MethodView
from marshmallow import fields, validate

from services.registry import queries
from services.registry.api import fields as own
from shared.http import Blueprint, RequestSchema
from shared.http.current import current_caller, current_runtime


class HeadcountQuerySchema(RequestSchema):
    """Which headcounts are asked for."""

    by = fields.String(load_default="school", validate=validate.OneOf(["school", "class"]))
    division = own.division(load_default="")
    school = own.school_code(load_default="")


class HeadcountSchema(marshmallow.Schema):
    """One school or class. `registered` is the roster's size, the sum of the other numbers."""

    school = fields.String(required=True)
    school_name = fields.String(required=True)
    grade = fields.Integer()
    class_no = fields.Integer()
    registered = fields.Integer(required=True)
    in_school = fields.Integer(required=True)
    on_leave = fields.Integer(required=True)
    absent = fields.Integer(required=True)
    suspected = fields.Integer(required=True)
    dropped_out = fields.Integer(required=True)
    on_probation = fields.Integer(required=True)


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
            found = queries.headcounts(
                current_runtime().store,
                current_caller(),
                by_class=query["by"] == "class",
                division=query["division"],
                school=query["school"],
            )
            return {"items": found}

    return blp
