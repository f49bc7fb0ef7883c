"""The service over HTTP, in-process on a real database, with callers who hold real tokens."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from flask import Flask

from services.roles import ROLES
from services.supervision.bootstrap import blueprints, build
from shared.calendar.live import LiveCalendar
from shared.config import Settings
from shared.http.app import create_app
from shared.kernel.clock import FixedClock
from shared.kernel.store import Store, connect
from shared.privacy import BlindIndex, Cipher
from shared.privacy.keyring_file import generate_keyring, parse_keyring
from shared.runtime import Ports, Runtime, assemble
from tests.shared.http.conftest import keys, settings, sign_in, signer
from tests.supervision import facts as f
from tests.supervision import neighbours as n
from tests.supervision.county import County

__all__ = ["keys", "settings", "sign_in", "signer"]  # fixtures, used by name


@pytest.fixture
def runtime(settings: Settings) -> Iterator[Runtime]:
    keyring = parse_keyring(generate_keyring())
    ports = Ports(
        settings=settings,
        clock=FixedClock(datetime(2026, 9, 1, 1, 0, tzinfo=UTC)),
        calendar=LiveCalendar(),
        cipher=Cipher(keyring),
        blind_index=BlindIndex(keyring.index_key),
    )
    client = connect(settings.mongo_uri)
    service = build(ports)
    store = Store(client, settings.database, service, settings.partitions)
    store.install()
    yield assemble(ports, service, store)
    client.close()


@pytest.fixture
def app(runtime: Runtime) -> Flask:
    return create_app(runtime, blueprints(), ROLES)


@pytest.fixture
def served(runtime: Runtime) -> County:
    """The county behind the API, on the day of the suspicion, with one child known and suspected."""
    clock = runtime.ports.clock
    assert isinstance(clock, FixedClock)
    county = County(runtime.application, clock)
    county.at(f.SUSPECTED_ON)
    county.names_places()
    county.registry_says("child-registered", n.registered())
    county.registry_says("child-enrolled", n.enrolled())
    county.registry_says("suspected-dropout-flagged", n.suspected())
    return county
