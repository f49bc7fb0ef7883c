"""The JSON Schemas of the events that a service publishes."""

from typing import Any

import marshmallow
from flask import Response, jsonify
from flask.views import MethodView
from marshmallow import fields

from shared.http.blueprints import Blueprint
from shared.kernel.events import EventTypes
from shared.kernel.refusals import NotFound


class TypesSchema(marshmallow.Schema):
    """The published types."""

    types = fields.List(fields.String(), required=True)


def event_schemas_blueprint(types: EventTypes) -> Blueprint:
    blp = Blueprint(
        "schemas", __name__, url_prefix="/api/v1/schemas", description="JSON Schemas of the published events."
    )
    schemas = types.schemas()

    @blp.route("")
    class Types(MethodView):
        @blp.response(200, TypesSchema)
        def get(self) -> dict[str, Any]:
            """The types of event that this service publishes."""
            return {"types": list(schemas)}

    @blp.route("/<type_>")
    class Type(MethodView):
        @blp.response(200, {"type": "object"}, description="A JSON Schema")
        def get(self, type_: str) -> Response:
            """The JSON Schema of one type's `data`."""
            if type_ not in schemas:
                raise NotFound(f"event type {type_}")
            return jsonify(schemas[type_])

    return blp
