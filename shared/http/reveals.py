"""Revealing one piece of personal data: a call of its own, with a reason, kept for the auditors."""

import secrets
from typing import Any

import marshmallow
import structlog
from flask import g
from flask.views import MethodView
from marshmallow import fields, validate

from shared.http.blueprints import Blueprint
from shared.http.cells import SEALED, opened
from shared.http.current import current_caller, current_runtime
from shared.http.ledgers import readable_view
from shared.http.refusals import FieldFault, FieldsNotValid
from shared.http.schemas import RequestSchema
from shared.kernel.elements import reader_of
from shared.kernel.ledgers import Column, View
from shared.kernel.refusals import NotFound

COLLECTION = "reveals"

log = structlog.get_logger()


class RevealSchema(RequestSchema):
    """Which field, and what for."""

    field = fields.String(required=True, metadata={"description": "A sealed column's `field`."})
    reason = fields.String(required=True, validate=validate.Length(4, 200))


class RevealedSchema(marshmallow.Schema):
    """The plain value, and the number under which the call is on record."""

    value = fields.String(required=True)
    record = fields.String(required=True)


def reveals_blueprint() -> Blueprint:
    blp = Blueprint("reveals", __name__, url_prefix="/api/v1/ledgers", description="Personal data, one at a time.")

    @blp.route("/<view>/<key>/reveals")
    class Reveals(MethodView):
        @blp.arguments(RevealSchema)
        @blp.response(201, RevealedSchema)
        def post(self, body: dict[str, str], view: str, key: str) -> dict[str, Any]:
            """Reveal one sealed field of one row. Who, when, what and why are recorded before the value is told."""
            asked = readable_view(view)
            column = _sealed_column(asked, body["field"])
            row = reader_of(current_runtime().store, asked, current_caller().scope).one(key)
            value = opened(row, column, current_runtime().ports.cipher)
            if value is None:
                raise NotFound(f"{view}/{key}/{column.field}")
            return {"value": value, "record": _record(asked, key, column, body["reason"])}

    return blp


def _sealed_column(view: View, field: str) -> Column:
    for column in view.columns:
        if column.field == field and column.kind == SEALED:
            return column
    raise FieldsNotValid([FieldFault("field", "本台账没有这个加密栏目。")])


def _record(view: View, key: str, column: Column, reason: str) -> str:
    """Write the line that stays; only then may the value leave."""
    runtime, caller, id_ = current_runtime(), current_caller(), secrets.token_hex(16)
    line = {"subject": caller.subject, "role": caller.role, "view": view.name, "key": key, "field": column.field}
    more = {"name": caller.name, "reason": reason, "request": g.request_id, "at": runtime.ports.clock.now()}
    runtime.store.database[COLLECTION].insert_one({"_id": id_} | line | more)
    log.info("personal data revealed", record=id_, **line)
    return id_
