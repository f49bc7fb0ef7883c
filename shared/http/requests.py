"""One log line a request, under an id that the caller gets too."""

import re
import secrets
import time

import structlog
from flask import Flask, Response, g, request

from shared.http.metrics import RequestMetrics

ID_HEADER = "X-Request-Id"
_ID = re.compile(r"[0-9A-Za-z._-]{1,64}")
NO_ROUTE = "(none)"

log = structlog.get_logger()


def watch_requests(app: Flask, metrics: RequestMetrics) -> None:
    """Give each request an id, and log and count its answer.

    The log has the route's template and never the address itself, whose query may hold what nobody should read.
    """

    @app.before_request
    def begin() -> None:
        given = request.headers.get(ID_HEADER, "")
        g.request_id = given if _ID.fullmatch(given) else secrets.token_hex(8)
        g.route = request.url_rule.rule if request.url_rule else NO_ROUTE
        metrics.begin(g.route)
        g.started = time.perf_counter()
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(request_id=g.request_id)

    @app.after_request
    def end(response: Response) -> Response:
        seconds = time.perf_counter() - g.started
        caller = g.get("caller")
        log.info(
            "request",
            method=request.method,
            route=g.route,
            status=response.status_code,
            ms=round(seconds * 1000, 1),
            subject=caller.subject if caller else "",
        )
        metrics.end(request.method, g.route, response.status_code, seconds)
        response.headers[ID_HEADER] = g.request_id
        response.headers.setdefault("Cache-Control", "no-store")
        response.headers["X-Content-Type-Options"] = "nosniff"
        return response
