"""The visits service on a real database, with the registry's log beside it and people who hold tokens."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask

from services.roles import ROLES
from services.visits.bootstrap import blueprints, build
from shared.auth.signing import TokenSigner
from shared.calendar import start_of_local_day
from shared.calendar.live import LiveCalendar
from shared.config import Service as ServiceName
from shared.config import Settings
from shared.http.app import create_app
from shared.kernel.caller import Caller, Scope
from shared.kernel.clock import FixedClock
from shared.kernel.consumer import Consumer
from shared.kernel.firing import fire_due
from shared.kernel.recorded import Recorded
from shared.kernel.store import Store, connect
from shared.kernel.taking import Taken
from shared.privacy import BlindIndex, Cipher
from shared.privacy.keyring_file import generate_keyring, parse_keyring
from shared.runtime import Ports, Runtime, assemble
from tests.shared.http.client import Client
from tests.shared.http.conftest import keys, settings, signer  # noqa: F401  fixtures
from tests.visits import examples as ex
from tests.visits.registry_log import RegistryLog


@dataclass
class County:
    """The running service, as a test moves it."""

    runtime: Runtime
    registry: RegistryLog
    clock: FixedClock

    def hear(self, *events: Recorded) -> Taken:
        """Let the worker take in events of the registry."""
        return Consumer(self.runtime.application).take(events)

    def go_to(self, day: date) -> None:
        """Let time pass to nine in the morning of a day, and what was due happen."""
        self.clock.advance(start_of_local_day(day) + timedelta(hours=9) - self.clock.now())
        while fire_due(self.runtime.application):
            pass

    def rows(self, ledger: str) -> list[dict[str, Any]]:
        return list(self.runtime.store.ledger_collection(ledger).find({}).sort("_id"))

    def row(self, ledger: str) -> dict[str, Any]:
        (row,) = self.rows(ledger)
        return row

    def parked(self) -> int:
        return self.runtime.store.parked.count_documents({})


@pytest.fixture
def county(settings: Settings) -> Iterator[County]:  # noqa: F811
    keyring = parse_keyring(generate_keyring())
    clock = FixedClock(start_of_local_day(ex.FLAGGED) + timedelta(hours=9))
    ports = Ports(
        settings=replace(settings, service=ServiceName.VISITS),
        clock=clock,
        calendar=LiveCalendar(),
        cipher=Cipher(keyring),
        blind_index=BlindIndex(keyring.index_key),
    )
    client = connect(settings.mongo_uri)
    service = build(ports)
    store = Store(client, settings.database, service, settings.partitions)
    store.install()
    county = County(assemble(ports, service, store), RegistryLog(settings.partitions), clock)
    county.hear(county.registry.school())
    yield county
    client.close()


@pytest.fixture
def app(county: County) -> Flask:
    return create_app(county.runtime, blueprints(), ROLES)


SignIn = Callable[..., Client]


@pytest.fixture
def sign_in(app: Flask, signer: TokenSigner) -> SignIn:  # noqa: F811
    def make(role: str, *, division: str = "", school: str = "") -> Client:
        return Client(app.test_client(), token(signer, role, division=division, school=school))

    return make


@pytest.fixture
def teacher(sign_in: SignIn) -> Client:
    return sign_in("class_teacher", school=ex.SCHOOL)


@pytest.fixture
def officer(sign_in: SignIn) -> Client:
    return sign_in("bureau_officer", division="349921")


def token(signer: TokenSigner, role: str, *, division: str = "", school: str = "") -> str:  # noqa: F811
    return signer.sign(Caller(f"{role}-1", role, Scope(division, school)), timedelta(hours=1))


def children(county: County, names: Sequence[str], **more: str) -> list[str]:
    """Children of one class, known to this service; their ids."""
    ids = [f"c{number}" for number in range(1, len(names) + 1)]
    for child_id, name in zip(ids, names, strict=True):
        county.hear(*county.registry.child(child_id, name, **more))
    return ids
