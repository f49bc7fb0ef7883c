"""A suite's folder belongs to one `nol up` at a time; what a killed one left running is ended by the next."""

import fcntl
import json
import os
import signal
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

PIDS = "pids.json"
END_WITHIN_S = 15.0


class FolderInUse(RuntimeError):
    """Another `nol up` runs in this folder."""


@contextmanager
def held(var: Path) -> Iterator[None]:
    """Hold the folder for as long as this process lives, however it ends. Raises FolderInUse."""
    with (var / "lock").open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as taken:
            raise FolderInUse(f"另一个 nol up 正在使用 {var}，请先停止它，或用 --var 另选一个文件夹。") from taken
        yield


def note_pids(var: Path, pids: Mapping[str, int]) -> None:
    """Write down which processes run, for whoever has to end them. A full disk keeps nothing from being started."""
    new = var / "pids.new"
    with suppress(OSError):
        new.write_text(json.dumps({"folder": str(var.resolve()), "pids": dict(pids)}, indent=2) + "\n")
        new.replace(var / PIDS)


def end_leftovers(var: Path) -> list[str]:
    """End what a `nol up` that was killed has left running here, the database last; the names."""
    left = {name: pid for name, pid in _noted(var).items() if _is_ours(var, name, pid)}
    for names in ([name for name in left if name != "database"], [name for name in left if name == "database"]):
        for name in names:
            _send(left[name], signal.SIGTERM)
        end = time.monotonic() + END_WITHIN_S
        for name in names:
            while _is_ours(var, name, left[name]) and time.monotonic() < end:
                time.sleep(0.05)
            if _is_ours(var, name, left[name]):
                _send(left[name], signal.SIGKILL)
    return list(left)


def _noted(var: Path) -> dict[str, int]:
    """What was noted in this folder; a copy of it speaks of the processes of another."""
    try:
        noted: dict[str, Any] = json.loads((var / PIDS).read_text())
    except FileNotFoundError:
        return {}
    return dict(noted["pids"]) if noted["folder"] == str(var.resolve()) else {}


def _is_ours(var: Path, name: str, pid: int) -> bool:
    """Whether the process of this number is still the one that was noted: numbers are given out again."""
    sign = str(var.resolve() / "mongo") if name == "database" else f"services.process {name.replace('-', ' ')}"
    return sign in _command_of(pid)


def _command_of(pid: int) -> str:
    """The command line of a process; empty when there is none of this number."""
    if Path("/proc/self").exists():
        with suppress(OSError):
            return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
        return ""
    command = ["ps", "-ww", "-o", "command=", "-p", str(pid)]
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout


def _send(pid: int, number: int) -> None:
    with suppress(ProcessLookupError):
        os.killpg(pid, number)
