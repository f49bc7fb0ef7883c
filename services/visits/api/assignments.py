"""Who becomes responsible for a class or a village."""

from typing import Any

from flask.views import MethodView
from marshmallow import fields, validate

from services.visits.api.fields import day
from services.visits.assignments.decisions import AssignClassTeacher, AssignVillageCadre
from services.visits.ids import Division, SchoolCode
from shared.http import Blueprint, FactSchema, fact, send
from shared.http.parsed import person_name
from shared.identifiers.division import parse_division_code
from shared.kernel.commands import Outcome


class ClassTeacherSchema(FactSchema):
    """The class and its teacher."""

    grade = fields.Integer(required=True, validate=validate.Range(1, 9))
    class_no = fields.Integer(required=True, validate=validate.Range(1, 99))
    teacher = person_name(required=True)
    assigned_on = day("Not in the future.")


class VillageCadreSchema(FactSchema):
    """The cadre of the village."""

    cadre = person_name(required=True)
    assigned_on = day("Not in the future.")


def assignments_blueprint() -> Blueprint:
    blp = Blueprint("assignments", __name__, url_prefix="/api/v1", description="Who is responsible for whom.")

    @blp.route("/schools/<school_code>/class-teachers")
    class ClassTeachers(MethodView):
        @fact(blp, ClassTeacherSchema)
        def post(self, body: dict[str, Any], school_code: SchoolCode) -> Outcome:
            """Make a teacher responsible for a class."""
            return send(AssignClassTeacher(school_code=school_code, **body))

    @blp.route("/villages/<division>/cadres")
    class VillageCadres(MethodView):
        @fact(blp, VillageCadreSchema)
        def post(self, body: dict[str, Any], division: str) -> Outcome:
            """Make a cadre responsible for a village, or for the children of whom only the township is known."""
            return send(AssignVillageCadre(division=Division(parse_division_code(division)), **body))

    return blp
