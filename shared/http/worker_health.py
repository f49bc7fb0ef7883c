"""The health and metrics of a process that serves no API of its own."""

import threading
import time
from collections.abc import Callable, Iterable
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import msgspec
from prometheus_client import REGISTRY, generate_latest
from pymongo.errors import PyMongoError

from shared.kernel.worker import Worker
from shared.runtime import Runtime

SILENT_TOO_LONG_S = 120.0
Answer = tuple[str, str, bytes]


def serve_health(runtime: Runtime, worker: Worker) -> WSGIServer:
    """Answer /healthz, /readyz and /metrics on the process's port, in a thread. `shutdown()` ends it."""
    routes: dict[str, Callable[[], Answer]] = {
        "/healthz": lambda: _health(worker),
        "/readyz": lambda: _readiness(runtime),
        "/metrics": lambda: ("200 OK", "text/plain; version=0.0.4; charset=utf-8", generate_latest(REGISTRY)),
    }

    def application(environ: dict[str, object], start: Callable[..., object]) -> Iterable[bytes]:
        answer = routes.get(str(environ["PATH_INFO"]), lambda: ("404 Not Found", "application/json", b"{}"))
        status, kind, body = answer()
        start(status, [("Content-Type", kind), ("Content-Length", str(len(body)))])
        return [body]

    settings = runtime.ports.settings
    server = make_server(settings.host, settings.port, application, handler_class=_Quiet)
    threading.Thread(target=server.serve_forever, name="health", daemon=True).start()
    return server


class _Quiet(WSGIRequestHandler):
    def log_message(self, *_: object) -> None:
        """Health checks are not worth a line each."""


def _json(status: str, content: object) -> Answer:
    return status, "application/json", msgspec.json.encode(content)


def _health(worker: Worker) -> Answer:
    """Alive as long as every loop has come round lately."""
    silent = [name for name, beat in worker.beats.items() if time.monotonic() - beat > SILENT_TOO_LONG_S]
    return _json(
        "503 Service Unavailable" if silent else "200 OK", {"status": "silent" if silent else "ok", "loops": silent}
    )


def _readiness(runtime: Runtime) -> Answer:
    try:
        runtime.store.positions()
    except PyMongoError as error:
        return _json("503 Service Unavailable", {"status": "database", "error": type(error).__name__})
    return _json("200 OK", {"status": "ok", "instance": runtime.ports.settings.instance})
