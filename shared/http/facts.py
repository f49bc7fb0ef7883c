"""Facts posted to a service: read, sent as a command, and answered with the events they became."""

from collections.abc import Callable
from functools import wraps
from typing import Any

import marshmallow
from marshmallow import fields

from shared.http.blueprints import Blueprint
from shared.http.current import current_caller, current_runtime
from shared.http.idempotency import HEADER, REPLAY_HEADER, command_id, fingerprint
from shared.http.messages import speak_chinese
from shared.http.preconditions import etag, expected_version
from shared.kernel.commands import Order, Outcome

View = Callable[..., Any]
PROBLEM_STATUSES = (400, 401, 403, 404, 409, 412, 413, 415, 422, 503)


class FactSchema(marshmallow.Schema):
    """The fields of one fact. Unknown fields are refused, whole numbers are whole, sentences are Chinese."""

    class Meta:
        unknown = marshmallow.RAISE

    def on_bind_field(self, field_name: str, field_obj: fields.Field[Any]) -> None:
        if isinstance(field_obj, fields.Integer):
            field_obj.strict = True  # else 9.7 would silently become 9
        super().on_bind_field(field_name, field_obj)

    def _init_fields(self) -> None:
        super()._init_fields()  # type: ignore[no-untyped-call]
        speak_chinese(self)


class OutcomeSchema(marshmallow.Schema):
    """What came of a posted fact."""

    events = fields.List(
        fields.String(),
        required=True,
        metadata={"description": "Ids of the events recorded; empty when nothing had to change."},
    )
    stream = fields.String(required=True, metadata={"description": "The stream that the fact belongs to."})
    version = fields.Integer(required=True, metadata={"description": "The stream's version now."})
    repeated = fields.Boolean(
        required=True, metadata={"description": "Whether this answer was given before, to the same request."}
    )


def send(command: Any, part: str = "") -> Outcome:
    """Carry out a command for the caller of this request, with its Idempotency-Key and If-Match.

    A request that sends several commands names each with another `part`. Raises Refused with nothing changed.
    """
    order = Order(
        command=command,
        command_id=command_id(part),
        caller=current_caller(),
        fingerprint=fingerprint(),
        expected_version=expected_version(),
    )
    return current_runtime().application.execute(order)


def fact(blp: Blueprint, schema: type[marshmallow.Schema]) -> Callable[[View], View]:
    """Make a view the place to post a fact: it gets the checked body as its first argument and returns an Outcome.

    Adds 201 with the outcome and an ETag, every problem the route may answer with, and the headers it understands.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def answer(*args: Any, **kwargs: Any) -> tuple[Outcome, dict[str, str]]:
            outcome = view(*args, **kwargs)
            return outcome, _headers(outcome)

        documented = blp.response(201, OutcomeSchema, headers=_DOCUMENTED_HEADERS)(answer)
        for status in PROBLEM_STATUSES:
            documented = problem_answer(blp, status)(documented)
        described = blp.doc(parameters=_PARAMETERS)(documented)
        checked: View = blp.arguments(schema)(described)
        return checked

    return decorate
