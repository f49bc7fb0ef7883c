"""A steady load of commands beside a measure."""

import threading
import time
from collections.abc import Sequence
from datetime import date, timedelta
from itertools import product
from types import TracebackType

from services.cli.bench.api import Client, client_of
from services.cli.bench.ground import RunningSuite
from services.registry.children.ids import ChildId

CLIENTS = 8
DAYS = 5
"""Unexcused days that a child can have before anything comes of them."""


class Background:
    """Posts absences at a fixed rate until left; `reached` then says the rate that was really reached."""

    def __init__(self, suite: RunningSuite, children: Sequence[ChildId], rate: int, today: date) -> None:
        days = [today - timedelta(days=back) for back in range(DAYS, 0, -1)]
        self._work = iter([(child, day) for day, child in product(days, children)])
        self._gap_s = 1 / rate
        self._clients = [client_of(suite) for _ in range(CLIENTS)]
        self._threads = [threading.Thread(target=self._post, args=(client,)) for client in self._clients]
        self._turn, self._taken, self._stop = threading.Lock(), 0, threading.Event()
        self._failure: BaseException | None = None
        self.reached = 0.0

    def __enter__(self) -> "Background":
        self._started = time.monotonic()
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        self._stop.set()
        for thread in self._threads:
            thread.join()
        posted = sum(len(client.delays_ms) for client in self._clients)
        self.reached = posted / (time.monotonic() - self._started)
        if self._failure is not None and error is None:
            raise self._failure

    def _post(self, client: Client) -> None:
        try:
            while not self._stop.is_set():
                with self._turn:
                    child, day = next(self._work)
                    due, self._taken = self._started + self._taken * self._gap_s, self._taken + 1
                self._stop.wait(max(0.0, due - time.monotonic()))
                client.absence(child, day)
        except BaseException as error:  # noqa: BLE001  told to whoever measures, when the measure ends
            self._failure = error
