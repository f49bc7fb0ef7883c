"""The four APIs as any client calls them: bearer token, idempotency key, problems told in their own words."""

import time
import uuid
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import click
import httpx

JobState = Mapping[str, Any]


class NotReached(click.ClickException):
    """No answer at all: whoever does not catch it ends with one sentence and exit code 1."""

    def __init__(self, address: str) -> None:
        super().__init__(f"{address} 没有应答。请确认套件已经启动（nol up），--url 没有写错，再试一次。")


class ApiProblem(click.ClickException):
    """An answer with a problem: its status, stable code and Chinese sentence, which is told when nobody catches it."""

    def __init__(self, answer: httpx.Response) -> None:
        try:
            problem = answer.json()
        except ValueError:
            problem = {}
        self.status = answer.status_code
        self.code = str(problem.get("code", ""))
        self.detail = str(problem.get("detail") or answer.reason_phrase)
        super().__init__(f"{self.detail}（{self.status} {self.code}）")


class ApiClient:
    """One caller of one service."""

    def __init__(self, base_url: str, token: str, client: httpx.Client) -> None:
        self._base = base_url
        self._token = token
        self._client = client

    def get(self, path: str, **query: Any) -> Any:
        """The JSON of an answer. Raises ApiProblem, NotReached."""
        return self._send("GET", path, params={name: value for name, value in query.items() if value}).json()

    def post(self, path: str, body: Mapping[str, Any], key: str = "") -> Any:
        """Post a fact under an idempotency key (drawn here when none is given)."""
        headers = {"Idempotency-Key": key or uuid.uuid4().hex}
        return self._send("POST", path, json=dict(body), headers=headers).json()

    def upload(self, path: str, file: Path, key: str = "", **query: str) -> Any:
        """Post a file as a job; the job."""
        return self.upload_bytes(path, file.name, file.read_bytes(), key, **query)

    def upload_bytes(self, path: str, name: str, content: bytes, key: str = "", **query: str) -> Any:
        headers = {"Idempotency-Key": key or uuid.uuid4().hex}
        return self._send("POST", path, files={"file": (name, content)}, headers=headers, params=query).json()

    def download(self, path: str, **query: Any) -> bytes:
        return self._send("GET", path, params=query).content

    def wait_for_job(self, job_id: str, note: Callable[[JobState], None] = lambda _: None) -> JobState:
        """Poll a job until it has ended; its last state."""
        while True:
            job: JobState = self.get(f"/api/v1/jobs/{job_id}")
            note(job)
            if job["state"] in ("done", "failed"):
                return job
            time.sleep(0.2)

    def rows(self, view: str, **filters: Any) -> Iterator[Mapping[str, Any]]:
        """Every row of a ledger, page by page."""
        cursor = ""
        while True:
            page = self.get(f"/api/v1/ledgers/{view}", cursor=cursor, limit=500, **filters)
            yield from page["rows"]
            cursor = page.get("cursor") or ""
            if not cursor:
                return

    def _send(self, method: str, path: str, headers: Mapping[str, str] | None = None, **more: Any) -> httpx.Response:
        sent = {"Authorization": f"Bearer {self._token}", **(headers or {})}
        try:
            answer = self._client.request(method, self._base + path, headers=sent, timeout=120, **more)
        except (httpx.TransportError, httpx.InvalidURL) as fault:
            raise NotReached(self._base) from fault
        if answer.is_error:
            raise ApiProblem(answer)
        return answer
