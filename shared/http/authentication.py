"""Every route asks for a token, unless it says that it is public."""

from flask import Flask, current_app, g, request

from shared.auth.refusals import TokenMissing
from shared.auth.tokens import TokenVerifier
from shared.http.blueprints import is_public

_SCHEME = "bearer "


def require_tokens(app: Flask, verifier: TokenVerifier) -> None:
    """Know the caller before any view runs. An address that does not exist is told as such without a token."""

    @app.before_request
    def know_the_caller() -> None:
        if request.endpoint is None or is_public(current_app.view_functions[request.endpoint]):
            return
        header = request.headers.get("Authorization", "")
        if not header.lower().startswith(_SCHEME):
            raise TokenMissing()
        g.caller = verifier.caller(header[len(_SCHEME) :].strip())
