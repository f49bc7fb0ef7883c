"""Real server processes for tests: started on loopback ports, killed as the test likes, gone at its end."""

import os
import signal
import socket
import subprocess
import threading
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import services.cli.ports

READY_WITHIN_S = 60.0
STOP_WITHIN_S = 20.0
_BETWEEN_PROBES_S = 0.1
_LOG_TAIL_CHARS = 4000


class ServerStartError(Exception):
    """The server ended, or never answered; the message carries the end of its log."""


def free_ports(count: int) -> list[int]:
    """Loopback ports that nobody listens on, all different."""
    return services.cli.ports.free_ports([0] * count)


def listens(port: int) -> bool:
    """Whether somebody accepts connections on this loopback port."""
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


class ServerProcess:
    """One server that can be started, stopped, killed, frozen and started again on the same port and data."""

    def __init__(
        self,
        command: Sequence[str],
        *,
        log: Path,
        answers: Callable[[], bool],
        environment: Mapping[str, str] | None = None,
    ) -> None:
        self._command = list(command)
        self._environment = environment or {}
        self._log = log
        self._answers = answers
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def pid(self) -> int:
        if self._process is None:
            raise ProcessLookupError(f"{self._command[0]} is not running")
        return self._process.pid

    def start(self) -> None:
        """Return when the server answers. Raises ServerStartError."""
        if self._process is not None:
            raise RuntimeError(f"{self._command[0]} runs already")
        # A session of its own: Ctrl-C reaches pytest alone, which then stops the servers in order.
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                self._command,
                env={**os.environ, **self._environment},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        try:
            self._wait_until_it_answers()
        except BaseException:
            self.kill()
            raise

    def stop(self) -> None:
        """Ask politely, then insist. Harmless when the server is not running."""
        if self._process is None:
            return
        self._signal(signal.SIGTERM)
        try:
            self._process.wait(STOP_WITHIN_S)
        except subprocess.TimeoutExpired:
            self._signal(signal.SIGKILL)
        self._forget()

    def kill(self) -> None:
        """kill -9: what a power cut or the out-of-memory killer does. Harmless when it is not running."""
        if self._process is not None:
            self._signal(signal.SIGKILL)
            self._forget()

    def restart(self) -> None:
        """kill -9, and up again on the same port and data."""
        self.kill()
        self.start()

    def freeze(self) -> None:
        """Let the server stand still: it keeps its connections and answers nothing until it is thawed."""
        self._signal(signal.SIGSTOP)

    def thaw(self) -> None:
        self._signal(signal.SIGCONT)

    def _signal(self, number: int) -> None:
        try:
            os.killpg(self.pid, number)
        except ProcessLookupError:
            if number in (signal.SIGSTOP, signal.SIGCONT):
                raise

    def _forget(self) -> None:
        if self._process is not None:
            self._process.wait()
            self._process = None

    def _wait_until_it_answers(self) -> None:
        pause = threading.Event()
        for _ in range(int(READY_WITHIN_S / _BETWEEN_PROBES_S)):
            if self._process is None or self._process.poll() is not None:
                raise ServerStartError(f"{self._command[0]} ended at once:\n{self._log_tail()}")
            if self._answers():
                return
            pause.wait(_BETWEEN_PROBES_S)
        raise ServerStartError(f"{self._command[0]} never answered:\n{self._log_tail()}")

    def _log_tail(self) -> str:
        return self._log.read_text(encoding="utf-8", errors="replace")[-_LOG_TAIL_CHARS:]
