"""Files to take away: a Chinese name for those who can show it, a plain one for those who cannot."""

from typing import BinaryIO
from urllib.parse import quote

from flask import Response, send_file


def download(content: BinaryIO, media_type: str, name: str, plain_name: str) -> Response:
    """Answer with a file called `name`; clients that read no extended parameter (RFC 6266) save `plain_name`."""
    answer = send_file(content, mimetype=media_type)
    answer.headers["Content-Disposition"] = f"attachment; filename=\"{plain_name}\"; filename*=UTF-8''{quote(name)}"
    return answer
