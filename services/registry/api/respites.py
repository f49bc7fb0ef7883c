"""Time away by right over HTTP: deferral (延缓入学), suspension (休学) and resumption (复学)."""

from typing import Any

from flask.views import MethodView
from marshmallow import fields

from services.registry import sealing
from services.registry.api import edge
from services.registry.api import fields as own
from services.registry.api.papers import papers, papers_of
from services.registry.children.ids import ChildId
from services.registry.respites.applying import ApproveRespite, FileRespite, RefuseRespite
from services.registry.respites.ending import ResumeStudent
from services.registry.respites.kinds import RespiteKind
from shared.http import Blueprint, FactSchema, fact, new_id, send
from shared.kernel.commands import Outcome

Body = dict[str, Any]


class RespiteApplicationSchema(FactSchema):
    """The guardian's written application. `until` is the last day away; `particulars` are kept sealed."""

    from_on = fields.Date(required=True)
    until = fields.Date(required=True)
    applied_on = fields.Date(required=True)
    particulars = own.sentence(200, load_default="")
    papers = papers(required=True)


class RespiteApprovalSchema(FactSchema):
    """Township or bureau agree; the papers hold their document."""

    approved_on = fields.Date(required=True)
    papers = papers(required=True)


class RespiteRefusalSchema(FactSchema):
    """Township or bureau do not agree."""

    refused_on = fields.Date(required=True)
    reason = own.sentence(200, shortest=1, required=True)


class RespiteFilingSchema(FactSchema):
    """The bureau has filed the approval."""

    filed_on = fields.Date(required=True)
    filing_number = own.text(50, shortest=1, required=True)


class ResumptionSchema(FactSchema):
    """The child is back in class after a suspension."""

    school_code = own.school_code(required=True)
    resumed_on = fields.Date(required=True)
    papers = papers(required=True)


def add_respite_facts(blp: Blueprint) -> None:
    _add_applications(blp)
    _add_steps(blp)

    @blp.route("/<child_id>/resumptions")
    class Resumptions(MethodView):
        @fact(blp, ResumptionSchema)
        def post(self, body: Body, child_id: ChildId) -> Outcome:
            """复学: end a suspension, on application and certificate of fitness."""
            return send(ResumeStudent(child_id=child_id, papers=papers_of(body), **body))


def _add_applications(blp: Blueprint) -> None:
    @blp.route("/<child_id>/deferrals")
    class Deferrals(MethodView):
        @fact(blp, RespiteApplicationSchema)
        def post(self, body: Body, child_id: ChildId) -> Outcome:
            """Apply for 延缓入学, or while it lasts for its renewal. It counts when township or bureau approve."""
            return _apply(child_id, RespiteKind.DEFERRAL, body)

    @blp.route("/<child_id>/suspensions")
    class Suspensions(MethodView):
        @fact(blp, RespiteApplicationSchema)
        def post(self, body: Body, child_id: ChildId) -> Outcome:
            """Apply for 休学, or while it lasts for 续休. It counts when township or bureau approve."""
            return _apply(child_id, RespiteKind.SUSPENSION, body)


def _apply(child_id: ChildId, kind: RespiteKind, body: Body) -> Outcome:
    body |= {"papers": papers_of(body), "application_id": new_id("a")}
    return send(sealing.application(edge.personal_data(), child_id, kind, body))


def _add_steps(blp: Blueprint) -> None:
    @blp.route("/<child_id>/applications/<application_id>/approvals")
    class Approvals(MethodView):
        @fact(blp, RespiteApprovalSchema)
        def post(self, body: Body, child_id: ChildId, application_id: str) -> Outcome:
            """Approve an application. Not by who recorded it."""
            papers = papers_of(body)
            return send(ApproveRespite(child_id=child_id, application_id=application_id, papers=papers, **body))

    @blp.route("/<child_id>/applications/<application_id>/refusals")
    class Refusals(MethodView):
        @fact(blp, RespiteRefusalSchema)
        def post(self, body: Body, child_id: ChildId, application_id: str) -> Outcome:
            """Turn an application down, with the reason."""
            return send(RefuseRespite(child_id=child_id, application_id=application_id, **body))

    @blp.route("/<child_id>/applications/<application_id>/filings")
    class Filings(MethodView):
        @fact(blp, RespiteFilingSchema)
        def post(self, body: Body, child_id: ChildId, application_id: str) -> Outcome:
            """File an approval with the county bureau (备案). Not by who approved it."""
            return send(FileRespite(child_id=child_id, application_id=application_id, **body))
