"""What the whole embedded suite takes: memory at rest, and time until it serves."""

import time
from collections.abc import Iterator
from pathlib import Path

from services.cli.bench.catching_up import wait_until_quiet
from services.cli.bench.ground import Ground
from services.cli.bench.lines import Line, below

METHOD = """\
Time: from the call of `nol up` in an installed environment with an empty data folder until it says that the database,
the four APIs and the four workers are ready. Memory: the sum over `nol up` and all its descendants, the database
server included, with the sample county that `make run` loads, when every event has been taken in and the suite has
rested for some seconds: PSS (shared pages counted once) and RSS (shared pages counted in each process), from
`/proc/<pid>/smaps_rollup`. 1 MB is 10^6 bytes."""

MOST_MB, LONGEST_S = 1000.0, 15.0
_KIB_IN_MB = 1024 / 1e6


def measure(ground: Ground) -> Iterator[Line]:
    suite = ground.suite
    wait_until_quiet(suite.runtimes())
    time.sleep(ground.size.rest_s)
    memory = memory_kib(family(suite.pid))
    yield below("nol up until all is ready", suite.ready_s, "s", LONGEST_S)
    yield below("memory of the whole suite at rest, PSS", memory["Pss"] * _KIB_IN_MB, "MB", MOST_MB)
    yield Line(name="memory of the whole suite at rest, RSS", value=memory["Rss"] * _KIB_IN_MB, unit="MB")


def family(pid: int) -> list[int]:
    """A process and all its living descendants. Linux only."""
    children: dict[int, list[int]] = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            after_name = stat.read_text().rpartition(")")[2].split()
        except (FileNotFoundError, ProcessLookupError):
            continue  # it ended meanwhile
        children.setdefault(int(after_name[1]), []).append(int(stat.parent.name))
    found = [pid]
    for each in found:
        found += children.get(each, [])
    return found


def memory_kib(pids: list[int]) -> dict[str, int]:
    """The processes' memory together, by the names of smaps_rollup (Rss, Pss, ...)."""
    total: dict[str, int] = {}
    for pid in pids:
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()[1:]:
            name, _, size = line.partition(":")
            total[name] = total.get(name, 0) + int(size.split()[0])
    return total
