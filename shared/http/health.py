"""Whether the process lives, and whether it can do its work."""

from typing import Any

import marshmallow
from marshmallow import fields

from shared.http.blueprints import Blueprint, public
from shared.http.current import current_runtime
from shared.kernel.refusals import Kind, Refused


class NotInstalled(Refused):
    """The database answers and holds no log yet."""

    code = "not-installed"
    kind = Kind.UNAVAILABLE

    def __init__(self) -> None:
        super().__init__("系统尚未安装完成，请稍后重试。", "the log is not installed yet")


class HealthSchema(marshmallow.Schema):
    """The service, its state, and the start that it belongs to: whoever started it knows its own answer by it."""

    service = fields.String(required=True)
    status = fields.String(required=True)
    instance = fields.String(required=True)


def health_blueprint() -> Blueprint:
    blp = Blueprint("health", __name__, description="Is it alive, is it ready.")

    @blp.route("/healthz")
    @public
    @blp.response(200, HealthSchema)
    def alive() -> dict[str, Any]:
        """The process answers; nothing else is asked."""
        return _told("alive")

    @blp.route("/readyz")
    @public
    @blp.response(200, HealthSchema)
    def ready() -> dict[str, Any]:
        """The database answers and the log is installed."""
        store = current_runtime().store
        if store.control.find_one({"_id": "partitions"}) is None:
            raise NotInstalled()
        return _told("ready")

    return blp


def _told(status: str) -> dict[str, Any]:
    runtime = current_runtime()
    return {"service": runtime.service.name, "status": status, "instance": runtime.ports.settings.instance}
