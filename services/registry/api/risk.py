"""Plans for children at risk over HTTP."""

from typing import Any

from flask.views import MethodView
from marshmallow import fields

from services.registry.api import fields as own
from services.registry.children.ids import ChildId
from services.registry.risk.plans import SetRiskPlan
from shared.http import Blueprint, FactSchema, fact, send
from shared.kernel.commands import Outcome

Body = dict[str, Any]


class RiskPlanSchema(FactSchema):
    """What is done for the child, by whom, and when somebody looks whether it helps."""

    helper = own.person_name(required=True)
    psychological = own.sentence(500, shortest=1, required=True)
    academic = own.sentence(500, shortest=1, required=True)
    review_on = fields.Date(required=True)
    set_on = fields.Date(required=True)


def add_risk_facts(blp: Blueprint) -> None:
    @blp.route("/<child_id>/risk-plans")
    class RiskPlans(MethodView):
        @fact(blp, RiskPlanSchema)
        def post(self, body: Body, child_id: ChildId) -> Outcome:
            """Set the plan for a child at risk; it takes the place of the one before."""
            return send(SetRiskPlan(child_id=child_id, **body))
