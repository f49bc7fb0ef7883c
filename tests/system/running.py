"""Toy and mirror as real processes on a database server of their own, with the settings of an embedded suite."""

import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from threading import Event
from typing import Any

import httpx

from services.cli.children import end_open_transactions
from services.cli.suite import Suite, make_suite
from services.process import PARTS, SERVICES
from shared.kernel.application import Application
from shared.kernel.caller import Caller, Scope
from shared.kernel.clock import SharedClock
from shared.kernel.commands import Order, Outcome
from shared.kernel.store import Store, connect
from tests.mongo.server import MongoServer
from tests.processes import ServerProcess, free_ports
from tests.system.toys import BUILD, MIRROR, TOY

PARTITIONS = 4
CLERK = Caller(subject="clerk-1", role="clerk", scope=Scope("349921"))
LOOK_EVERY_S, GIVE_UP_AFTER_S = 0.05, 90.0


def eventually(condition: Callable[[], bool], what: str) -> None:
    """Wait until something is so. The limit only ends a test that hangs; nothing is measured by it."""
    pause = Event()
    for _ in range(int(GIVE_UP_AFTER_S / LOOK_EVERY_S)):
        if condition():
            return
        pause.wait(LOOK_EVERY_S)
    raise AssertionError(f"never came true: {what}")


@dataclass
class Running:
    """The toy's suite: its processes by name, and its stores as an onlooker sees them."""

    suite: Suite
    database: MongoServer
    stores: Mapping[str, Store]
    parts: dict[str, ServerProcess] = field(default_factory=dict)

    @property
    def clock(self) -> SharedClock:
        return SharedClock(self.suite.clock)

    @property
    def url(self) -> str:
        """The toy's API."""
        return self.suite.url(TOY)

    @property
    def toy(self) -> Store:
        return self.stores[TOY]

    @property
    def mirror(self) -> Store:
        return self.stores[MIRROR]

    def start(self, *names: str, **more: str) -> None:
        """Start parts, such as `registry-api`; each returns when it is ready. `more` goes into their environment."""
        for name in names:
            service, _, kind = name.partition("-")
            self._launch(name, service, kind, self.suite.health_url(name), more)

    def start_twin(self, service: str) -> str:
        """Another worker of a service, beside its first; its name."""
        [port] = free_ports(1)
        name = f"{service}-twin-{port}"
        self._launch(name, service, "worker", f"http://127.0.0.1:{port}", {"NOL_PORT": str(port)})
        return name

    def kill(self, *names: str) -> None:
        """kill -9, all at once; and what the dead had begun in the database is ended, as `nol up` does."""
        for name in names:
            self.parts[name].kill()
        self.end_open_transactions()

    def end_open_transactions(self) -> None:
        """What the server does by itself after a minute with a transaction that nobody goes on with."""
        end_open_transactions(self.suite.mongo_uri)

    def restart(self, *names: str) -> None:
        """kill -9, and up again."""
        self.kill(*names)
        for name in names:
            self.parts[name].start()

    def token(self, caller: Caller = CLERK) -> str:
        return self.suite.sign(caller, timedelta(hours=2))

    def client(self, caller: Caller = CLERK) -> httpx.Client:
        headers = {"Authorization": f"Bearer {self.token(caller)}"}
        return httpx.Client(base_url=self.url, headers=headers, timeout=60)

    def order(self, command: Any, command_id: str) -> Order:
        return Order(command=command, command_id=command_id, caller=CLERK)

    def execute(self, commands: Mapping[str, Any]) -> None:
        """Commands by their ids, straight into the toy's log."""
        orders = [self.order(command, id_) for id_, command in commands.items()]
        outcomes = Application(self.toy, self.clock).execute_many(orders)
        assert all(isinstance(outcome, Outcome) for outcome in outcomes)

    def rows(self, service: str, ledger: str) -> dict[str, dict[str, Any]]:
        return {row["_id"]: row for row in self.stores[service].ledger_collection(ledger).find({})}

    def read(self) -> list[int]:
        """How far the mirror has read the toy's log, partition by partition."""
        ids = [f"checkpoint/{TOY}/{partition}" for partition in range(PARTITIONS)]
        found = {each["_id"]: each["position"] for each in self.mirror.control.find({"_id": {"$in": ids}})}
        return [found[id_] for id_ in ids]

    def settle(self) -> None:
        """Wait until the mirror has read all that the toy has recorded, and has nothing left to try again."""
        eventually(lambda: self.read() == self.toy.positions(), "the mirror has caught up")

    def _launch(self, name: str, service: str, kind: str, url: str, more: Mapping[str, str]) -> None:
        own = {"NOL_DATABASE": f"toy_{service}", "NOL_PARTITIONS": str(PARTITIONS)}
        environment = self.suite.environment(service, kind) | own | more
        process = ServerProcess(
            [sys.executable, "-m", "tests.system.toy_process", kind],
            log=self.suite.var / f"{name}.log",
            answers=lambda: _ready(url),
            environment=environment,
        )
        self.parts[name] = process
        process.start()


def _ready(url: str) -> bool:
    try:
        return httpx.get(f"{url}/readyz", timeout=5).status_code == httpx.codes.OK
    except httpx.HTTPError:
        return False


@contextmanager
def running(folder: Path) -> Iterator[Running]:
    """A database server and installed stores; the test starts the parts that it wants. All end with the block."""
    database = MongoServer(folder / "mongo")
    names = [f"{service}-{kind}" for service in SERVICES for kind in PARTS]
    ports = dict(zip(names, free_ports(len(names)), strict=True))
    suite = replace(make_suite(folder / "var", mongo_uri=database.uri), ports=ports)
    database.start()
    try:
        with connect(database.uri) as client:
            stores = {name: Store(client, f"toy_{name}", build(), PARTITIONS) for name, build in BUILD.items()}
            for store in stores.values():
                store.install()
            started = Running(suite, database, stores)
            try:
                yield started
            finally:
                for part in started.parts.values():
                    part.kill()
    finally:
        database.kill()  # its data is thrown away, so a clean stop would only cost time
