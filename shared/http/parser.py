"""Reading requests: strict about types and unknown names, and silent about the values it refuses."""

from collections.abc import Mapping
from typing import Any, NoReturn

import flask
import marshmallow
import msgspec
from webargs import core
from webargs.flaskparser import FlaskParser, is_json_request
from werkzeug.exceptions import UnsupportedMediaType

from shared.http.refusals import BodyNotJson, FieldsNotValid

_LARGEST_EXACT = 2**53 - 1
"""The whole numbers that every JSON reader keeps exactly (I-JSON, RFC 7493)."""


class RequestParser(FlaskParser):
    """Refuses unknown query parameters as well as unknown body fields, and bodies that are no JSON."""

    DEFAULT_UNKNOWN_BY_LOCATION = {  # noqa: RUF012 - the library declares it so
        **FlaskParser.DEFAULT_UNKNOWN_BY_LOCATION,
        "query": marshmallow.RAISE,
        "querystring": marshmallow.RAISE,
    }

    def _raw_load_json(self, req: flask.Request) -> Any:
        body = req.get_data(cache=True)
        if not body:
            return core.missing
        if not is_json_request(req):
            raise UnsupportedMediaType()
        return read_json(body)

    def handle_error(
        self,
        error: marshmallow.ValidationError,
        req: flask.Request,  # noqa: ARG002 - the signature is webargs's
        schema: marshmallow.Schema,  # noqa: ARG002
        *,
        error_status_code: int | None,  # noqa: ARG002
        error_headers: Mapping[str, str] | None,  # noqa: ARG002
    ) -> NoReturn:
        raise FieldsNotValid.from_messages(error.messages)


def read_json(body: bytes) -> Any:
    """The body's value. Raises BodyNotJson, also for numbers that some reader would change."""
    try:
        value = msgspec.json.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise BodyNotJson() from error
    if not _is_exact(value):
        raise BodyNotJson()
    return value


def _is_exact(value: Any) -> bool:
    match value:
        case dict():
            return all(_is_exact(each) for each in value.values())
        case list():
            return all(_is_exact(each) for each in value)
        case int():
            return abs(value) <= _LARGEST_EXACT
        case _:
            return True
