"""A worker process: a handful of loops, each supervised, stopped together."""

import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import structlog

log = structlog.get_logger()
FIRST_PAUSE, LONGEST_PAUSE = 0.1, 3.0


@dataclass(frozen=True, slots=True)
class Loop:
    """`step` is called again and again; `pause` seconds lie between two calls that did not fail.

    A step that raises is logged and tried again after a growing pause.
    """

    name: str
    step: Callable[[threading.Event], object]
    pause: float = 0.0


class Worker:
    """Runs loops in threads until told to stop."""

    def __init__(self, loops: Sequence[Loop]) -> None:
        self._loops = loops
        self._stop = threading.Event()
        self._threads = [
            threading.Thread(target=self._run, args=(loop,), name=loop.name, daemon=True) for loop in loops
        ]
        self.beats: dict[str, float] = {loop.name: time.monotonic() for loop in loops}

    def start(self) -> None:
        for thread in self._threads:
            thread.start()

    def stop(self, grace: float = 10.0) -> None:
        """Ask every loop to end after its present step, and wait for at most `grace` seconds in all."""
        self._stop.set()
        end = time.monotonic() + grace
        for thread in self._threads:
            thread.join(max(0.0, end - time.monotonic()))

    def wait(self) -> None:
        """Block until `stop` is called (from a signal handler, say)."""
        self._stop.wait()

    def ask_to_stop(self) -> None:
        self._stop.set()

    def _run(self, loop: Loop) -> None:
        pause = FIRST_PAUSE
        while not self._stop.is_set():
            try:
                loop.step(self._stop)
            except Exception as error:  # noqa: BLE001  a loop must outlive every failure of its steps
                log.warning("loop failed, trying again", loop=loop.name, error=type(error).__name__, pause=pause)
                self._stop.wait(pause)
                pause = min(pause * 2, LONGEST_PAUSE)
            else:
                pause = FIRST_PAUSE
                self.beats[loop.name] = time.monotonic()
                if loop.pause:
                    self._stop.wait(loop.pause)
