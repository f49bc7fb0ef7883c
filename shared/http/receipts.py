"""Where has an event landed? Each service answers for itself; the event's owner asks all the others."""

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict
from typing import Any

import httpx
import marshmallow
from flask.views import MethodView
from marshmallow import fields

from shared.http.blueprints import Blueprint
from shared.http.current import current_caller, current_runtime
from shared.http.feed import find_event
from shared.http.schemas import RequestSchema
from shared.kernel.caller import Scope
from shared.kernel.receipts import receipt
from shared.kernel.recorded import Recorded
from shared.kernel.refusals import NotFound, RoleNotAllowed
from shared.runtime import Runtime

ASK_WITHIN_S = 5.0
UNKNOWN = "unknown"


class TypeQuery(RequestSchema):
    """What the asking owner knows of its event."""

    type = fields.String(required=True, metadata={"description": "The event's type."})


class ReceiptSchema(marshmallow.Schema):
    """What one service has done with an event."""

    consumer = fields.String(required=True)
    state = fields.String(
        required=True,
        metadata={"enum": ["applied", "pending", "waiting", "retrying", "parked", UNKNOWN]},
    )
    at = fields.String(required=True, allow_none=True, metadata={"description": "When it was applied, UTC."})
    error = fields.String(required=True)
    ledgers = fields.List(fields.String(), required=True, metadata={"description": "What listens to it there."})
    reactions = fields.List(fields.String(), required=True)


class ReceiptsSchema(marshmallow.Schema):
    """Every service that reads this one's events; one that does not answer is `unknown`."""

    receipts = fields.List(fields.Nested(ReceiptSchema), required=True)


def receipts_blueprint(runtime: Runtime) -> Blueprint:
    blp = Blueprint("receipts", __name__, url_prefix="/api/v1/events", description="Where an event has landed.")

    @blp.route("/<service>/<int:partition>/<int:position>/receipts")
    class Receipts(MethodView):
        @blp.response(200, ReceiptsSchema)
        def get(self, service: str, partition: int, position: int) -> dict[str, Any]:
            """Every reader of an event of this service: applied or not, when, and what is stuck."""
            event = find_event(service, partition, position)
            peers = {name.value: url for name, url in runtime.ports.settings.peers.items() if name.value != service}
            if not peers:
                return {"receipts": []}
            with ThreadPoolExecutor(len(peers)) as threads:
                answers = threads.map(lambda peer: _ask(runtime, peer[0], peer[1], event), sorted(peers.items()))
            return {"receipts": [answer for answer in answers if answer is not None]}

    @blp.route("/<service>/<int:partition>/<int:position>/receipt")
    class Receipt(MethodView):
        @blp.arguments(TypeQuery, location="query")
        @blp.response(200, ReceiptSchema)
        def get(self, query: dict[str, str], service: str, partition: int, position: int) -> dict[str, Any]:
            """What this service has done with another's event. For callers without a scope: its owner asks."""
            caller = current_caller()
            if caller.scope != Scope():
                raise RoleNotAllowed(caller.role, "read receipts of another service's events")
            own = receipt(current_runtime().store, service, partition, position, query["type"])
            if own is None:
                raise NotFound(f"events of {service} are not read here")
            return asdict(own) | {"at": own.at.isoformat() if own.at else None}

    return blp


def _ask(runtime: Runtime, name: str, url: str, event: Recorded) -> Mapping[str, Any] | None:
    """One service's receipt; None when it does not read this service's events."""
    try:
        answer = httpx.get(
            f"{url}/api/v1/events/{event.id}/receipt",
            params={"type": event.type},
            headers={"Authorization": f"Bearer {runtime.service_token()}"},
            timeout=ASK_WITHIN_S,
        )
        if answer.status_code == httpx.codes.NOT_FOUND:
            return None
        told: Mapping[str, Any] = answer.raise_for_status().json()
    except (httpx.HTTPError, ValueError, OSError) as error:
        unknown = {"consumer": name, "state": UNKNOWN, "at": None, "error": type(error).__name__}
        return unknown | {"ledgers": [], "reactions": []}
    return told
