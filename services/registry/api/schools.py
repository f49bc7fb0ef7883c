"""Schools."""

from typing import Any

import marshmallow
from flask.views import MethodView
from marshmallow import fields

from services.registry import queries
from services.registry.api import fields as own
from services.registry.api.rosters import add_roster_facts
from services.registry.children.ids import SchoolCode
from services.registry.schools.kinds import SchoolKind
from services.registry.schools.schools import RegisterSchool
from shared.http import Blueprint, FactSchema, fact, send
from shared.http.current import current_caller, current_runtime
from shared.kernel.commands import Outcome


class SchoolFactSchema(FactSchema):
    """A school as it is from now on."""

    school_code = own.school_code(required=True)
    name = own.text(100, shortest=1, required=True)
    kind = own.code_of(SchoolKind, required=True)
    division = own.division(required=True)
    district = own.text(50, load_default="")


class SchoolSchema(marshmallow.Schema):
    school_code = fields.String(required=True)
    name = fields.String(required=True)
    kind = fields.String(required=True)
    division = fields.String(required=True)
    district = fields.String(required=True)


def blueprint() -> Blueprint:
    blp = Blueprint("schools", __name__, url_prefix="/api/v1/schools", description="Schools and teaching points.")

    @blp.route("/registrations")
    class Registrations(MethodView):
        @fact(blp, SchoolFactSchema)
        def post(self, body: dict[str, Any]) -> Outcome:
            """Register a school, or tell what is now true of it."""
            return send(RegisterSchool(**body))

    @blp.route("/<school_code>")
    class School(MethodView):
        @blp.response(200, SchoolSchema)
        def get(self, school_code: SchoolCode) -> Any:
            """A school."""
            return queries.school(current_runtime().store, current_caller(), school_code)

    add_roster_facts(blp)
    return blp
