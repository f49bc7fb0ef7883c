"""The toy service, served in-process from a real database, and callers who hold real tokens."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask

from shared.auth.signing import TokenSigner, write_development_keys
from shared.calendar.live import LiveCalendar
from shared.config import Service, Settings
from shared.http.app import create_app
from shared.kernel.caller import Caller, Scope
from shared.kernel.clock import SharedClock
from shared.kernel.store import Store, connect
from shared.privacy import BlindIndex, Cipher
from shared.privacy.keyring_file import generate_keyring, parse_keyring
from shared.runtime import Ports, Runtime, assemble
from tests.settings import AUDIENCE, ISSUER, settings_of
from tests.shared.http.client import Client
from tests.shared.http.toy_api import ROLES, served_toy, toy_blueprints


@pytest.fixture(scope="session")
def keys(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("keys")
    write_development_keys(folder / "signing.json", folder / "jwks.json")
    return folder


@pytest.fixture(scope="session")
def signer(keys: Path) -> TokenSigner:
    return TokenSigner(keys / "signing.json", ISSUER, AUDIENCE)


@pytest.fixture
def settings(keys: Path, tmp_path: Path, mongo: str, database: str) -> Settings:
    settings = settings_of(Service.REGISTRY, keys=keys, folder=tmp_path, mongo=mongo, database=database)
    return replace(settings, clock_file=tmp_path / "clock")


@pytest.fixture
def runtime(settings: Settings) -> Iterator[Runtime]:
    keyring = parse_keyring(generate_keyring())
    assert settings.clock_file is not None
    ports = Ports(
        settings=settings,
        clock=SharedClock(settings.clock_file),
        calendar=LiveCalendar(),
        cipher=Cipher(keyring),
        blind_index=BlindIndex(keyring.index_key),
    )
    client = connect(settings.mongo_uri)
    service = served_toy()
    store = Store(client, settings.database, service, settings.partitions)
    store.install()
    yield assemble(ports, service, store)
    client.close()


@pytest.fixture
def app(runtime: Runtime) -> Flask:
    return create_app(runtime, toy_blueprints(), ROLES)


@pytest.fixture
def sign_in(app: Flask, signer: TokenSigner) -> Callable[..., Client]:
    """A client of the API who holds a token: `sign_in("clerk", division="349921")`."""

    def make(role: str, *, subject: str = "", division: str = "", school: str = "") -> Client:
        caller = Caller(subject=subject or f"{role}-1", role=role, scope=Scope(division, school))
        return Client(app.test_client(), signer.sign(caller, timedelta(hours=1)))

    return make


@pytest.fixture
def clerk(sign_in: Callable[..., Client]) -> Client:
    return sign_in("clerk", division="349921")
