"""The toy's real feed: its HTTP application over an installed toy, called in-process."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import httpx

from shared.auth.signing import TokenSigner, write_development_keys
from shared.calendar.live import LiveCalendar
from shared.config import Service, Settings
from shared.http.app import create_app
from shared.kernel.caller import Caller, Scope
from shared.privacy import BlindIndex, Cipher
from shared.privacy.keyring_file import generate_keyring, parse_keyring
from shared.runtime import Ports, assemble
from shared.transport.feed import FeedSource
from tests.kernel.harness import Running
from tests.settings import AUDIENCE, ISSUER, settings_of
from tests.shared.http.toy_api import ROLES, toy_blueprints

TOKEN_LIFETIME = timedelta(hours=1)


def feed_of(toy: Running, folder: Path) -> Callable[[], FeedSource]:
    """Makes sources that read the toy's feed as another service's worker does."""
    write_development_keys(folder / "signing.json", folder / "jwks.json")
    settings = _settings(toy, folder)
    keyring = parse_keyring(generate_keyring())
    ports = Ports(
        settings=settings,
        clock=toy.clock,
        calendar=LiveCalendar(),
        cipher=Cipher(keyring),
        blind_index=BlindIndex(keyring.index_key),
    )
    app = create_app(assemble(ports, toy.store.service, toy.store), toy_blueprints(), ROLES)
    reader = Caller("service:mirror", "service", Scope())
    token = TokenSigner(folder / "signing.json", ISSUER, AUDIENCE).sign(reader, TOKEN_LIFETIME)
    transport = httpx.WSGITransport(app=app)
    return lambda: FeedSource("toy", "http://toy.test", lambda: token, httpx.Client(transport=transport))


def _settings(toy: Running, folder: Path) -> Settings:
    database, partitions = toy.store.database.name, toy.store.partitions
    settings = settings_of(Service.REGISTRY, keys=folder, folder=folder, mongo="", database=database)
    return replace(settings, partitions=partitions)
