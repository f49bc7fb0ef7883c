"""The way into school over HTTP: notices, registration gaps, and the first three gates."""

from typing import Any

import marshmallow
from flask.views import MethodView
from marshmallow import fields, validate

from services.registry import queries
from services.registry.api import fields as own
from services.registry.api.papers import papers, papers_of
from services.registry.children.ids import ChildId
from services.registry.entering.decisions import ExplainGate, IssueEnrolmentNotice, ReportRegistrationGap
from services.registry.entering.gates import GATE_LABELS, GateState
from services.registry.entering.seeking import ReportOutOfSchool
from services.roles import KNOW_WHY
from shared.http import Blueprint, FactSchema, fact, send
from shared.http.access import check_role
from shared.http.current import current_caller, current_runtime
from shared.kernel.commands import Outcome

Body = dict[str, Any]


class NoticeSchema(FactSchema):
    """The guardian is told to bring the child to a school by `report_by`."""

    notice_no = own.text(50, shortest=1, required=True)
    school_code = own.school_code(required=True)
    report_by = fields.Date(required=True)
    issued_on = fields.Date(required=True)


class GapSchema(FactSchema):
    """In class without a student file: why, and the school's certificate that the child is there."""

    reason = own.sentence(200, shortest=1, required=True)
    found_on = fields.Date(required=True)
    papers = papers(required=True)


class OutOfSchoolSchema(FactSchema):
    """Somebody went and asked: the child is of school age and at no school."""

    found_on = fields.Date(required=True)
    remark = own.sentence(200, load_default="")


class GateExplanationSchema(FactSchema):
    """Why a gate was not gone through."""

    gate = fields.Integer(required=True, validate=validate.OneOf(list(GATE_LABELS)))
    reason = own.sentence(200, shortest=1, required=True)
    explained_on = fields.Date(required=True)


class GateSchema(marshmallow.Schema):
    """A gate. Gone through: `document` and `on`; skipped with a word on it: `reason`."""

    number = fields.Integer(required=True)
    label = fields.String(required=True)
    state = fields.String(required=True, validate=validate.OneOf([state.value for state in GateState]))
    document = fields.String(required=True)
    on = fields.String(required=True, allow_none=True)
    reason = fields.String(required=True)


class GatesSchema(marshmallow.Schema):
    items = fields.List(fields.Nested(GateSchema), required=True)


def add_entering_facts(blp: Blueprint) -> None:
    @blp.route("/<child_id>/enrolment-notices")
    class EnrolmentNotices(MethodView):
        @fact(blp, NoticeSchema)
        def post(self, body: Body, child_id: ChildId) -> Outcome:
            """Record the notice that tells the guardian to bring the child to school."""
            return send(IssueEnrolmentNotice(child_id=child_id, **body))

    @blp.route("/<child_id>/registration-gaps")
    class RegistrationGaps(MethodView):
        @fact(blp, GapSchema)
        def post(self, body: Body, child_id: ChildId) -> Outcome:
            """Tell that the child sits in class without a student file. Its student number closes the gap."""
            given = papers_of(body)
            return send(ReportRegistrationGap(child_id=child_id, papers=given, **body))

    @blp.route("/<child_id>/out-of-school-reports")
    class OutOfSchoolReports(MethodView):
        @fact(blp, OutOfSchoolSchema)
        def post(self, body: Body, child_id: ChildId) -> Outcome:
            """Tell that a child of school age is at no school. A return case is opened; its enrolment ends it."""
            return send(ReportOutOfSchool(child_id=child_id, **body))

    @blp.route("/<child_id>/gate-explanations")
    class GateExplanations(MethodView):
        @fact(blp, GateExplanationSchema)
        def post(self, body: Body, child_id: ChildId) -> Outcome:
            """Say why a gate was skipped."""
            return send(ExplainGate(child_id=child_id, **body))

    @blp.route("/<child_id>/gates")
    class Gates(MethodView):
        @blp.response(200, GatesSchema)
        def get(self, child_id: ChildId) -> Any:
            """The first three of the eight gates: notice, enrolment, confirmed dropout."""
            check_role(KNOW_WHY, "read a child's file")
            return {"items": queries.child_gates(current_runtime().store, current_caller(), child_id)}
