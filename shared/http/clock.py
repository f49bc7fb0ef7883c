"""The moved clock of a trial installation. Production has no such file, and so no such address."""

from datetime import timedelta
from typing import Any

import marshmallow
import structlog
from flask.views import MethodView
from marshmallow import fields, validate

from shared.calendar import local_date
from shared.http.blueprints import Blueprint
from shared.http.current import current_caller
from shared.http.schemas import FactSchema
from shared.kernel.clock import SharedClock
from shared.kernel.refusals import RoleNotAllowed

OPERATOR = "operator"

log = structlog.get_logger()


class AdvanceSchema(FactSchema):
    """How far to move on. Time never runs backwards."""

    days = fields.Integer(load_default=0, validate=validate.Range(0, 3660))
    hours = fields.Integer(load_default=0, validate=validate.Range(0, 24 * 366))


class ClockSchema(marshmallow.Schema):
    """The suite's time."""

    now = fields.DateTime(required=True, metadata={"description": "UTC."})
    today = fields.Date(required=True, metadata={"description": "The county's date."})
    offset_seconds = fields.Integer(required=True, metadata={"description": "How far it is ahead of the real time."})


def clock_blueprint(clock: SharedClock) -> Blueprint:
    blp = Blueprint("clock", __name__, url_prefix="/api/v1/clock", description="The movable clock of a trial.")

    def read() -> dict[str, Any]:
        now = clock.now()
        return {"now": now, "today": local_date(now), "offset_seconds": int(clock.offset().total_seconds())}

    @blp.route("")
    class Clock(MethodView):
        @blp.response(200, ClockSchema)
        def get(self) -> dict[str, Any]:
            """The time by which the suite lives."""
            return read()

    @blp.route("/advances")
    class Advances(MethodView):
        @blp.arguments(AdvanceSchema)
        @blp.response(201, ClockSchema)
        def post(self, body: dict[str, int]) -> dict[str, Any]:
            """Move the time on, for every process of the installation."""
            caller = current_caller()
            if caller.role != OPERATOR:
                raise RoleNotAllowed(caller.role, "move the clock")
            clock.advance(timedelta(**body))
            log.warning("clock moved", subject=caller.subject, **body)
            return read()

    return blp
