"""Files that may be one child's, over HTTP: search, judge, merge, part."""

from typing import Any

from flask.views import MethodView
from marshmallow import fields

from services.registry.api import fields as own
from services.registry.children.ids import ChildId
from services.registry.duplicates.decisions import DismissDuplicate, MergeDuplicate, UnmergeDuplicate
from services.registry.duplicates.searching import JOB_KIND
from services.registry.handlers import COUNTY
from shared.http import Blueprint, FactSchema, fact, send
from shared.http.jobs import start_job, starts_job
from shared.kernel.commands import Outcome
from shared.kernel.jobs import Job

Body = dict[str, Any]


class DismissalSchema(FactSchema):
    """Two children, after all."""

    reason = own.sentence(200, shortest=1, required=True)


class MergeSchema(FactSchema):
    """The file `absorbed_id` is the same child's as the one in the address, which stays."""

    absorbed_id = own.text(40, shortest=1, required=True)
    reason = own.sentence(200, shortest=1, required=True)
    merged_on = fields.Date(required=True)
    evidence = own.evidence(load_default=[])


class UnmergeSchema(FactSchema):
    """The file in the address was merged into `merged_into` by mistake."""

    merged_into = own.text(40, shortest=1, required=True)
    reason = own.sentence(200, shortest=1, required=True)
    unmerged_on = fields.Date(required=True)


def blueprint() -> Blueprint:
    blp = Blueprint("duplicates", __name__, url_prefix="/api/v1/duplicates", description="Children registered twice.")

    @blp.route("/searches")
    class Searches(MethodView):
        @starts_job(blp)
        def post(self) -> Job:
            """Compare all files in the caller's scope; what may be one child's comes into the queue."""
            return start_job(JOB_KIND, {}, COUNTY)

    @blp.route("/<child_id>/<other_id>/dismissals")
    class Dismissals(MethodView):
        @fact(blp, DismissalSchema)
        def post(self, body: Body, child_id: ChildId, other_id: ChildId) -> Outcome:
            """Say that the two are different children. The pair is not found again."""
            return send(DismissDuplicate(child_id=child_id, other_id=other_id, **body))

    return blp


def add_merge_facts(blp: Blueprint) -> None:
    @blp.route("/<child_id>/merges")
    class Merges(MethodView):
        @fact(blp, MergeSchema)
        def post(self, body: Body, child_id: ChildId) -> Outcome:
            """Merge another file of the same child into this one. Both histories stay, and every service follows."""
            evidence = tuple(body.pop("evidence"))
            return send(MergeDuplicate(child_id=child_id, evidence=evidence, **body))

    @blp.route("/<child_id>/separations")
    class Separations(MethodView):
        @fact(blp, UnmergeSchema)
        def post(self, body: Body, child_id: ChildId) -> Outcome:
            """Part this file from the one that it was merged into by mistake; it stands as before."""
            return send(UnmergeDuplicate(child_id=child_id, **body))
