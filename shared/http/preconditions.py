"""ETag and If-Match: the version of a stream, as `"7"`."""

import re

from flask import request

from shared.http.refusals import HeaderNotValid

_TAG = re.compile(r'"(\d{1,15})"')


def etag(version: int) -> str:
    return f'"{version}"'


def expected_version() -> int | None:
    """The version the caller saw (If-Match), or None. Raises HeaderNotValid for what `etag` did not make."""
    header = request.headers.get("If-Match")
    if header is None or header.strip() == "*":
        return None
    match = _TAG.fullmatch(header.strip())
    if match is None:
        raise HeaderNotValid("If-Match", "If-Match 应为先前得到的 ETag。", 'If-Match must be an ETag such as "7"')
    return int(match[1])
