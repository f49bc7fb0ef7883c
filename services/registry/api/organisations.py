"""Departments, leading groups and alert chains over HTTP."""

from typing import Any

import marshmallow
from flask.views import MethodView
from marshmallow import fields, validate

from services.registry.api import fields as own
from services.registry.children.ids import ChildId
from services.registry.organisations.departments import JOINT, LEAD, bureau, responsibility_matrix
from services.registry.organisations.events import Seat
from services.registry.organisations.groups import FillPost, VacatePost
from services.registry.organisations.posts import Level, post_labels
from services.registry.organisations.reading import alert_chain, leading_group
from services.roles import KNOW_WHY
from shared.http import Blueprint, FactSchema, fact, send
from shared.http.access import check_role
from shared.http.current import current_caller, current_runtime
from shared.kernel.commands import Outcome

Body = dict[str, Any]


class SeatSchema(FactSchema):
    """A post; where it has a seat for each department, grade or class, which one."""

    post = fields.String(required=True, validate=validate.OneOf(list(post_labels())))
    department = fields.String(load_default="", validate=validate.OneOf(["", *bureau().department]))
    grade = fields.Integer(load_default=None, validate=validate.Range(1, 9))
    class_no = fields.Integer(load_default=None, validate=validate.Range(1, 99))


class AppointmentSchema(SeatSchema):
    """Who holds the seat from `filled_on` on."""

    name = own.person_name(required=True)
    filled_on = fields.Date(required=True)


class VacancySchema(SeatSchema):
    """Nobody holds it from `vacated_on` on."""

    reason = own.sentence(200, shortest=1, required=True)
    vacated_on = fields.Date(required=True)


class DutySchema(marshmallow.Schema):
    """`rule`: the plans' rule; `role`: what the duty makes of the department in other systems."""

    rule = fields.String(required=True)
    text = fields.String(required=True)
    share = fields.String(required=True, validate=validate.OneOf([LEAD, JOINT]))
    role = fields.String(required=True)


class DepartmentSchema(marshmallow.Schema):
    """`called_by`: the rules that call it into the leading group; `is_office`: the group has its office there."""

    code = fields.String(required=True)
    label = fields.String(required=True)
    aliases = fields.List(fields.String(), required=True)
    called_by = fields.List(fields.String(), required=True)
    is_office = fields.Boolean(required=True)
    duties = fields.List(fields.Nested(DutySchema), required=True)


class DepartmentsSchema(marshmallow.Schema):
    items = fields.List(fields.Nested(DepartmentSchema), required=True)


class EmptySeatSchema(marshmallow.Schema):
    """A seat that nobody holds."""

    post = fields.String(required=True)
    label = fields.String(required=True)
    department = fields.String(required=True)
    grade = fields.Integer(required=True, allow_none=True)
    class_no = fields.Integer(required=True, allow_none=True)


class MemberSchema(EmptySeatSchema):
    """Who holds it; `line`: whether for the party or for the government."""

    name = fields.String(required=True)
    line = fields.String(required=True)
    since = fields.String(required=True)


class LeadingGroupSchema(marshmallow.Schema):
    """`co_responsible`: party and government both have their head in the group."""

    owner = fields.String(required=True)
    level = fields.String(required=True, validate=validate.OneOf([level.value for level in Level]))
    label = fields.String(required=True)
    co_responsible = fields.Boolean(required=True)
    members = fields.List(fields.Nested(MemberSchema), required=True)
    vacant = fields.List(fields.Nested(EmptySeatSchema), required=True)


class StepSchema(marshmallow.Schema):
    """A step of the chain; without names it is a gap."""

    label = fields.String(required=True)
    names = fields.List(fields.String(), required=True)


class ChainSchema(marshmallow.Schema):
    items = fields.List(fields.Nested(StepSchema), required=True)


def departments_blueprint() -> Blueprint:
    blp = Blueprint(
        "departments", __name__, url_prefix="/api/v1/departments", description="The bureau's departments and duties."
    )

    @blp.route("")
    class Departments(MethodView):
        @blp.response(200, DepartmentsSchema)
        def get(self) -> Any:
            """The departments, each with its duties and its share in them."""
            current_caller()
            return {"items": responsibility_matrix()}

    return blp


def groups_blueprint() -> Blueprint:
    blp = Blueprint(
        "leading-groups",
        __name__,
        url_prefix="/api/v1/leading-groups",
        description="The leading groups of county, townships and schools.",
    )

    @blp.route("/<owner_code>")
    class Group(MethodView):
        @blp.response(200, LeadingGroupSchema)
        def get(self, owner_code: str) -> Any:
            """Who sits in the group of a county, a township or a school, and which seats are empty."""
            return leading_group(current_runtime().store, current_caller(), owner_code)

    @blp.route("/<owner_code>/appointments")
    class Appointments(MethodView):
        @fact(blp, AppointmentSchema)
        def post(self, body: Body, owner_code: str) -> Outcome:
            """Put somebody into a seat."""
            return send(FillPost(owner=owner_code, seat=_seat(body), **body))

    @blp.route("/<owner_code>/vacancies")
    class Vacancies(MethodView):
        @fact(blp, VacancySchema)
        def post(self, body: Body, owner_code: str) -> Outcome:
            """Tell that nobody holds a seat any more."""
            return send(VacatePost(owner=owner_code, seat=_seat(body), **body))

    return blp


def add_chain(blp: Blueprint) -> None:
    @blp.route("/<child_id>/alert-chain")
    class AlertChain(MethodView):
        @blp.response(200, ChainSchema)
        def get(self, child_id: ChildId) -> Any:
            """Whom an alert of this pupil reaches, from the principal down to the parents."""
            check_role(KNOW_WHY, "read a child's file")
            return {"items": alert_chain(current_runtime().store, current_caller(), child_id)}


def _seat(body: Body) -> Seat:
    return Seat(**{name: body.pop(name) for name in ("post", "department", "grade", "class_no")})
