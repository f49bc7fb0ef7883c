"""Townships with their central schools, and inspection districts, over HTTP."""

from typing import Any

import marshmallow
from flask.views import MethodView
from marshmallow import fields

from services.registry.api import fields as own
from services.registry.divisions.districts import DissolveInspectionDistrict, SetInspectionDistrict
from services.registry.divisions.reading import inspection_districts, townships
from services.registry.divisions.townships import NameCentralSchool
from shared.calendar import local_date
from shared.http import Blueprint, FactSchema, fact, send
from shared.http.current import current_caller, current_runtime
from shared.kernel.commands import Outcome

Body = dict[str, Any]


class CentralSchoolSchema(FactSchema):
    """Which open school of the township is its central one, from `named_on` on."""

    school_code = own.school_code(required=True)
    named_on = fields.Date(required=True)


class DistrictSchema(FactSchema):
    """A district by the name that schools give, and who answers for it from `set_on` on."""

    name = own.text(50, shortest=1, required=True)
    inspector = own.person_name(required=True)
    set_on = fields.Date(required=True)


class DissolutionSchema(FactSchema):
    """There is no such district any more."""

    name = own.text(50, shortest=1, required=True)
    dissolved_on = fields.Date(required=True)


class SchoolRefSchema(marshmallow.Schema):
    """A school in operation."""

    school_code = fields.String(required=True)
    name = fields.String(required=True)


class TownshipSchema(marshmallow.Schema):
    """`central_school` is null where none is named, and where it teaches no more."""

    township_code = fields.String(required=True)
    name = fields.String(required=True)
    villages = fields.Integer(required=True)
    central_school = fields.Nested(SchoolRefSchema, required=True, allow_none=True)


class TownshipsSchema(marshmallow.Schema):
    items = fields.List(fields.Nested(TownshipSchema), required=True)


class DistrictItemSchema(marshmallow.Schema):
    """A district, who answers for it, and its schools in operation."""

    county_code = fields.String(required=True)
    name = fields.String(required=True)
    inspector = fields.String(required=True)
    schools = fields.List(fields.Nested(SchoolRefSchema), required=True)


class DistrictsSchema(marshmallow.Schema):
    """`outside`: schools in operation that are in none of the county's districts."""

    items = fields.List(fields.Nested(DistrictItemSchema), required=True)
    outside = fields.List(fields.Nested(SchoolRefSchema), required=True)


def townships_blueprint() -> Blueprint:
    blp = Blueprint(
        "townships", __name__, url_prefix="/api/v1/townships", description="Townships and their central schools."
    )

    @blp.route("")
    class Townships(MethodView):
        @blp.response(200, TownshipsSchema)
        def get(self) -> Any:
            """The townships of today, each with its villages counted and its central school."""
            runtime = current_runtime()
            return {"items": townships(runtime.store, current_caller(), local_date(runtime.ports.clock.now()))}

    @blp.route("/<township_code>/central-schools")
    class CentralSchools(MethodView):
        @fact(blp, CentralSchoolSchema)
        def post(self, body: Body, township_code: str) -> Outcome:
            """Name the central school of a township."""
            return send(NameCentralSchool(township_code=township_code, **body))

    return blp


def districts_blueprint() -> Blueprint:
    blp = Blueprint(
        "inspection-districts",
        __name__,
        url_prefix="/api/v1/inspection-districts",
        description="Inspection districts (督学责任区), their inspectors and schools.",
    )

    @blp.route("")
    class Districts(MethodView):
        @blp.response(200, DistrictsSchema)
        def get(self) -> Any:
            """The districts, their inspectors and schools, and the schools that are in none."""
            runtime = current_runtime()
            return inspection_districts(runtime.store, current_caller(), local_date(runtime.ports.clock.now()))

    @blp.route("/<county_code>/settings")
    class Settings(MethodView):
        @fact(blp, DistrictSchema)
        def post(self, body: Body, county_code: str) -> Outcome:
            """Set up a district of a county, or tell who answers for it now."""
            return send(SetInspectionDistrict(county_code=county_code, **body))

    @blp.route("/<county_code>/dissolutions")
    class Dissolutions(MethodView):
        @fact(blp, DissolutionSchema)
        def post(self, body: Body, county_code: str) -> Outcome:
            """Dissolve a district that no school is in any more."""
            return send(DissolveInspectionDistrict(county_code=county_code, **body))

    return blp
