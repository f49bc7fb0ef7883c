"""Where the measures run: a fresh embedded database, or a fresh suite as `nol up` starts it, in a temporary folder."""

import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType

from services.cli.children import Children, database
from services.cli.runtimes import runtime_of
from services.cli.suite import Suite, make_suite, open_suite
from services.process import SERVICES
from shared.runtime import Runtime

READY, SETTLED = "已就绪", "Ctrl-C"
"""What `nol up` says when every part serves, and when it has nothing more to do."""
STOP_WITHIN_S = 60.0


@dataclass(frozen=True, slots=True)
class Size:
    """How much work each measure does."""

    rounds: int = 9
    commands: int = 240
    schools: int = 65
    students: int = 20_000
    county_schools: int = 650
    county_students: int = 200_000
    rebuilt_pupils: int = 10_000
    rebuild_rounds: int = 5
    reconciled: int = 200_000
    returns: int = 150
    busy_pupils: int = 2000
    rest_s: float = 5.0


QUICK = Size(
    rounds=1,
    commands=16,
    schools=4,
    students=200,
    county_schools=6,
    county_students=300,
    rebuilt_pupils=50,
    rebuild_rounds=1,
    reconciled=200,
    returns=3,
    busy_pupils=60,
    rest_s=1.0,
)


@dataclass(frozen=True, slots=True)
class RunningSuite:
    """A whole suite. `ready_s`: from the command until every API and worker said that it is ready."""

    suite: Suite
    pid: int
    ready_s: float

    def runtimes(self) -> dict[str, Runtime]:
        """The services' parts in this process, over the suite's databases."""
        return {service: runtime_of(self.suite.var, service) for service in SERVICES}


class SuiteFailed(RuntimeError):
    """`nol up` ended by itself; the message is the last that it said."""


class Ground:
    """Makes what a measure asks for; whatever was started is stopped at the end."""

    def __init__(self, size: Size, say: Callable[[str], None]) -> None:
        self.size = size
        self.say = say
        self._stack, self._suites = ExitStack(), ExitStack()
        self._folders = 0

    def __enter__(self) -> "Ground":
        self._root = Path(self._stack.enter_context(TemporaryDirectory(prefix="nol-bench-")))
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        with self._stack:
            self.stop_suite()

    def folder(self) -> Path:
        self._folders += 1
        folder = self._root / str(self._folders)
        folder.mkdir()
        return folder

    @contextmanager
    def registry(self) -> Iterator[Runtime]:
        """The registry in this process, installed on a database server that serves nobody else."""
        with self.registry_of_a_suite() as (_, runtime):
            yield runtime

    @contextmanager
    def registry_of_a_suite(self) -> Iterator[tuple[Suite, Runtime]]:
        """The same, with the suite whose keys it trusts."""
        var = self.folder()
        (var / "logs").mkdir()
        suite, children = make_suite(var, usual_ports=False), Children(threading.Event())
        try:
            children.start([database(suite)])
            runtime = runtime_of(var, "registry")
            runtime.store.install()
            with runtime.store.client:
                yield suite, runtime
        finally:
            children.stop()

    @cached_property
    def suite(self) -> RunningSuite:
        """The suite on the feed with the sample county, started when it is first asked for."""
        return self._suites.enter_context(self.suite_of_its_own("--sample"))

    def stop_suite(self) -> None:
        """Stop that suite; whoever asks again gets a new one."""
        self._suites.close()
        vars(self).pop("suite", None)

    @contextmanager
    def suite_of_its_own(self, *options: str) -> Iterator[RunningSuite]:
        """A suite that `nol up` starts with these options, stopped at the end. Raises SuiteFailed."""
        var = self.folder()
        command = [sys.executable, "-m", "services.cli.main", "up", "--var", str(var), *options]
        environment = {name: value for name, value in os.environ.items() if not name.startswith("NOL_")}
        started = time.perf_counter()
        with (var / "up.log").open("w") as errors:
            up = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=errors, text=True, env=environment)
        try:
            _read_until(up, READY)
            ready_s = time.perf_counter() - started
            _read_until(up, SETTLED)
            yield RunningSuite(open_suite(var), up.pid, ready_s)
        finally:
            up.terminate()
            up.communicate(timeout=STOP_WITHIN_S)


def _read_until(up: "subprocess.Popen[str]", word: str) -> None:
    said = ""
    for said in up.stdout or ():
        if word in said:
            return
    raise SuiteFailed(said.strip() or f"nol up ended with {up.wait()}")
