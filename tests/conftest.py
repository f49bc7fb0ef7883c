"""Servers that tests ask for by name: a database server per pytest worker, a Kafka broker where wanted."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
import structlog
from pymongo import MongoClient

from tests.mongo.server import MongoServer
from tests.reaping import end_marked, mark

if TYPE_CHECKING:
    from tests.kafka.broker import KafkaBroker


def pytest_configure(config: pytest.Config) -> None:
    """`kill` ends a run as Ctrl-C does."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    if not hasattr(config, "workerinput"):
        mark()


def pytest_unconfigure(config: pytest.Config) -> None:
    """Nothing that the run has started outlives it, though its workers were ended in mid-test."""
    if not hasattr(config, "workerinput"):
        end_marked()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The slowest first, so that every core has work to the end."""
    items.sort(key=lambda item: item.get_closest_marker("system") is None)


@pytest.fixture(autouse=True)
def no_borrowed_log_context() -> None:
    """What an earlier test bound to its log lines must not turn up in this one's."""
    structlog.contextvars.clear_contextvars()


@pytest.fixture(scope="session")
def mongo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The URI of a running server: NOL_TEST_MONGO_URI if it is set, else one of this pytest worker's own."""
    given = os.environ.get("NOL_TEST_MONGO_URI")
    if given:
        yield given
        return
    server = MongoServer(tmp_path_factory.mktemp("mongo"))
    server.start()
    yield server.uri
    server.kill()  # its data is thrown away, so a clean stop would only cost time


@pytest.fixture
def database(mongo: str) -> Iterator[str]:
    """The name of a database that no other test has; it is dropped afterwards."""
    name = f"nol_test_{uuid4().hex}"
    yield name
    with MongoClient[dict[str, object]](mongo) as client:
        client.drop_database(name)


@pytest.fixture
def own_mongo(tmp_path: Path) -> Iterator[MongoServer]:
    """A server of this test's own, to be killed and restarted."""
    server = MongoServer(tmp_path / "mongo")
    server.start()
    yield server
    server.kill()  # its data is thrown away, so a clean stop would only cost time


@pytest.fixture(scope="session")
def kafka(tmp_path_factory: pytest.TempPathFactory) -> Iterator[KafkaBroker]:
    """A running Apache Kafka broker, one per pytest worker. Tests make topics of their own names."""
    yield from _running_broker(tmp_path_factory.mktemp("kafka"))


@pytest.fixture
def own_kafka(tmp_path: Path) -> Iterator[KafkaBroker]:
    """A broker of this test's own, to be killed and restarted."""
    yield from _running_broker(tmp_path / "kafka")


def _running_broker(folder: Path) -> Iterator[KafkaBroker]:
    from tests.kafka.broker import (
        KafkaBroker,
    )  # loading the Kafka client costs a second that most runs can save

    broker = KafkaBroker(folder)
    broker.start()
    yield broker
    broker.kill()
