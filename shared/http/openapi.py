"""The API's description (OpenAPI 3.1), with every problem under its own content type."""

from http import HTTPStatus
from typing import Any, ClassVar

import flask_smorest
import marshmallow
from flask import Flask

from shared.http.blueprints import BEARER, public
from shared.http.description import PREFIX, Description, tell_no_empty_default
from shared.http.problems import CONTENT_TYPE
from shared.http.schemas import ProblemSchema


class Api(flask_smorest.Api):  # type: ignore[misc]  # the library has no types
    """flask-smorest with this suite's problems in place of its own errors."""

    ERROR_SCHEMA: ClassVar[type[marshmallow.Schema]] = ProblemSchema

    @public
    def _openapi_json(self) -> Any:
        """The description needs no token: it tells nothing of any child."""
        return super()._openapi_json()

    def _register_error_handlers(self) -> None:
        """Failures are answered by `shared.http.problems`: the library's own 405 would lose its Allow header."""

    def _register_responses(self) -> None:
        content = {CONTENT_TYPE: {"schema": self.ERROR_SCHEMA}}
        for status in HTTPStatus:
            if status >= HTTPStatus.BAD_REQUEST:
                answer = {"description": status.phrase, "content": content}
                self.spec.components.response(status.name, answer, lazy=True)
        self.spec.components.response(
            "DEFAULT_ERROR", {"description": "Any other problem", "content": content}, lazy=True
        )


def describe_api(app: Flask, service: str, version: str) -> Api:
    """Serve the description at `/api/v1/openapi.json`; routes are added to it as their blueprints are registered."""
    settings: dict[str, Any] = {
        "API_TITLE": f"Not One Less: {service}",
        "API_VERSION": version,
        "OPENAPI_VERSION": "3.1.0",
        "OPENAPI_URL_PREFIX": PREFIX,
        "OPENAPI_JSON_PATH": "openapi.json",
    }
    app.config.update(settings)
    api = Api(app, spec_kwargs={"extra_plugins": [Description()]})
    api.ma_plugin.converter.add_attribute_function(tell_no_empty_default)
    api.spec.components.security_scheme(
        BEARER,
        {
            "type": "http",
            "scheme": "bearer",
            "bearerFormat": "JWT",
            "description": "RS256; docs/integrators.md tells its claims.",
        },
    )
    return api
