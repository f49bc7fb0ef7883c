"""Corrections of a child's file over HTTP."""

from typing import Any

import marshmallow
from flask.views import MethodView
from marshmallow import fields, validate

from services.registry import sealing
from services.registry.api import edge
from services.registry.api import fields as own
from services.registry.children.ids import ChildId
from services.registry.corrections.decisions import AdvanceCorrection, ReturnCorrection
from services.registry.corrections.fields import CORRECTABLE
from services.registry.corrections.steps import TURNS, Step
from shared.faults import InvalidValue
from shared.http import Blueprint, FactSchema, fact, new_id, send
from shared.kernel.commands import Outcome

Body = dict[str, Any]


class CorrectionSchema(FactSchema):
    """A field of the file is wrong. `basis`: how it is known; `evidence` refers to papers."""

    field = fields.String(required=True, validate=validate.OneOf(list(CORRECTABLE)))
    new_value = own.text(50, shortest=1, required=True)
    basis = own.sentence(200, shortest=1, required=True)
    evidence = own.evidence(load_default=[])
    requested_on = fields.Date(required=True)

    @marshmallow.validates_schema
    def check_value(self, body: Body, **_: Any) -> None:
        try:
            CORRECTABLE[body["field"]].parse(body["new_value"])
        except InvalidValue as invalid:
            told = f"{invalid.fault.zh}。{invalid.fault.remedy_zh}。"
            raise marshmallow.ValidationError({"new_value": [told]}) from invalid


class CorrectionStepSchema(FactSchema):
    """The next step. `reference`: the number of its receipt, where it leaves one."""

    step = fields.String(required=True, validate=validate.OneOf([step.value for step in TURNS]))
    advanced_on = fields.Date(required=True)
    reference = own.text(100, load_default="")
    remark = own.sentence(200, load_default="")


class CorrectionReturnSchema(FactSchema):
    """The correction is turned back."""

    reason = own.sentence(200, shortest=1, required=True)
    returned_on = fields.Date(required=True)


def add_correction_facts(blp: Blueprint) -> None:
    @blp.route("/<child_id>/corrections")
    class Corrections(MethodView):
        @fact(blp, CorrectionSchema)
        def post(self, body: Body, child_id: ChildId) -> Outcome:
            """Ask for a correction. The file changes when the national system has it and somebody confirms."""
            return send(sealing.correction(edge.personal_data(), child_id, new_id("k"), body))

    @blp.route("/<child_id>/corrections/<correction_id>/steps")
    class CorrectionSteps(MethodView):
        @fact(blp, CorrectionStepSchema)
        def post(self, body: Body, child_id: ChildId, correction_id: str) -> Outcome:
            """Take a correction one step further: village, township, national system, confirmation."""
            step = Step(body.pop("step"))
            return send(AdvanceCorrection(child_id=child_id, correction_id=correction_id, step=step, **body))

    @blp.route("/<child_id>/corrections/<correction_id>/returns")
    class CorrectionReturns(MethodView):
        @fact(blp, CorrectionReturnSchema)
        def post(self, body: Body, child_id: ChildId, correction_id: str) -> Outcome:
            """Turn a correction back with a reason."""
            return send(ReturnCorrection(child_id=child_id, correction_id=correction_id, **body))
