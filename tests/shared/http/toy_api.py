"""The toy service over HTTP: accounts are opened, and money moves."""

from flask.views import MethodView
from marshmallow import fields, validate

from shared.auth.roles import Roles, ScopedBy
from shared.http import Blueprint, FactSchema, fact, send
from shared.kernel.commands import Outcome
from tests.kernel.toy import Move, Open

ROLES: Roles = {
    "clerk": ScopedBy.DIVISION,
    "head": ScopedBy.SCHOOL,
    "county": ScopedBy.NOTHING,
    "service": ScopedBy.NOTHING,
    "operator": ScopedBy.NOTHING,
}


class OpeningSchema(FactSchema):
    """An account opened in a division."""

    division = fields.String(required=True, validate=validate.Length(min=2, max=12))
    number = fields.String(allow_none=True)


class MoveSchema(FactSchema):
    """Money that came (positive) or went (negative)."""

    amount = fields.Integer(required=True)


def toy_blueprints() -> list[Blueprint]:
    blp = Blueprint("accounts", __name__, url_prefix="/api/v1/accounts", description="Accounts.")

    @blp.route("/<account_id>/openings")
    class Openings(MethodView):
        @fact(blp, OpeningSchema)
        def post(self, body: dict[str, str], account_id: str) -> Outcome:
            """Open the account."""
            return send(Open(account_id=account_id, **body))

    @blp.route("/<account_id>/moves")
    class Moves(MethodView):
        @fact(blp, MoveSchema)
        def post(self, body: dict[str, int], account_id: str) -> Outcome:
            """Move money."""
            return send(Move(account_id=account_id, **body))

    return [blp]
