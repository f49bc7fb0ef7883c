"""The feed: a service's log as CloudEvents, for the other services and other departments alike."""

import time
from typing import Any

import marshmallow
from flask.views import MethodView
from marshmallow import fields, validate

from shared.http.access import check_role
from shared.http.bell import Bell
from shared.http.blueprints import Blueprint
from shared.http.current import current_caller, current_runtime
from shared.http.schemas import RequestSchema
from shared.kernel.application import Application
from shared.kernel.caller import Caller
from shared.kernel.cursor import Cursor
from shared.kernel.feed import Page, read_page
from shared.kernel.recorded import Recorded, to_cloud_event
from shared.kernel.refusals import NotFound
from shared.kernel.store import Store

LONGEST_WAIT_S = 25
LAST_POSITION = 2**40 - 1
MAX_WAITING, CROWDED_WAIT_S = 8, 0.5
"""How many readers may wait at once in a process, and how long one more may: threads must stay for the others."""
LARGEST_PAGE, LARGEST_RUN, USUAL_PAGE = 500, 2000, 200
_DESCRIPTION = (
    "The log as CloudEvents 1.0 (structured JSON), at least once in the order of each partition. "
    "Read on with the cursor of each answer; keep it with what the events changed."
)


class FeedQuery(RequestSchema):
    """Where to read on, how long to wait, and what to read."""

    cursor = fields.String(metadata={"description": "The cursor of the answer before; none: from the beginning."})
    wait = fields.Float(
        load_default=0.0,
        validate=validate.Range(0, LONGEST_WAIT_S),
        metadata={"description": "Seconds to wait for news when there is none."},
    )
    limit = fields.Integer(load_default=USUAL_PAGE, validate=validate.Range(1, LARGEST_PAGE))
    type = fields.List(fields.String(), load_default=[], metadata={"description": "Only events of these types."})


class PartitionQuery(RequestSchema):
    """Which part of a partition to read."""

    after = fields.Integer(
        load_default=0, validate=validate.Range(0, LAST_POSITION), metadata={"description": "A position."}
    )
    limit = fields.Integer(load_default=USUAL_PAGE, validate=validate.Range(1, LARGEST_RUN))


class CloudEventSchema(marshmallow.Schema):
    """A CloudEvent 1.0 with this suite's extensions; `data` as `/api/v1/schemas/{type}` describes it."""

    specversion = fields.String(required=True)
    id = fields.String(required=True, metadata={"description": "service/partition/position"})
    source = fields.String(required=True)
    type = fields.String(required=True)
    subject = fields.String(required=True)
    time = fields.String(required=True, metadata={"description": "When it was recorded, UTC.", "format": "date-time"})
    datacontenttype = fields.String(required=True)
    stream = fields.String(required=True)
    streamversion = fields.Integer(required=True)
    partitionkey = fields.String(required=True)
    actor = fields.String(required=True)
    division = fields.String(required=True)
    school = fields.String(required=True)
    correlationid = fields.String(required=True)
    causationid = fields.String(required=True)
    occurredon = fields.String(required=True, metadata={"description": "The business date.", "format": "date"})
    data = fields.Dict(required=True)


class FeedPageSchema(marshmallow.Schema):
    """Some events and the place after them."""

    events = fields.List(fields.Nested(CloudEventSchema), required=True)
    cursor = fields.String(required=True, metadata={"description": "Where to read on. Opaque."})
    more = fields.Boolean(required=True, metadata={"description": "Whether the log already holds more."})


class PartitionPageSchema(marshmallow.Schema):
    """Some events of one partition."""

    events = fields.List(fields.Nested(CloudEventSchema), required=True)


class HeadsSchema(marshmallow.Schema):
    """How far the log goes."""

    positions = fields.List(fields.Integer(), required=True, metadata={"description": "One a partition, in order."})


def feed_blueprint(application: Application, bell: Bell) -> Blueprint:
    blp = Blueprint("events", __name__, url_prefix="/api/v1/events", description=_DESCRIPTION)

    @blp.route("")
    class Feed(MethodView):
        @blp.arguments(FeedQuery, location="query")
        @blp.response(200, FeedPageSchema)
        def get(self, query: dict[str, Any]) -> dict[str, Any]:
            """Read the log on from a cursor, waiting for news if asked to.

            A caller gets the events of its own place and for its role alone; the cursor passes the others.
            """
            _check_reader()
            page = _read_or_wait(bell, application.store, current_caller(), query)
            return {"events": _shown(page.events), "cursor": page.cursor.encode(), "more": page.more}

    @blp.route("/heads")
    class Heads(MethodView):
        @blp.response(200, HeadsSchema)
        def get(self) -> dict[str, Any]:
            """How far each partition of the log goes."""
            return {"positions": application.store.positions()}

    @blp.route("/partition/<int:partition>")
    class Partition(MethodView):
        @blp.arguments(PartitionQuery, location="query")
        @blp.response(200, PartitionPageSchema)
        def get(self, query: dict[str, Any], partition: int) -> dict[str, Any]:
            """Read one partition after a position: how a reader of Kafka fills a gap."""
            _check_reader()
            if partition >= application.store.partitions:
                raise NotFound(f"partition {partition}")
            events = application.store.read_partition(partition, query["after"], query["limit"])
            return {"events": _shown(filter(_may_be_read, events))}

    @blp.route("/<service>/<int:partition>/<int:position>")
    class Event(MethodView):
        @blp.response(200, CloudEventSchema)
        def get(self, service: str, partition: int, position: int) -> dict[str, Any]:
            """One event by its id."""
            _check_reader()
            return to_cloud_event(find_event(service, partition, position))

    return blp


def _check_reader() -> None:
    check_role(current_runtime().service.feed_roles, "read events")


def find_event(service: str, partition: int, position: int) -> Recorded:
    """An event of this service's log in the caller's scope. Raises NotFound."""
    store = current_runtime().store
    known = service == store.service.name and partition < store.partitions and position <= LAST_POSITION
    event = store.event(partition, position) if known else None
    if event is None or not _may_be_read(event):
        raise NotFound(f"event {service}/{partition}/{position}")
    return event


def _may_be_read(event: Recorded) -> bool:
    caller = current_caller()
    return caller.scope.covers(event.place) and event.type not in _hidden(caller)


def _hidden(caller: Caller) -> frozenset[str]:
    return current_runtime().service.hidden_from(caller.role)


def _read_or_wait(bell: Bell, store: Store, caller: Caller, query: dict[str, Any]) -> Page:
    text = query.get("cursor")
    cursor = Cursor.decode(text, store.partitions) if text else Cursor.start(store.partitions)
    until, types = time.monotonic() + query["wait"], frozenset(query["type"])
    while True:
        heard = bell.rings
        page = read_page(store, cursor, query["limit"], caller.scope, types, _hidden(caller))
        if page.events:
            return page
        cursor = page.cursor
        if page.more and time.monotonic() < until:
            continue
        if bell.waiting >= MAX_WAITING:
            until = min(until, time.monotonic() + CROWDED_WAIT_S)
        if page.more or not bell.wait(heard, until):
            return page


def _shown(events: Any) -> list[dict[str, Any]]:
    return [to_cloud_event(event) for event in events]
