"""ETag and If-Match: the version of a stream, as `"7"`."""

from typing import Any

from flask import request

from shared.http.patterns import Pattern
from shared.http.refusals import HeaderNotValid

ETAG = Pattern('^"[0-9]{1,15}"$')
IF_MATCH = Pattern(r'^("[0-9]{1,15}"|\*)$')

IF_MATCH_PARAMETER: dict[str, Any] = {
    "in": "header",
    "name": "If-Match",
    "description": "The ETag that the caller last saw: the fact is refused when the stream has changed since.",
    "schema": {"type": "string", "pattern": IF_MATCH.expression},
}
"""The header, as a route that reads it documents it."""


def etag(version: int) -> str:
    return f'"{version}"'


def expected_version() -> int | None:
    """The version the caller saw (If-Match), or None. Raises HeaderNotValid for what `etag` did not make."""
    header = request.headers.get("If-Match")
    if header is None or header.strip() == "*":
        return None
    if not ETAG.fits(header.strip()):
        raise HeaderNotValid("If-Match", "If-Match 应为先前得到的 ETag。", 'If-Match must be an ETag such as "7"')
    return int(header.strip().strip('"'))
