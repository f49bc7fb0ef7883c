"""A town's people at work on the real suite while its processes are struck."""

import os
import signal
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

import httpx

from services.cli.children import Children, Program, database, end_open_transactions, part
from services.cli.demo.people import People, draw_school_code
from services.cli.runtimes import runtimes
from services.cli.suite import Suite, make_suite
from services.cli.up import start_all
from shared.kernel.consumer import Consumer
from shared.runtime import Runtime
from tests.processes import free_ports
from tests.system.running import eventually
from tests.system.town import CLERKS, Town


@dataclass
class Fire:
    """The suite, its processes, its stores as an onlooker sees them, and the people at work."""

    suite: Suite
    processes: Children
    services: dict[str, Runtime]
    town: Town
    struck: list[str] = field(default_factory=list)
    at_work: list["Future[None]"] = field(default_factory=list)

    def program(self, name: str) -> Program:
        return database(self.suite) if name == "database" else part(self.suite, *name.split("-"))

    def strike(self, name: str) -> None:
        """kill -9, once it serves; it is started again by itself."""
        eventually(lambda: self.program(name).ready(self.processes.pids()[name]), f"{name} is back")
        os.killpg(self.processes.pids()[name], signal.SIGKILL)
        self.struck.append(name)

    def freeze(self, name: str) -> None:
        """Let it stand still, and let the database forget what it had begun, as it does by itself after a minute."""
        os.killpg(self.processes.pids()[name], signal.SIGSTOP)
        end_open_transactions(self.suite.mongo_uri)

    def thaw(self, name: str) -> None:
        os.killpg(self.processes.pids()[name], signal.SIGCONT)

    def start_twin(self, name: str) -> None:
        """Another process beside the first."""
        [port], first = free_ports(1), self.program(name)
        url = f"http://127.0.0.1:{port}/readyz"
        environment = first.environment | {"NOL_PORT": str(port)}
        self.processes.start(
            [replace(first, name=f"{name}-twin", environment=environment, ready=lambda _: _is_ready(url))]
        )

    def wait_for(self, more: int) -> None:
        """Go on when so many more commands have been acknowledged, or there is nothing left to do."""
        wanted = len(self.town.acknowledged) + more
        eventually(
            lambda: len(self.town.acknowledged) >= wanted or all(each.done() for each in self.at_work),
            f"{wanted} acknowledged commands",
        )

    def settle(self) -> None:
        """Wait until nothing is on its way any more."""
        eventually(self._is_still, "all have caught up")

    def _is_still(self) -> bool:
        before = self._positions()
        for name, runtime in self.services.items():
            due = {"next_try_at": {"$lte": runtime.ports.clock.now()}}
            if runtime.store.deadlines.count_documents(due) or runtime.store.parked.count_documents(
                {"state": "waiting"}
            ):
                return False
            consumer = Consumer(runtime.application)
            if any(
                list(consumer.positions(source)) != before[source] for source in self.services[name].service.contracts
            ):
                return False
        return before == self._positions()

    def _positions(self) -> dict[str, list[int]]:
        return {name: list(runtime.store.positions()) for name, runtime in self.services.items()}


def _is_ready(url: str) -> bool:
    try:
        return httpx.get(url, timeout=5).status_code == httpx.codes.OK
    except httpx.HTTPError:
        return False


@contextmanager
def county(folder: Path, kafka_bootstrap: str = "") -> Iterator[Fire]:
    """A running suite and a town whose children are away."""
    (folder / "logs").mkdir(parents=True)
    suite = make_suite(folder, kafka_bootstrap=kafka_bootstrap, usual_ports=False)
    processes = Children(threading.Event(), lambda: end_open_transactions(suite.mongo_uri))
    services: dict[str, Runtime] = {}
    try:
        start_all(suite, processes)
        services |= {runtime.service.name: runtime for runtime in runtimes(folder)}
        with httpx.Client(limits=httpx.Limits(max_keepalive_connections=0)) as http:
            fire = Fire(suite, processes, services, Town(People(suite, draw_school_code(), http)))
            fire.town.found(fire.settle)
            fire.town.lose(fire.settle)
            yield fire
    finally:
        for runtime in services.values():
            runtime.store.client.close()
            for source in runtime.sources.values():
                source.close()
        processes.stop()


def burn(fire: Fire, faults: Callable[[], None], preparing: Callable[[], None], settling: Callable[[], None]) -> None:
    """All go about their work while `faults` happen; at the end everything is answered and has caught up.

    `preparing` and `settling` happen while a batch is prepared, and while its return file is booked.
    """
    town = fire.town
    with ThreadPoolExecutor(CLERKS) as clerks:
        fire.at_work += [clerks.submit(town.pay, preparing, settling)]
        fire.at_work += [clerks.submit(town.live, child) for child in town.children]
        try:
            faults()
            for each in fire.at_work:
                each.result()
        finally:
            if not all(each.done() for each in fire.at_work):  # something failed: nobody need go on
                town.give_up.set()
    fire.settle()
    town.pay(lambda: None, lambda: None)  # what came back meanwhile is paid too
    fire.settle()
