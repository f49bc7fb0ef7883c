"""A caller of the API, as tests write one."""

from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse


class Client:
    """Sends requests with a token and, for facts, an Idempotency-Key when asked."""

    def __init__(self, http: FlaskClient, token: str) -> None:
        self._http = http
        self._token = token

    def get(self, path: str, **headers: str) -> TestResponse:
        return self._http.get(f"/api/v1{path}", headers=self._headers(headers), buffered=True)

    def post(self, path: str, body: Any = None, **headers: str) -> TestResponse:
        return self._http.post(f"/api/v1{path}", json=body, headers=self._headers(headers))

    def send(self, method: str, path: str, data: bytes = b"", content_type: str = "", **headers: str) -> TestResponse:
        sent = self._headers(headers) | ({"Content-Type": content_type} if content_type else {})
        return self._http.open(f"/api/v1{path}", method=method, data=data, headers=sent)

    def _headers(self, given: dict[str, str]) -> dict[str, str]:
        """Headers from keyword arguments: `idempotency_key="a"` is `Idempotency-Key: a`."""
        named = {name.replace("_", "-").title(): value for name, value in given.items()}
        return {"Authorization": f"Bearer {self._token}"} | named
