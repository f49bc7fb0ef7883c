"""Facts posted to a service: read, sent as a command, and answered with the events they became."""

from collections.abc import Callable, Mapping
from dataclasses import asdict
from functools import wraps
from typing import Any

import marshmallow

from shared.http.blueprints import Blueprint
from shared.http.current import current_caller, current_runtime
from shared.http.idempotency import KEY_PARAMETER, REPLAY_HEADER, command_id, fingerprint
from shared.http.preconditions import IF_MATCH_PARAMETER, etag, expected_version
from shared.http.schemas import OutcomeSchema
from shared.http.warned import warnings
from shared.kernel.commands import Order, Outcome

View = Callable[..., Any]

COMMAND_HEADERS = (KEY_PARAMETER, IF_MATCH_PARAMETER)
"""What `send` reads of a request besides its body."""
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


def fact(
    blp: Blueprint,
    schema: type[marshmallow.Schema],
    answered_as: type[marshmallow.Schema] = OutcomeSchema,
    tell: Callable[[Outcome], Mapping[str, Any]] | None = None,
) -> Callable[[View], View]:
    """Make a view the place to post a fact: it gets the checked body as its first argument and returns an Outcome.

    The answer is 201 with the outcome and an ETag; the route's documentation lists the headers and the problems.
    What `tell` has to say of an outcome stands in the answer beside it.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def answer(*args: Any, **kwargs: Any) -> tuple[Mapping[str, Any], dict[str, str]]:
            outcome: Outcome = view(*args, **kwargs)
            return asdict(outcome) | dict(tell(outcome) if tell else {}) | warnings(), answer_headers(outcome)

        answered = blp.response(201, answered_as, headers=_ANSWER_HEADERS)(answer)
        checked = blp.arguments(schema)(answered)
        described: View = blp.headers(*COMMAND_HEADERS)(checked)
        return described

    return decorate


def answer_headers(outcome: Outcome) -> dict[str, str]:
    replay = {REPLAY_HEADER: "true"} if outcome.repeated else {}
    return {"ETag": etag(outcome.version), **replay}
