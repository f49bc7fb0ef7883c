"""Sends the requests of a walk to the registry, in order, and compares the answers."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from io import BytesIO
from typing import Any

from werkzeug.datastructures import FileStorage
from werkzeug.test import TestResponse, encode_multipart

from services.registry.bootstrap import job_kinds
from shared.calendar.zone import local_date
from shared.kernel.caller import Place
from shared.kernel.consumer import Consumer
from shared.kernel.firing import fire_due
from shared.kernel.recorded import Recorded, partition_of
from shared.runtime import Runtime
from tests.documents.answers import Bound, differences, filled
from tests.documents.walks import Preparation, Request, Walk, Walks
from tests.registry.conftest import Registry
from tests.shared.http.client import Client
from tests.shared.workbooks.building import workbook_of

SignIn = Callable[..., Client]


class NotAsShown(AssertionError):
    """The registry answers otherwise than the document says."""

    def __init__(self, request: Request, answer: TestResponse, found: list[str]) -> None:
        said = {name: value for name, value in (answer.json or {}).items() if name != "columns"}  # headings: long
        came = json.dumps(said, ensure_ascii=False, indent=1)
        told = "\n  ".join(found)
        super().__init__(
            f"line {request.line}: {request.method} {request.path}\n  {told}\nit answered {answer.status_code}\n{came}"
        )


@dataclass(slots=True)
class Walker:
    """A clerk with a registry of its own. Time stands still until a request says another day."""

    nol: Registry
    runtime: Runtime
    sign_in: SignIn
    document: Walks
    bound: Bound = field(default_factory=dict)

    def walk(self, walk: Walk) -> None:
        """Raises NotAsShown, or NotBound."""
        for step in walk.steps:
            if isinstance(step, Request):
                self._send(step)
            else:
                self._prepare(step)

    def _prepare(self, step: Preparation) -> None:
        if step.name in self.document.preparations:
            self.walk(self.document.preparations[step.name])
        else:
            KNOWN_STEPS[step.name](self, *filled(list(step.arguments), self.bound))

    def _send(self, request: Request) -> None:
        if request.day:
            self._wait_until(request.day)
        answer = self._answer(request)
        self._let_the_worker_work()
        found = [] if answer.status_code == request.status else [f"{request.status} shown"]
        found += differences(request.answer, answer.json, self.bound)
        if found:
            raise NotAsShown(request, answer, found)

    def _answer(self, request: Request) -> TestResponse:
        client, path = self.sign_in(request.role, **request.scope), filled(request.path, self.bound)
        if request.file:
            boundary, body = encode_multipart({"file": FileStorage(_workbook(request), request.file)})
            return client.send(request.method, path, body, f"multipart/form-data; boundary={boundary}")
        if request.method == "POST":
            return client.post(path, filled(request.body, self.bound))
        assert request.method == "GET", request
        return client.get(path)

    def _wait_until(self, day: date) -> None:
        today = local_date(self.nol.clock.now())
        assert day >= today, f"it is {today} already, not {day}"
        if day > today:
            self.nol.wait_until(day)

    def _let_the_worker_work(self) -> None:
        while fire_due(self.nol.application) or self.runtime.jobs.run_next(job_kinds(self.runtime)):
            pass


def _workbook(request: Request) -> BytesIO:
    return BytesIO(workbook_of({"Sheet1": [[cell or None for cell in row] for row in request.table]}))


def persuasion_failed(walker: Walker, child_id: str, day: str) -> None:
    """The visits service tells of an attempt without agreement."""
    attempt = {"child_id": child_id, "attempt_no": 1, "method": "VISIT", "attempted_on": day}
    recorded = Recorded(
        service="visits",
        partition=partition_of(child_id, 4),
        position=1,
        stream=f"plan-{child_id}",
        version=1,
        type="visits.persuasion-attempted.v1",
        key=child_id,
        time=datetime.combine(date.fromisoformat(day), time(), UTC),
        actor="visits",
        place=Place("349921101", "2134000001"),
        correlation="walk",
        causation="",
        occurred_on=date.fromisoformat(day),
        data=attempt | {"result": "REFUSED", "cycle": 1},
    )
    taken = Consumer(walker.nol.application).take([recorded])
    assert not taken.parked, taken


KNOWN_STEPS: Mapping[str, Callable[..., Any]] = {"劝返未成功": persuasion_failed}
"""What happens outside the registry, by the word that a block 准备 has for it."""
