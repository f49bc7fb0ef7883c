"""Whatever a test run has started ends with it, however it ends: also when its workers were ended in mid-test."""

import os
import signal
from contextlib import suppress
from pathlib import Path
from uuid import uuid4

MARK = "NOL_TEST_RUN"


def mark() -> None:
    """Give this run a name, which every process that stems from it carries in its environment."""
    os.environ[MARK] = uuid4().hex


def end_marked() -> None:
    """Kill every other process of this run (on Linux; elsewhere there is no way to find them)."""
    name = f"{MARK}={os.environ[MARK]}".encode()
    for environment in Path("/proc").glob("[0-9]*/environ"):
        pid = int(environment.parent.name)
        with suppress(OSError):  # another user's, or ended meanwhile
            if pid != os.getpid() and name in environment.read_bytes().split(b"\0"):
                os.kill(pid, signal.SIGKILL)
