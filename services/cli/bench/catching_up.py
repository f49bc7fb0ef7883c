"""Waiting until the services of a running suite have heard everything from each other."""

import time
from collections.abc import Mapping

from shared.kernel.consumer import Consumer
from shared.runtime import Runtime

WITHIN_S = 180.0
LOOK_EVERY_S = 0.1


def wait_until_quiet(runtimes: Mapping[str, Runtime]) -> None:
    """Return when every service has applied every event of the services it listens to. Raises TimeoutError."""
    end = time.monotonic() + WITHIN_S
    while not all(_has_heard_all(runtime, runtimes) for runtime in runtimes.values()):
        if time.monotonic() > end:
            raise TimeoutError("the services did not catch up with each other")
        time.sleep(LOOK_EVERY_S)


def _has_heard_all(runtime: Runtime, runtimes: Mapping[str, Runtime]) -> bool:
    consumer = Consumer(runtime.application)
    return all(
        consumer.positions(source) == runtimes[source].store.positions() for source in runtime.service.contracts
    )
