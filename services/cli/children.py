"""The processes of an embedded suite: started in order, watched, started again when they die, stopped in order."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import httpx
from pymongo import MongoClient
from pymongo.errors import PyMongoError

from services.cli.suite import Suite

READY_WITHIN_S = 60.0
STOP_WITHIN_S = 15.0
LONGEST_PAUSE_S = 10.0

DATABASE_SETTINGS = ("--sync-on-commit", "--cache-size=1G", "--standalone")
"""How the embedded server runs here and in the tests: without a change journal, which nobody reads, and with a cache
in which a transaction of 500 children is small however large the county is (decision 0025)."""


class NotReady(RuntimeError):
    """A process did not become ready; its log says why."""


class PortTaken(RuntimeError):
    """Another's process answers where one of ours was to serve: between the draw of a port and our `listen` somebody
    else, such as a suite that started at the same time, was faster.
    """

    def __init__(self, name: str) -> None:
        super().__init__(f"{name} 的端口已被其他程序占用")


@dataclass(frozen=True, slots=True)
class Program:
    """A process to keep running. `ready` tells whether the process with the given id serves; raises PortTaken."""

    name: str
    command: Sequence[str]
    environment: dict[str, str]
    log: Path
    ready: Callable[[int], bool]


class Children:
    """The running programs. Each that ends by itself is started again after a growing pause."""

    def __init__(
        self,
        stopping: threading.Event,
        after_loss: Callable[[], None] = lambda: None,
        note: Callable[[Mapping[str, int]], None] = lambda _: None,
    ) -> None:
        """`stopping`, once set, ends waiting and restarting; `stop` sets it, too.

        `after_loss` is called whenever a program has ended by itself, `note` whenever one has been started, with all
        process ids by name; neither must raise.
        """
        self._after_loss = after_loss
        self._note = note
        self._programs: list[Program] = []
        self._running: dict[str, subprocess.Popen[bytes]] = {}
        self._stopping = stopping
        self._lock = threading.Lock()

    def start(self, programs: Sequence[Program]) -> None:
        """Start programs side by side and wait until all are ready. Raises NotReady, PortTaken."""
        for program in programs:
            self._programs.append(program)
            self._spawn(program)
            threading.Thread(target=self._watch, args=(program,), daemon=True, name=program.name).start()
        end = time.monotonic() + READY_WITHIN_S
        for program in programs:
            while not program.ready(self._running[program.name].pid):
                if time.monotonic() > end or self._stopping.is_set():
                    raise NotReady(f"{program.name} 没有就绪，请查看 {program.log}")
                time.sleep(0.05)

    def stop(self) -> None:
        """End everything, the last started first; what does not end in time is killed."""
        with self._lock:  # whatever is being started now is known before anything is stopped
            self._stopping.set()
        groups = [self._programs[:1], self._programs[1:]]
        for group in reversed(groups):
            started = [self._running[each.name] for each in group if each.name in self._running]
            for process in started:
                process.send_signal(signal.SIGTERM)
            end = time.monotonic() + STOP_WITHIN_S
            for process in started:
                _end(process, max(0.1, end - time.monotonic()))

    def pids(self) -> dict[str, int]:
        return {name: process.pid for name, process in self._running.items()}

    def _spawn(self, program: Program) -> None:
        with self._lock, program.log.open("ab") as log:
            if self._stopping.is_set():
                return
            self._running[program.name] = subprocess.Popen(
                list(program.command),
                env={**os.environ, **program.environment},
                stdout=log,
                stderr=log,
                stdin=subprocess.DEVNULL,
                start_new_session=True,  # Ctrl-C reaches only `nol up`, which stops the others in order
            )
            self._note(self.pids())

    def _watch(self, program: Program) -> None:
        pause = 0.2
        while not self._stopping.is_set():
            started = time.monotonic()
            self._running[program.name].wait()
            if not self._stopping.is_set():
                self._after_loss()
            pause = 0.2 if time.monotonic() - started > 30 else min(pause * 2, LONGEST_PAUSE_S)
            if not self._stopping.wait(pause):
                self._spawn(program)


def _end(process: subprocess.Popen[bytes], within: float) -> None:
    try:
        process.wait(within)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def database(suite: Suite) -> Program:
    """The embedded database server: every commit is on disk before it is acknowledged."""
    port = suite.mongo_uri.rpartition(":")[2].partition("/")[0]
    command = [str(Path(sys.executable).with_name("secantusd-py")), "--host", "127.0.0.1", "--port", port]
    command += ["--storage-path", str(suite.database_folder), "--log-level", "WARNING", *DATABASE_SETTINGS]
    log = suite.var / "logs" / "database.log"
    return Program("database", command, {}, log, lambda pid: _answers(suite.mongo_uri, pid))


def part(suite: Suite, service: str, kind: str) -> Program:
    """The API or the worker of a service."""
    name = f"{service}-{kind}"
    url = suite.health_url(name)
    return Program(
        name,
        [sys.executable, "-m", "services.process", service, kind],
        suite.environment(service, kind),
        suite.var / "logs" / f"{name}.log",
        lambda _: _ready(name, url, suite.instance),
    )


def end_open_transactions(uri: str) -> None:
    """Let the database forget what a killed process had begun.

    Otherwise its transaction would keep others from the same partitions for as long as the server lets one stand
    still (a minute, in the embedded one). Whoever else was in a transaction repeats it.
    """
    with suppress(PyMongoError), MongoClient[dict[str, object]](uri, serverSelectionTimeoutMS=500) as client:
        client.admin.command("killAllSessions", [])


def _ready(name: str, url: str, instance: str) -> bool:
    """Whether our own process answers that it can work. Raises PortTaken when another's does."""
    answered = answering_instance(url)
    if answered not in (None, instance):
        raise PortTaken(name)
    return answered == instance


def answering_instance(url: str) -> str | None:
    """The start to which whoever is ready here belongs; None while nobody is. What is no suite has an empty one."""
    try:
        answer = httpx.get(f"{url}/readyz", timeout=2)
        told = answer.json() if answer.status_code == httpx.codes.OK else None
    except httpx.HTTPError:
        return None
    except ValueError:
        return ""
    return None if told is None else str(told.get("instance", "")) if isinstance(told, dict) else ""


def _answers(uri: str, pid: int) -> bool:
    """Whether our own server answers. Raises PortTaken where another's does: children must not go into its data."""
    try:
        with MongoClient[dict[str, object]](uri, serverSelectionTimeoutMS=500) as client:
            answered = int(client.admin.command("serverStatus")["pid"])
    except PyMongoError:
        return False
    if answered != pid:
        raise PortTaken("database")
    return True
