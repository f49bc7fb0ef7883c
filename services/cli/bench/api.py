"""The registry's API as fast clients call it: kept connections, no more work in the client than there must be."""

import json
import secrets
import time
from dataclasses import dataclass, field
from datetime import date, timedelta
from http.client import HTTPConnection
from typing import Any

from services.cli.bench.ground import RunningSuite
from services.cli.bench.pupils import CLERK
from services.registry.children.ids import ChildId, SchoolCode

TIMEOUT_S = 60.0


class NotCreated(RuntimeError):
    """The API refused what the measure sent; the message is its answer."""


@dataclass(slots=True)
class Client:
    """One client with a connection of its own. `delays_ms`: how long each of its requests took."""

    connection: HTTPConnection
    token: str
    delays_ms: list[float] = field(default_factory=list)

    def absence(self, child: ChildId, day: date) -> tuple[str, ...]:
        """Post an unexcused day; the ids of the events."""
        return self._post(f"/api/v1/children/{child}/absences", {"day": day.isoformat(), "remark": "没来上课"})

    def come_back(self, child: ChildId, school: SchoolCode, day: date) -> tuple[str, ...]:
        """Post a return; the ids of the events."""
        body = {"school_code": school, "returned_on": day.isoformat(), "evidence": ["签到单一号", "签到单二号"]}
        return self._post(f"/api/v1/children/{child}/returns", body)

    def _post(self, path: str, body: dict[str, Any]) -> tuple[str, ...]:
        headers = {
            "Authorization": f"Bearer {self.token}",
            "Content-Type": "application/json",
            "Idempotency-Key": secrets.token_hex(16),
        }
        content = json.dumps(body, ensure_ascii=False).encode()
        started = time.perf_counter()
        self.connection.request("POST", path, content, headers)
        answer = self.connection.getresponse()
        said = answer.read()
        self.delays_ms.append((time.perf_counter() - started) * 1000)
        if answer.status != 201:
            raise NotCreated(f"{answer.status} {said.decode(errors='replace')}")
        return tuple(json.loads(said)["events"])


def client_of(suite: RunningSuite) -> Client:
    """A new client of the suite's registry."""
    address = suite.suite.url("registry").removeprefix("http://")
    return Client(HTTPConnection(address, timeout=TIMEOUT_S), suite.suite.sign(CLERK, timedelta(hours=6)))
