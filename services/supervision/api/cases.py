"""Return cases over HTTP: read one, report up, ask for its closure, close it."""

from typing import Any

import marshmallow
import msgspec
from flask.views import MethodView
from marshmallow import fields, validate

from services.roles import KNOW_WHY
from services.supervision.api.fields import cycle, day, one_of, text
from services.supervision.ids import ChildId, NoticeId
from services.supervision.obligations.duties import REPORTS, Duty
from services.supervision.queries import read_case
from services.supervision.return_cases.checks import missing_checks
from services.supervision.return_cases.commands import CloseCase, RejectClosure, ReportUp, RequestClosure
from services.supervision.return_cases.cycle import Cycle
from services.supervision.return_cases.reasons import ClosureReason, EvidenceKind
from services.supervision.return_cases.state import Case
from services.supervision.return_notices.commands import RequestNotice
from shared.http import Blueprint, FactSchema, fact, new_id, send
from shared.http.access import check_role
from shared.http.current import current_caller, current_runtime
from shared.http.preconditions import etag
from shared.kernel.commands import Outcome


class ReportSchema(FactSchema):
    """The school's report on the child."""

    duty = one_of(Duty, "Which report.", REPORTS)
    reported_on = day("The date on the report.")
    document = text("The report's number or file.")


class EvidenceSchema(FactSchema):
    """A paper or record."""

    kind = one_of(EvidenceKind, "What it is.")
    reference = text("Number, file hash or event id.")
    dated_on = day("The date it bears.")


class ClosureRequestSchema(FactSchema):
    """Ask for 销号. Each reason needs a fact on record in the registry, and papers; lost whereabouts are no reason."""

    cycle = cycle()
    reason = one_of(ClosureReason, "Why the case can end.")
    evidence = fields.List(fields.Nested(EvidenceSchema), required=True, validate=validate.Length(max=50))
    return_event = fields.String(
        load_default=None,
        allow_none=True,
        validate=validate.Length(max=100),
        metadata={"description": "For RETURNED_STABLE: the id of this cycle's return, as the case shows it."},
    )
    unchecked_because = text("Why stability checks of a returned child are missing, if they are.", 500, required=False)


class ClosureSchema(FactSchema):
    """Approve 销号 as it was asked for."""

    cycle = cycle()


class RejectionSchema(FactSchema):
    """Send a request for 销号 back."""

    cycle = cycle()
    ground = text("What is wrong with the request.", 500)


class NoticeRequestSchema(FactSchema):
    """Ask the township for a 《限期复学通知书》."""

    facts = text("What happened, as the notice shall say it.", 2000)
    unreported_because = text("Why the school has not reported up, if it has not.", 500, required=False)


class CaseSchema(marshmallow.Schema):
    """A child's case. Names of states and reasons are codes; dates are ISO dates."""

    child_id = fields.String(required=True)
    status = fields.String(required=True, metadata={"description": "Of the current cycle."})
    cycle = fields.Integer(required=True, metadata={"description": "The current cycle's number."})
    relapse_count = fields.Integer(required=True)
    cycles = fields.List(
        fields.Dict(),
        required=True,
        metadata={"description": "Every cycle, lowest first: team, attempts, reports, duties, notices, closure."},
    )


def cases_blueprint() -> Blueprint:
    blp = Blueprint("cases", __name__, url_prefix="/api/v1/cases", description="Return cases (劝返个案).")
    _read(blp)
    _report(blp)
    _close(blp)
    _reject(blp)
    _ask_for_notice(blp)
    return blp


def _read(blp: Blueprint) -> None:
    @blp.route("/<child_id>")
    class OneCase(MethodView):
        @blp.response(200, CaseSchema, headers={"ETag": {"schema": {"type": "string"}}})
        def get(self, child_id: str) -> tuple[dict[str, Any], dict[str, str]]:
            """A child's case with all its cycles."""
            check_role(KNOW_WHY, "read a case")
            case, version = read_case(current_runtime().store, current_caller().scope, ChildId(child_id))
            return _shown(case), {"ETag": etag(version)}


def _report(blp: Blueprint) -> None:
    @blp.route("/<child_id>/reports")
    class Reports(MethodView):
        @fact(blp, ReportSchema)
        def post(self, body: dict[str, Any], child_id: str) -> Outcome:
            """The school reports up."""
            body["duty"] = Duty(body["duty"])
            return send(ReportUp(child_id=ChildId(child_id), **body))


def _close(blp: Blueprint) -> None:
    @blp.route("/<child_id>/closure-requests")
    class ClosureRequests(MethodView):
        @fact(blp, ClosureRequestSchema)
        def post(self, body: dict[str, Any], child_id: str) -> Outcome:
            """Ask for the case to be closed, with evidence. A later request replaces an earlier one."""
            return send(msgspec.convert({**body, "child_id": child_id}, RequestClosure))

    @blp.route("/<child_id>/closures")
    class Closures(MethodView):
        @fact(blp, ClosureSchema)
        def post(self, body: dict[str, Any], child_id: str) -> Outcome:
            """Close the case (销号). Neither who asked nor who opened the case may do it."""
            return send(CloseCase(child_id=ChildId(child_id), **body))


def _reject(blp: Blueprint) -> None:
    @blp.route("/<child_id>/closure-rejections")
    class ClosureRejections(MethodView):
        @fact(blp, RejectionSchema)
        def post(self, body: dict[str, Any], child_id: str) -> Outcome:
            """Send the request back with a ground; the case stays open."""
            return send(RejectClosure(child_id=ChildId(child_id), **body))


def _ask_for_notice(blp: Blueprint) -> None:
    @blp.route("/<child_id>/notice-requests")
    class NoticeRequests(MethodView):
        @fact(blp, NoticeRequestSchema)
        def post(self, body: dict[str, Any], child_id: str) -> Outcome:
            """Ask the township for a notice; its id then stands in the case and in the ledger `return-notices`."""
            return send(RequestNotice(child_id=ChildId(child_id), notice_id=NoticeId(new_id("n")), **body))


def _shown(case: Case) -> dict[str, Any]:
    current = case.current
    return {
        "child_id": case.id,
        "status": current.status if current else "",
        "cycle": current.number if current else 0,
        "relapse_count": case.relapses,
        "cycles": [_cycle(each) for each in case.cycles],
    }


def _cycle(cycle: Cycle) -> dict[str, Any]:
    """Its facts, where the child stands, and which stability checks are missing."""
    place = {"division": cycle.place.division, "school_code": cycle.place.school}
    missing = list(missing_checks(cycle)) if cycle.returned else []
    return {
        **msgspec.to_builtins(cycle),
        "status": str(cycle.status),
        "stabilised_on": str(cycle.stabilised_on) if cycle.stabilised_on else None,
        "place": place,
        "missing_checks": missing,
    }
