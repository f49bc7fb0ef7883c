"""Idempotency-Key: the same key of the same caller is the same command, however often it is sent."""

import hmac
import secrets
from typing import Any

from flask import request

from shared.http.current import current_caller, current_runtime
from shared.http.patterns import Pattern
from shared.http.refusals import HeaderNotValid
from shared.kernel.deadlines import derived_id

KEY_HEADER = "Idempotency-Key"
REPLAY_HEADER = "Idempotent-Replay"
KEY = Pattern("^[!-~]{1,200}$")

KEY_PARAMETER: dict[str, Any] = {
    "in": "header",
    "name": KEY_HEADER,
    "description": "A key of the caller's own for this request. The same key again gets the first answer.",
    "schema": {"type": "string", "pattern": KEY.expression},
}
"""The header, as a route that reads it documents it."""


def command_id(part: str = "") -> str:
    """The id of the command in this request: derived from caller, scope and key, or drawn when there is no key.

    One person may act for two schools: what they send for one is not answered with what they did for the other. `part`
    tells the commands of one request apart. Raises HeaderNotValid.
    """
    key = request.headers.get(KEY_HEADER)
    if key is None:
        return secrets.token_hex(16)
    if not KEY.fits(key):
        raise HeaderNotValid(
            KEY_HEADER,
            "幂等键应为 1 至 200 个可见的英文字符。",
            "an idempotency key has 1 to 200 visible ASCII characters",
        )
    caller = current_caller()
    return derived_id("request", caller.subject, caller.scope.division, caller.scope.school, key, part)


def fingerprint(upload: bytes | None = None) -> str:
    """What this request asks for, as a keyed hash: bodies hold personal data that plain hashes would betray.

    A form's body is gone once its file has been read: `upload` is the file then.
    """
    body = request.get_data(cache=True) if upload is None else upload
    secret = current_runtime().ports.blind_index.key.secret
    asked = request.full_path if request.query_string else request.path
    content = b"\0".join([b"request", request.method.encode(), asked.encode(), body])
    return hmac.new(secret, content, "sha256").hexdigest()[:32]
