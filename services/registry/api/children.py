"""Children: their files, and what is recorded of them."""

from typing import Any

from flask.views import MethodView

from services.registry import queries, sealing
from services.registry.api import edge, schemas
from services.registry.api.child_facts import (
    add_attendance_facts,
    add_group_facts,
    add_guardian_facts,
    add_household_facts,
    add_quality_facts,
)
from services.registry.api.corrections import add_correction_facts
from services.registry.api.duplicates import add_merge_facts
from services.registry.api.entering import add_entering_facts
from services.registry.api.external import add_external_facts
from services.registry.api.leaving import add_leaving_facts
from services.registry.api.organisations import add_chain
from services.registry.api.placements import add_placement_facts
from services.registry.api.respites import add_respite_facts
from services.registry.api.risk import add_risk_facts
from services.registry.api.transfers import add_transfer_facts
from services.registry.api.whereabouts import add_whereabouts_facts
from services.registry.children import looking
from services.registry.children.files import RegisterPupil
from services.registry.children.ids import ChildId
from services.registry.personal import PersonalData
from services.roles import KNOW_WHY
from shared.calendar import local_date
from shared.http import Blueprint, fact, new_id, send
from shared.http.access import check_role
from shared.http.current import current_caller, current_runtime
from shared.http.preconditions import etag
from shared.http.warned import warn
from shared.kernel.commands import Outcome

Body = dict[str, Any]


def blueprint() -> Blueprint:
    blp = Blueprint(
        "children",
        __name__,
        url_prefix="/api/v1/children",
        description="School-age children: their files, their attendance, suspicion, dropout and return.",
    )
    _add_files(blp)
    _add_reads(blp)
    add_attendance_facts(blp)
    add_household_facts(blp)
    add_guardian_facts(blp)
    add_group_facts(blp)
    add_correction_facts(blp)
    add_quality_facts(blp)
    add_merge_facts(blp)
    add_leaving_facts(blp)
    add_whereabouts_facts(blp)
    add_transfer_facts(blp)
    add_placement_facts(blp)
    add_external_facts(blp)
    add_risk_facts(blp)
    add_entering_facts(blp)
    add_chain(blp)
    add_respite_facts(blp)
    return blp


def _add_files(blp: Blueprint) -> None:
    @blp.route("/registrations")
    class Registrations(MethodView):
        @fact(blp, schemas.RegistrationSchema)
        def post(self, body: Body) -> Outcome:
            """Make a child known, with its place at school if it has one. The outcome's stream names its id.

            Somebody of the same ID number and name who is known and at no school is only enrolled.
            """
            place = body.pop("enrolment", None)
            if place is None:
                return send(sealing.registration(edge.personal_data(), ChildId(new_id("c")), body))
            return send(_pupil(edge.personal_data(), body, place))

    @blp.route("/<child_id>/enrolments")
    class Enrolments(MethodView):
        @fact(blp, schemas.EnrolmentSchema)
        def post(self, body: Body, child_id: ChildId) -> Outcome:
            """Enter the child at a school, or tell what changed at its school."""
            _warn_of_grade(child_id, body)
            return send(sealing.enrolment(edge.personal_data(), child_id, body))


def _warn_of_grade(child_id: ChildId, place: Body) -> None:
    runtime = current_runtime()
    today = local_date(runtime.ports.clock.now())
    if doubt := looking.doubt_of_grade(runtime.store, child_id, place["school_code"], place["grade"], today):
        warn(doubt, "grade")


def _pupil(personal: PersonalData, body: Body, place: Body) -> RegisterPupil:
    known = None
    if id_number := body.get("id_number"):
        known = looking.child_to_enrol(current_runtime().store, personal, body["name"], id_number, place)
    child_id = known or ChildId(new_id("c"))
    child = sealing.registration(personal, child_id, body)
    return RegisterPupil(child=child, enrolment=sealing.enrolment(personal, child_id, place))


def _add_reads(blp: Blueprint) -> None:
    @blp.route("/searches")
    class Searches(MethodView):
        @blp.arguments(schemas.SearchSchema)
        @blp.response(200, schemas.ChildSchema)
        def post(self, body: Body) -> Any:
            """Find a child by its resident ID number."""
            check_role(KNOW_WHY, "read a child's file")
            store = current_runtime().store
            found = queries.child_with_id_number(store, edge.personal_data(), current_caller(), body["id_number"])
            return {"child": found}

    @blp.route("/<child_id>/memberships")
    class Memberships(MethodView):
        @blp.arguments(schemas.MembershipQuerySchema, location="query")
        @blp.response(200, schemas.MembershipsSchema)
        def get(self, query: Body, child_id: ChildId) -> Any:
            """The lists of poor households and special groups that the child is on, or was on a day."""
            check_role(KNOW_WHY, "read a child's file")
            store, caller = current_runtime().store, current_caller()
            return {"items": queries.memberships(store, caller, child_id, query.get("on"))}

    @blp.route("/<child_id>")
    class Child(MethodView):
        @blp.response(200, schemas.ChildFileSchema)
        def get(self, child_id: ChildId) -> Any:
            """A child's file with its history. The ETag is the stream's version, for If-Match."""
            check_role(KNOW_WHY, "read a child's file")
            store = current_runtime().store
            file = queries.child_file(store, edge.personal_data(), current_caller(), child_id)
            return {"child": file.child, "history": file.history}, {"ETag": etag(file.version)}
