"""Blueprints whose requests are read strictly."""

from typing import ClassVar

import flask_smorest

from shared.http.parser import RequestParser


class Blueprint(flask_smorest.Blueprint):
    """A group of routes that is documented under its name."""

    ARGUMENTS_PARSER: ClassVar[RequestParser] = RequestParser()
