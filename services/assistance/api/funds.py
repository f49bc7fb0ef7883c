"""Money received."""

from typing import Any

from flask.views import MethodView
from marshmallow import fields

from services.assistance.api import fields as own
from services.assistance.funds.decisions import ReceiveFund, WithdrawReceipt
from services.assistance.ids import FundId
from shared.http import Blueprint, FactSchema, fact, send
from shared.http.current import current_caller
from shared.kernel.commands import Outcome


class FundReceiptSchema(FactSchema):
    """Money that arrived. `name` and `division` are those of the first receipt."""

    name = own.text(60)
    division = own.division()
    source = own.text(60)
    document_no = own.text(60, metadata={"description": "The allocation's document number, once a fund."})
    amount_fen = own.fen()
    received_on = fields.Date(required=True)


class WithdrawalSchema(FactSchema):
    """A receipt that was recorded wrongly, or whose money was called back."""

    document_no = own.text(60, metadata={"description": "The number under which it was recorded."})
    reason = own.text(200)
    withdrawn_on = fields.Date(required=True)


def funds_blueprint() -> Blueprint:
    blp = Blueprint("funds", __name__, url_prefix="/api/v1/funds", description="Funds.")

    @blp.route("/<fund_id>/receipts")
    class Receipts(MethodView):
        @fact(blp, FundReceiptSchema)
        def post(self, body: dict[str, Any], fund_id: FundId) -> Outcome:
            """Record money received; the first receipt makes the fund."""
            body["division"] = body["division"] or current_caller().scope.division
            return send(ReceiveFund(fund_id=fund_id, **body))

    @blp.route("/<fund_id>/receipt-withdrawals")
    class ReceiptWithdrawals(MethodView):
        @fact(blp, WithdrawalSchema)
        def post(self, body: dict[str, Any], fund_id: FundId) -> Outcome:
            """Take back a receipt that another person recorded; its document can then be recorded anew."""
            return send(WithdrawReceipt(fund_id=fund_id, **body))

    return blp
