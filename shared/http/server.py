"""Serving one service's API: gunicorn with threads, everything real made in the worker process after the fork."""

import os
import signal
from collections.abc import Callable, Iterable
from types import FrameType
from typing import Any

from flask import Flask
from gunicorn.app.base import BaseApplication
from gunicorn.glogging import Logger
from prometheus_client.multiprocess import mark_process_dead

from shared.auth.roles import Roles
from shared.config import Settings
from shared.http.app import create_app
from shared.http.blueprints import Blueprint
from shared.http.current import waiting_readers
from shared.http.metrics import SEVERAL_PROCESSES
from shared.kernel.service import Service
from shared.runtime import Ports, build_runtime

THREADS = 16
GRACE_S = 20
KEEP_ALIVE_S = 15


def serve(
    settings: Settings,
    build: Callable[[Ports], Service],
    blueprints: Callable[[], Iterable[Blueprint]],
    roles: Roles,
    workers: int = 1,
    recycle_after: int = 0,
) -> None:
    """Serve until told to stop (SIGTERM or SIGINT); then answer what was begun, within 20 seconds, and end.

    A worker process makes room for a fresh one after about `recycle_after` requests (0: never).
    With several `workers`, PROMETHEUS_MULTIPROC_DIR must name an empty directory for their common measurements.
    """

    def load() -> Flask:
        return create_app(build_runtime(settings, build), blueprints(), roles)

    _Server(load, _options(settings, workers, recycle_after)).run()


def _options(settings: Settings, workers: int, recycle_after: int) -> dict[str, Any]:
    return {
        "bind": [f"{settings.host}:{settings.port}"],
        "workers": workers,
        "worker_class": "gthread",
        "threads": THREADS,
        "graceful_timeout": GRACE_S,
        "keepalive": KEEP_ALIVE_S,
        "max_requests": recycle_after,
        "max_requests_jitter": recycle_after // 10,
        "preload_app": False,  # clients, locks and threads do not survive a fork
        "proc_name": f"nol-{settings.service.value}",
        "logger_class": _Logger,
        "control_socket_disable": True,  # all services of one machine would share its one path
        "post_worker_init": _release_waiting_readers_on_stop,
        "post_request": _release_waiting_readers_of_the_recycled,
        "child_exit": _forget_measurements,
    }


class _Server(BaseApplication):  # type: ignore[misc]  # the library has no types
    def __init__(self, load: Callable[[], Flask], options: dict[str, Any]) -> None:
        self._load = load
        self._options = options
        super().__init__()

    def load_config(self) -> None:
        for name, value in self._options.items():
            self.cfg.set(name, value)

    def load(self) -> Flask:
        return self._load()


class _Logger(Logger):  # type: ignore[misc]  # as above
    """Gunicorn's own words go the way of every other log line of the process."""

    def setup(self, cfg: Any) -> None:
        self.cfg = cfg
        self.error_log.propagate = True


def _release_waiting_readers_on_stop(worker: Any) -> None:
    """Send the readers who wait for news home before gunicorn begins to wait for them."""
    bell = waiting_readers(worker.wsgi)
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGQUIT):
        before = signal.getsignal(number)

        def stop(number: int, frame: FrameType | None, before: Any = before) -> None:
            bell.close()
            before(number, frame)

        signal.signal(number, stop)


def _release_waiting_readers_of_the_recycled(worker: Any, _request: Any, _environ: Any, _answer: Any) -> None:
    """No signal tells a worker that it has served its number of requests."""
    if not worker.alive:
        waiting_readers(worker.wsgi).close()


def _forget_measurements(_arbiter: Any, worker: Any) -> None:
    if SEVERAL_PROCESSES in os.environ:
        mark_process_dead(worker.pid)  # type: ignore[no-untyped-call]
