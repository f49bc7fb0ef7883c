"""Facts posted to a service: read, sent as a command, and answered with the events they became."""

from collections.abc import Callable
from functools import wraps
from typing import Any

import marshmallow

from shared.http.blueprints import Blueprint
from shared.http.current import current_caller, current_runtime
from shared.http.idempotency import KEY_HEADER, REPLAY_HEADER, command_id, fingerprint
from shared.http.preconditions import etag, expected_version
from shared.http.schemas import OutcomeSchema
from shared.http.warned import WarnedOutcome, with_warnings
from shared.kernel.commands import Order, Outcome

View = Callable[..., Any]

_PARAMETERS = [
    {
        "in": "header",
        "name": KEY_HEADER,
        "description": "A key of the caller's own for this request. The same key again gets the first answer.",
        "schema": {"type": "string", "minLength": 1, "maxLength": 200},
    },
    {
        "in": "header",
        "name": "If-Match",
        "description": "The ETag that the caller last saw: the fact is refused when the stream has changed since.",
        "schema": {"type": "string"},
    },
]
_ANSWER_HEADERS = {
    "ETag": {"description": "The stream's version after this fact.", "schema": {"type": "string"}},
    REPLAY_HEADER: {
        "description": "`true` when this request was carried out before and this is its first answer.",
        "schema": {"type": "string", "enum": ["true"]},
    },
}


def send(command: Any, part: str = "") -> Outcome:
    """Carry out a command for the caller of this request, with its Idempotency-Key and If-Match.

    A request that sends several commands names each with another `part`; If-Match speaks of each one's first stream.
    Raises Refused with nothing changed.
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

    The answer is 201 with the outcome and an ETag; the route's documentation lists the headers and the problems.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def answer(*args: Any, **kwargs: Any) -> tuple[Outcome | WarnedOutcome, dict[str, str]]:
            outcome: Outcome = view(*args, **kwargs)
            return with_warnings(outcome), answer_headers(outcome)

        answered = blp.response(201, OutcomeSchema, headers=_ANSWER_HEADERS)(answer)
        described = blp.doc(parameters=_PARAMETERS)(answered)
        checked: View = blp.arguments(schema)(described)
        return checked

    return decorate


def answer_headers(outcome: Outcome) -> dict[str, str]:
    replay = {REPLAY_HEADER: "true"} if outcome.repeated else {}
    return {"ETag": etag(outcome.version), **replay}
