"""What belongs to the request being answered."""

from typing import cast

from flask import Flask, current_app, g

from shared.http.bell import Bell
from shared.kernel.caller import Caller
from shared.runtime import Runtime

EXTENSION = "not-one-less"
BELL = "not-one-less-bell"


def current_runtime() -> Runtime:
    """The service that this application serves."""
    return cast("Runtime", current_app.extensions[EXTENSION])


def current_caller() -> Caller:
    """Who sent this request. Every route but the public ones has one."""
    return cast("Caller", g.caller)


def waiting_readers(app: Flask) -> Bell:
    """What wakes the readers of the application's feed."""
    return cast("Bell", app.extensions[BELL])
