"""One service's HTTP application: its own routes, and those that every service has."""

from collections.abc import Iterable

import flask_smorest
from flask import Flask

from shared.auth.keys import FileKeys, PublicKeys, UrlKeys
from shared.auth.roles import Roles
from shared.auth.tokens import TokenVerifier
from shared.config import Settings
from shared.http.authentication import require_tokens
from shared.http.bell import Bell
from shared.http.blueprints import Blueprint
from shared.http.clock import clock_blueprint
from shared.http.current import BELL, EXTENSION
from shared.http.event_schemas import event_schemas_blueprint
from shared.http.feed import feed_blueprint
from shared.http.health import health_blueprint
from shared.http.jobs import jobs_blueprint
from shared.http.ledgers import ledgers_blueprint
from shared.http.metrics import RequestMetrics, metrics_blueprint
from shared.http.openapi import describe_api
from shared.http.problems import install_problem_answers
from shared.http.receipts import receipts_blueprint
from shared.http.requests import watch_requests
from shared.http.reveals import reveals_blueprint
from shared.kernel.clock import SharedClock
from shared.runtime import Runtime

API_VERSION = "1"


def create_app(runtime: Runtime, blueprints: Iterable[flask_smorest.Blueprint], roles: Roles) -> Flask:
    """The application of one service. Make it in the process that serves it, after any fork."""
    settings = runtime.ports.settings
    app = Flask(runtime.service.name, static_folder=None)
    app.extensions[EXTENSION] = runtime
    bell = app.extensions[BELL] = Bell(runtime.store.positions)
    runtime.application.after_commit(bell.ring)
    app.config.update(MAX_CONTENT_LENGTH=settings.max_upload_bytes)
    app.json.ensure_ascii = False  # type: ignore[attr-defined]
    metrics = RequestMetrics()
    watch_requests(app, metrics)
    require_tokens(app, TokenVerifier(_keys(settings), settings.token_issuer, settings.token_audience, roles))
    install_problem_answers(app)
    api = describe_api(app, runtime.service.name, API_VERSION)
    for blueprint in [*blueprints, *_own_blueprints(runtime, bell, metrics)]:
        api.register_blueprint(blueprint)
    return app


def _own_blueprints(runtime: Runtime, bell: Bell, metrics: RequestMetrics) -> list[Blueprint]:
    clock = runtime.ports.clock
    movable = [clock_blueprint(clock)] if isinstance(clock, SharedClock) else []
    return [
        *movable,
        jobs_blueprint(),
        receipts_blueprint(runtime),
        feed_blueprint(runtime.application, bell),
        ledgers_blueprint(runtime),
        reveals_blueprint(),
        event_schemas_blueprint(runtime.service.events),
        health_blueprint(),
        metrics_blueprint(metrics),
    ]


def _keys(settings: Settings) -> PublicKeys:
    if settings.jwks_file:
        return FileKeys(settings.jwks_file)
    if settings.jwks_url:
        return UrlKeys(settings.jwks_url)
    raise ValueError("neither a JWKS file nor a JWKS address is set")
