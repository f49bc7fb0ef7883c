"""The toy service over HTTP: accounts are opened, and money moves."""

from dataclasses import replace

from flask import request
from flask.views import MethodView
from marshmallow import fields, validate

from shared.auth.roles import Roles, ScopedBy
from shared.http import Blueprint, FactSchema, fact, send, start_job, starts_job
from shared.kernel.commands import Outcome
from shared.kernel.jobs import Job
from shared.kernel.ledgers import Column, Join, View
from shared.kernel.service import Service
from tests.kernel.toy import Move, Open, toy_service

ROLES: Roles = {
    "clerk": ScopedBy.DIVISION,
    "head": ScopedBy.SCHOOL,
    "county": ScopedBy.NOTHING,
    "service": ScopedBy.NOTHING,
    "operator": ScopedBy.NOTHING,
}


ID, BALANCE = Column("account_id", "账户"), Column("balance", "余额", "money")
NUMBER = Column("number", "账号", "sealed", mask="account")
VIEWS = (
    View(name="balances", title="余额台账", of="balances", columns=(ID, BALANCE, NUMBER), status_field="moves"),
    View(
        name="busy",
        title="有往来账户台账",
        of="balances",
        columns=(ID, Column("same.balance", "余额", "money"), Column("moves", "笔数", "number")),
        where={"moves": {"$gt": 0}},
        joins=(Join("same", "balances", "account_id"),),
        roles=frozenset({"county"}),
        order=("moves", "number"),
    ),
)


def served_toy() -> Service:
    return replace(toy_service(), views=VIEWS)


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

    @blp.route("/imports")
    class Imports(MethodView):
        @starts_job(blp)
        def post(self) -> Job:
            """Import accounts from a file."""
            file = request.files.get("file")
            return start_job("toy.import", {}, frozenset({"clerk"}), file.read() if file else b"")

    return [blp]
