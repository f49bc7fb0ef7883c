"""Payments that the bank returned."""

from typing import Any

from flask.views import MethodView

from services.assistance.api import fields as own
from services.assistance.beneficiaries.payments import CorrectPayment
from services.assistance.ids import ChildId, ProgrammeId
from shared.calendar import TermId
from shared.http import Blueprint, FactSchema, fact, send
from shared.kernel.commands import Outcome


class CorrectionSchema(FactSchema):
    note = own.text(200, metadata={"description": "What was mended. No personal data."})


def payments_blueprint() -> Blueprint:
    blp = Blueprint(
        "returned-payments", __name__, url_prefix="/api/v1/returned-payments", description="Returned payments."
    )

    @blp.route("/<child_id>/<programme_id>/<period>/corrections")
    class Corrections(MethodView):
        @fact(blp, CorrectionSchema)
        def post(self, body: dict[str, Any], child_id: ChildId, programme_id: ProgrammeId, period: TermId) -> Outcome:
            """Say that what made the bank return a payment is mended: a later batch reissues it."""
            return send(CorrectPayment(child_id=child_id, programme_id=programme_id, period=period, **body))

    return blp
