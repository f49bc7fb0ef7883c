"""The county's figures on return cases."""

from typing import Any

import marshmallow
from flask.views import MethodView
from marshmallow import fields, validate

from services.supervision.queries import Grouping, Standing, read_figures
from shared.http import Blueprint, RequestSchema
from shared.http.current import current_caller, current_runtime


class FiguresQuery(RequestSchema):
    by = fields.String(load_default=Grouping.SCHOOL.value, validate=validate.OneOf([each.value for each in Grouping]))
    standing = fields.String(
        load_default=Standing.NOW.value,
        validate=validate.OneOf([each.value for each in Standing]),
        metadata={
            "description": "Where the children are counted: where they stand now (a closed case: where it was "
            "closed), or where they stood when the present cycle began (opened)."
        },
    )


class PlaceSchema(marshmallow.Schema):
    """One school or township: children by the state of their current cycle, of `cases` in all."""

    code = fields.String(required=True)
    name = fields.String(required=True)
    cases = fields.Integer(required=True)
    open = fields.Integer(required=True)
    overdue = fields.Integer(required=True)
    verifying = fields.Integer(required=True)
    ended = fields.Integer(required=True, metadata={"description": "Sought no more, and not yet closed."})
    closed = fields.Integer(required=True)
    relapsed = fields.Integer(required=True)
    closed_share = fields.String(required=True, metadata={"description": "n/N and the percentage."})
    relapsed_share = fields.String(required=True)


class FiguresSchema(marshmallow.Schema):
    standing = fields.String(required=True, metadata={"description": "By which place they are counted."})
    places = fields.List(fields.Nested(PlaceSchema), required=True)


def figures_blueprint() -> Blueprint:
    blp = Blueprint("figures", __name__, url_prefix="/api/v1/figures", description="Counts, never without their base.")

    @blp.route("/return-cases")
    class ReturnCaseFigures(MethodView):
        @blp.arguments(FiguresQuery, location="query")
        @blp.response(200, FiguresSchema)
        def get(self, query: dict[str, str]) -> dict[str, Any]:
            """Open, overdue, verifying, closed and relapsed cases by school or township."""
            store, scope = current_runtime().store, current_caller().scope
            standing = Standing(query["standing"])
            return {
                "standing": standing.value,
                "places": read_figures(store, scope, Grouping(query["by"]), standing),
            }

    return blp
