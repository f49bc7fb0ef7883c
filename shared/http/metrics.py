"""What operators measure, in Prometheus's format; one answer for all server processes of a service."""

import os

from flask import Response
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector

from shared.http.blueprints import Blueprint, public

_BUCKETS_S = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)
SEVERAL_PROCESSES = "PROMETHEUS_MULTIPROC_DIR"


class RequestMetrics:
    """Requests by route, method and status. A route is its template: one series a route, however many ids."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        labels = ("method", "route", "status")
        self._requests = Counter("nol_http_requests", "Requests answered.", labels, registry=self._registry)
        self._seconds = Histogram(
            "nol_http_request_seconds",
            "Time until the answer.",
            ("method", "route"),
            buckets=_BUCKETS_S,
            registry=self._registry,
        )

        self._in_hand = Gauge(
            "nol_http_requests_in_hand",
            "Requests being answered, waiting readers of the feed among them.",
            ("route",),
            multiprocess_mode="livesum",
            registry=self._registry,
        )

    def begin(self, route: str) -> None:
        self._in_hand.labels(route).inc()

    def end(self, method: str, route: str, status: int, seconds: float) -> None:
        self._in_hand.labels(route).dec()
        self._requests.labels(method, route, str(status)).inc()
        self._seconds.labels(method, route).observe(seconds)

    def text(self) -> bytes:
        if SEVERAL_PROCESSES not in os.environ:
            return generate_latest(self._registry)
        together = CollectorRegistry()
        MultiProcessCollector(together)  # type: ignore[no-untyped-call]
        return generate_latest(together)


def metrics_blueprint(metrics: RequestMetrics) -> Blueprint:
    blp = Blueprint("metrics", __name__, description="Measurements for Prometheus.")

    @blp.route("/metrics")
    @public
    @blp.response(200, {"type": "string"}, content_type="text/plain", description="Prometheus text format")
    def read_metrics() -> Response:
        """The measurements of all processes of this service."""
        return Response(metrics.text(), content_type=CONTENT_TYPE_LATEST)

    return blp
