"""Schools: what they are, and how they merge, close and open again."""

from typing import Any

import marshmallow
from flask.views import MethodView
from marshmallow import fields, validate

from services.registry import queries
from services.registry.api import fields as own
from services.registry.api.edge import warn_of_namesakes
from services.registry.api.rosters import add_class_days, add_roster_facts
from services.registry.children.ids import SchoolCode
from services.registry.schools.closing import EndSchool, RestoreSchool, SetBoardingPlaces
from services.registry.schools.events import HandOver
from services.registry.schools.kinds import DemonstrationLevel, SchoolKind, SchoolStatus
from services.registry.schools.schools import RegisterSchool
from shared.http import Blueprint, FactSchema, RequestSchema, fact, send
from shared.http.current import current_caller, current_runtime
from shared.kernel.commands import Outcome

Body = dict[str, Any]
MOST_PLACES = 5000


class SchoolFactSchema(FactSchema):
    """A school as it is from now on. What of `private`, `demonstration_level` and `address` is not said stays."""

    school_code = own.school_code(required=True)
    name = own.text(100, shortest=1, required=True)
    kind = own.code_of(SchoolKind, required=True)
    division = own.division(required=True)
    district = own.text(50, load_default="")
    private = fields.Boolean()
    demonstration_level = own.code_of(DemonstrationLevel)
    address = own.text(200)


class HandOverSchema(RequestSchema):
    """What becomes of property and records, and who takes them over."""

    assets = own.sentence(500, shortest=1, required=True)
    records = own.sentence(500, shortest=1, required=True)
    taken_over_by = own.person_name(required=True)


class ClosingSchema(FactSchema):
    """`closed_on` is the first day without the school; it may lie ahead."""

    receiving_school_code = own.school_code(required=True)
    closed_on = fields.Date(required=True)
    hand_over = fields.Nested(HandOverSchema, required=True)


class RestorationSchema(FactSchema):
    """The school opens again, for a `need`."""

    need = own.sentence(200, shortest=1, required=True)
    restored_on = fields.Date(required=True)
    hand_over = fields.Nested(HandOverSchema, required=True)


class BoardingPlacesFactSchema(FactSchema):
    """How many boarding places the school has from `set_on` on."""

    places = fields.Integer(required=True, validate=validate.Range(0, MOST_PLACES))
    set_on = fields.Date(required=True)


class SchoolSchema(marshmallow.Schema):
    """A school, and, of one that merged or closed, where its pupils went."""

    school_code = fields.String(required=True)
    name = fields.String(required=True)
    kind = fields.String(required=True)
    division = fields.String(required=True)
    district = fields.String(required=True)
    private = fields.Boolean(required=True)
    demonstration_level = fields.String(required=True)
    address = fields.String(required=True)
    boarding_places = fields.Integer(required=True)
    status = fields.String(required=True, validate=validate.OneOf([status.value for status in SchoolStatus]))
    closed_on = fields.String(
        required=True,
        allow_none=True,
        metadata={"description": "The first day without the school; CLOSING: it lies ahead."},
    )
    receiving_school_code = fields.String(required=True)
    receiving_school_name = fields.String(required=True)
    restored_on = fields.String(required=True, allow_none=True)


def blueprint() -> Blueprint:
    blp = Blueprint("schools", __name__, url_prefix="/api/v1/schools", description="Schools and teaching points.")

    @blp.route("/registrations")
    class Registrations(MethodView):
        @fact(blp, SchoolFactSchema)
        def post(self, body: Body) -> Outcome:
            """Register a school, or tell what is now true of it."""
            warn_of_namesakes("schools", body["name"], body["school_code"])
            level = body.pop("demonstration_level", None)
            told = DemonstrationLevel(level) if level is not None else None
            return send(RegisterSchool(demonstration_level=told, **body))

    @blp.route("/<school_code>")
    class School(MethodView):
        @blp.response(200, SchoolSchema)
        def get(self, school_code: SchoolCode) -> Any:
            """A school."""
            return queries.school(current_runtime().store, current_caller(), school_code)

    _add_life_cycle(blp)
    add_roster_facts(blp)
    add_class_days(blp)
    return blp


def _add_life_cycle(blp: Blueprint) -> None:
    @blp.route("/<school_code>/mergers")
    class Mergers(MethodView):
        @fact(blp, ClosingSchema)
        def post(self, body: Body, school_code: SchoolCode) -> Outcome:
            """Merge the school into another one, which receives its pupils on the day."""
            return send(_ending(school_code, SchoolStatus.MERGED, body))

    @blp.route("/<school_code>/closures")
    class Closures(MethodView):
        @fact(blp, ClosingSchema)
        def post(self, body: Body, school_code: SchoolCode) -> Outcome:
            """Close the school. Another one receives its pupils on the day."""
            return send(_ending(school_code, SchoolStatus.CLOSED, body))

    @blp.route("/<school_code>/restorations")
    class Restorations(MethodView):
        @fact(blp, RestorationSchema)
        def post(self, body: Body, school_code: SchoolCode) -> Outcome:
            """Open a merged or closed school again. Pupils who have been moved stay where they are."""
            note = HandOver(**body.pop("hand_over"))
            return send(RestoreSchool(school_code=school_code, hand_over=note, **body))

    @blp.route("/<school_code>/boarding-places")
    class BoardingPlaces(MethodView):
        @fact(blp, BoardingPlacesFactSchema)
        def post(self, body: Body, school_code: SchoolCode) -> Outcome:
            """Tell how many boarding places the school has."""
            return send(SetBoardingPlaces(school_code=school_code, **body))


def _ending(school_code: SchoolCode, how: SchoolStatus, body: Body) -> EndSchool:
    note = HandOver(**body.pop("hand_over"))
    return EndSchool(school_code=school_code, how=how, hand_over=note, **body)
