"""Timing: ours and the bare work by turns, so that what else happens on the machine falls on both alike."""

import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from statistics import median
from typing import TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Rates:
    """Units of work a second: the medians over the rounds."""

    ours: float
    bare: float


def alternate(rounds: int, ours: Callable[[], float], bare: Callable[[], float]) -> Rates:
    """Run both by turns; each returns its rate. The first round of each is warm-up and does not count."""
    pairs = [(ours(), bare()) for _ in range(rounds + 1)][1:]
    return Rates(median(pair[0] for pair in pairs), median(pair[1] for pair in pairs))


def timed(work: Callable[[], object]) -> float:
    """Seconds that the work takes."""
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def side_by_side(shares: Sequence[Sequence[T]], act: Callable[[T], object]) -> float:
    """Let one thread work through each share, all starting together; seconds until the last is done.

    Raises what a thread raised.
    """
    ready = threading.Barrier(len(shares) + 1)

    def work(share: Sequence[T]) -> None:
        ready.wait()
        for item in share:
            act(item)

    with ThreadPoolExecutor(len(shares)) as pool:
        running = [pool.submit(work, share) for share in shares]
        ready.wait()
        started = time.perf_counter()
        for each in running:
            each.result()
        return time.perf_counter() - started


def dealt(items: Sequence[T], hands: int) -> list[Sequence[T]]:
    """The items dealt out like cards."""
    return [items[hand::hands] for hand in range(hands)]


def percentile(values: Sequence[float], percent: float) -> float:
    """The nearest-rank percentile."""
    ordered = sorted(values)
    return ordered[max(0, -(-len(ordered) * percent // 100).__int__() - 1)]
