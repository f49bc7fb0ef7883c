"""Divisions and villages over HTTP."""

from datetime import date
from typing import Any

import marshmallow
from flask.views import MethodView
from marshmallow import fields, validate

from services.registry.api import fields as own
from services.registry.api.edge import warn_of_namesakes
from services.registry.divisions.divisions import RegisterDivision
from services.registry.divisions.rows import name_on
from services.registry.villages.three_ones import three_ones
from services.registry.villages.villages import ExportVillage, RecordVillageProfile
from shared.calendar import local_date
from shared.http import Blueprint, FactSchema, RequestSchema, fact, send
from shared.http.current import current_caller, current_runtime
from shared.identifiers.division import DivisionCode
from shared.kernel.commands import Outcome
from shared.kernel.criteria import conjunction
from shared.kernel.refusals import NotFound

Body = dict[str, Any]
MOST = 1_000_000


class DivisionFactSchema(FactSchema):
    """What a division is called, from a day on. `valid_to`: its last day, if it has one."""

    division_code = own.division(required=True)
    name = own.text(50, shortest=1, required=True)
    valid_from = fields.Date(required=True)
    valid_to = fields.Date(load_default=None)


class OnDaySchema(RequestSchema):
    """A day; without one, today."""

    on = fields.Date(load_default=None)


class DivisionSchema(marshmallow.Schema):
    """`name` on the day asked for, or null if it was none then."""

    division_code = fields.String(required=True)
    level = fields.String(required=True)
    name = fields.String(required=True, allow_none=True)
    valid_from = fields.String(required=True)
    valid_to = fields.String(required=True, allow_none=True)


class VillageProfileSchema(FactSchema):
    """The village, and who helps it by `three_ones.toml`; who is not named is not known."""

    name = own.text(50, shortest=1, required=True)
    poor = fields.Boolean(required=True)
    households = fields.Integer(required=True, validate=validate.Range(0, MOST))
    people = fields.Integer(required=True, validate=validate.Range(0, MOST))
    three_ones = fields.Dict(
        keys=fields.String(validate=validate.OneOf(list(three_ones().item))),
        values=own.text(50, shortest=1),
        load_default=dict,
    )
    recorded_on = fields.Date(required=True)


class VillageExportSchema(FactSchema):
    """The data platform has the profile too."""

    receipt = own.text(100, shortest=1, required=True)
    exported_on = fields.Date(required=True)


def divisions_blueprint() -> Blueprint:
    blp = Blueprint(
        "divisions", __name__, url_prefix="/api/v1/divisions", description="Divisions and what they were called when."
    )

    @blp.route("/registrations")
    class Registrations(MethodView):
        @fact(blp, DivisionFactSchema)
        def post(self, body: Body) -> Outcome:
            """Tell what a division is called from a day on. Whole tables come through `imports/divisions`."""
            warn_of_namesakes("divisions", body["name"], body["division_code"])
            return send(RegisterDivision(**body))

    @blp.route("/<division_code>")
    class Division(MethodView):
        @blp.arguments(OnDaySchema, location="query")
        @blp.response(200, DivisionSchema)
        def get(self, query: Body, division_code: DivisionCode) -> Any:
            """A division, by the name that it had on a day."""
            runtime = current_runtime()
            day: date = query["on"] or local_date(runtime.ports.clock.now())
            within = conjunction([{"_id": division_code}, current_caller().scope.criteria()])
            row = runtime.store.ledger_collection("divisions").find_one(within)
            if row is None:
                raise NotFound("divisions")
            return row | {"name": name_on(row, day)}

    return blp


def villages_blueprint() -> Blueprint:
    blp = Blueprint(
        "villages", __name__, url_prefix="/api/v1/villages", description="Villages and the three that help them."
    )

    @blp.route("/<village_code>/profiles")
    class Profiles(MethodView):
        @fact(blp, VillageProfileSchema)
        def post(self, body: Body, village_code: str) -> Outcome:
            """Record what is known of a village, with its first secretary and the others who help."""
            return send(RecordVillageProfile(village_code=village_code, **body))

    @blp.route("/<village_code>/exports")
    class Exports(MethodView):
        @fact(blp, VillageExportSchema)
        def post(self, body: Body, village_code: str) -> Outcome:
            """Record that the village's profile was entered in the data platform, with its receipt."""
            return send(ExportVillage(village_code=village_code, **body))

    return blp
