"""A worker process of one service: readers of the other services, deadlines, retries, jobs and the relay."""

import signal
import threading
from collections.abc import Callable, Mapping, Sequence

import structlog

from shared.config import Transport
from shared.http.worker_health import serve_health
from shared.kernel.consumer import Consumer
from shared.kernel.firing import fire_due
from shared.kernel.jobs import Work
from shared.kernel.reading import Reader
from shared.kernel.sources import Source
from shared.kernel.worker import Loop, Worker
from shared.runtime import Runtime

log = structlog.get_logger()
POLL_SECONDS, RETRY_SECONDS, FORGET_SECONDS = 0.5, 1.0, 60.0
"""Between two looks for due work: every look is a query of every worker, so no oftener than anybody would notice."""


def run_worker(runtime: Runtime, jobs: Mapping[str, Work]) -> None:
    """Work until told to stop (SIGTERM or SIGINT), then finish what is in hand and return."""
    worker = Worker(loops_of(runtime, jobs))
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: worker.ask_to_stop())
    worker.start()
    health = serve_health(runtime, worker)
    log.info("worker ready", service=runtime.service.name)
    worker.wait()
    worker.stop()
    health.shutdown()


def loops_of(runtime: Runtime, jobs: Mapping[str, Work]) -> Sequence[Loop]:
    """Everything that a worker of this service does."""
    application = runtime.application
    consumer = Consumer(application)
    on_kafka = runtime.ports.settings.transport is Transport.KAFKA
    readers = [
        Reader(consumer, source, reconcile=on_kafka)
        for source in (_kafka_sources(runtime) if on_kafka else runtime.sources.values())
    ]
    loops = [Loop(reader.name, reader.step) for reader in readers]
    loops.append(Loop("deadlines", _until_idle(lambda: fire_due(application)), POLL_SECONDS))
    loops.append(Loop("parked", lambda _: consumer.retry_parked(), RETRY_SECONDS))
    loops.append(Loop("jobs", _until_idle(lambda: runtime.jobs.run_next(jobs)), POLL_SECONDS))
    loops.append(Loop("old-jobs", _until_idle(runtime.jobs.forget_old), FORGET_SECONDS))
    if on_kafka:
        loops.append(_relay(runtime))
    return loops


def _until_idle(work: Callable[[], object]) -> Callable[[threading.Event], None]:
    def step(stop: threading.Event) -> None:
        while not stop.is_set() and work():
            pass

    return step


def _kafka_sources(runtime: Runtime) -> list[Source]:
    from shared.transport.kafka_source import KafkaSource  # only where Kafka is used: it costs memory

    settings = runtime.ports.settings
    return [
        KafkaSource(runtime.service.name, feed, settings.kafka_bootstrap, security=settings.kafka_security)
        for feed in runtime.sources.values()
    ]


def _relay(runtime: Runtime) -> Loop:
    from shared.transport.kafka_relay import KafkaRelay  # as above

    settings = runtime.ports.settings
    relay = KafkaRelay(runtime.store, settings.kafka_bootstrap, security=settings.kafka_security)
    return Loop("relay", relay.step)
