"""The same delays as on the feed, with Kafka between the services."""

import importlib
from collections.abc import Iterator

from services.cli.bench.ground import Ground
from services.cli.bench.lines import Line
from services.cli.bench.propagation import on_suite

METHOD = """\
As on the feed, on a fresh suite whose events travel by Apache Kafka: one broker in KRaft mode with a small heap, the
one that the tests use, on the same machine. The suite of the measures before is stopped first."""


def measure(ground: Ground) -> Iterator[Line]:
    try:
        broker = importlib.import_module("tests.kafka.broker").KafkaBroker(ground.folder())
    except (ImportError, FileNotFoundError) as missing:
        ground.say(f"Not measured on Kafka: {missing}.")
        return
    ground.stop_suite()
    broker.start()
    try:
        with ground.suite_of_its_own("--kafka-bootstrap", broker.bootstrap) as suite:
            yield from on_suite(ground, suite, "Kafka")
    finally:
        broker.stop()
