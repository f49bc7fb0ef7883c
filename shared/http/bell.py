"""Wakes the readers who wait for news of the log, whichever process wrote it."""

import threading
import time
from collections.abc import Callable, Sequence

import structlog

LOOK_EVERY_S = 0.05
AFTER_FAILURE_S = 1.0

log = structlog.get_logger()


class Bell:
    """Rings when this process commits, and when the log's heads are seen to have moved.

    One thread looks at the heads, and only while somebody waits.
    """

    def __init__(self, heads: Callable[[], Sequence[int]]) -> None:
        self._heads = heads
        self._changed = threading.Condition()
        self._rings = 0
        self._waiting = 0
        self._closed = False
        self._watcher: threading.Thread | None = None

    @property
    def rings(self) -> int:
        """How often it has rung. Take this before looking at the log, and give it to `wait`."""
        return self._rings

    @property
    def waiting(self) -> int:
        return self._waiting

    def ring(self) -> None:
        with self._changed:
            self._rings += 1
            self._changed.notify_all()

    def close(self) -> None:
        """Send everybody home, for good: the process is about to end."""
        self._closed = True
        self.ring()

    def wait(self, heard: int, until: float) -> bool:
        """Wait for a ring after the first `heard`, until that moment of `time.monotonic`; whether there was one.

        Once closed there is nothing more to wait for.
        """
        with self._changed:
            self._waiting += 1
            self._start_watching()
            self._changed.notify_all()
            try:
                return (
                    self._changed.wait_for(
                        lambda: self._closed or self._rings > heard, max(0.0, until - time.monotonic())
                    )
                    and not self._closed
                )
            finally:
                self._waiting -= 1

    def _start_watching(self) -> None:
        if self._watcher is None or not self._watcher.is_alive():
            self._watcher = threading.Thread(target=self._watch, name="feed-bell", daemon=True)
            self._watcher.start()

    def _watch(self) -> None:
        seen: Sequence[int] = ()
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._waiting > 0)
            seen = self._look(seen)

    def _look(self, seen: Sequence[int]) -> Sequence[int]:
        try:
            heads = self._heads()
        except Exception as error:  # noqa: BLE001  waiting readers are told by their own next look at the log
            log.warning("feed cannot see the log", error=type(error).__name__)
            time.sleep(AFTER_FAILURE_S)
            return seen
        if heads != seen:
            self.ring()
        time.sleep(LOOK_EVERY_S)
        return heads
