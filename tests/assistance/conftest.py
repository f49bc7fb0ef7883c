"""The assistance service, served in-process from a real database, with a registry whose words a test chooses."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest

from services.assistance.bootstrap import blueprints, build
from services.roles import ROLES
from shared.auth.signing import TokenSigner, write_development_keys
from shared.calendar.live import LiveCalendar
from shared.config import Service, Settings
from shared.http.app import create_app
from shared.kernel.caller import Caller, Scope
from shared.kernel.clock import FixedClock
from shared.kernel.consumer import Consumer
from shared.kernel.firing import fire_due
from shared.kernel.recorded import partition_of
from shared.kernel.store import Store, connect
from shared.privacy import BlindIndex, Cipher
from shared.privacy.keyring_file import generate_keyring, parse_keyring
from shared.privacy.place import place_of
from shared.runtime import Ports, Runtime, assemble
from tests.assistance.county import CHILD_PLACE, POLICY, envelope
from tests.settings import AUDIENCE, ISSUER, settings_of
from tests.shared.http.client import Client

PARTITIONS = 4
NOW = datetime(2026, 10, 12, 1, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def keys(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("keys")
    write_development_keys(folder / "signing.json", folder / "jwks.json")
    return folder


@pytest.fixture
def settings(keys: Path, tmp_path: Path, mongo: str, database: str) -> Settings:
    """With a file of the county's own bank layouts, which says what is shipped, but for one paid code."""
    layout = POLICY.return_file
    columns = ", ".join(f'{{ field = "{each.field}", heading = "{each.heading}" }}' for each in layout.columns)
    reasons = "\n".join(f'"{code}" = "{reason}"' for code, reason in layout.reasons.items())
    own = tmp_path / "bank_layouts.toml"
    own.write_text(
        f'[return_file]\nencoding = "gbk"\nseparator = ","\ncolumns = [{columns}]\npaid_codes = ["0000"]\n'
        f"[return_file.reasons]\n{reasons}\n",
        "utf-8",
    )
    settings = settings_of(Service.ASSISTANCE, keys=keys, folder=tmp_path, mongo=mongo, database=database)
    return replace(settings, bank_layouts_file=own)


class Suite:
    """The service and its one neighbour."""

    def __init__(self, runtime: Runtime, sign_in: Callable[..., Client]) -> None:
        self.runtime, self.sign_in = runtime, sign_in
        self._consumer = Consumer(runtime.application)
        self._positions = [0] * PARTITIONS

    def says(self, *events: Any) -> None:
        """The registry says something, and what follows is done."""
        for event in events:
            partition = partition_of(event.child_id, PARTITIONS)
            self._positions[partition] += 1
            heard = envelope("registry", event.child_id, event, CHILD_PLACE, NOW.date())
            position, data = self._positions[partition], msgspec.to_builtins(event)
            message = replace(heard, partition=partition, position=position, data=data)
            for _ in range(2):  # every message comes twice
                self._consumer.take([message])
        self.settle_down()

    def settle_down(self) -> None:
        while fire_due(self.runtime.application):
            pass

    def seal(self, child_id: str, field: str, value: str) -> str:
        return self.runtime.ports.cipher.seal(value, place_of(child_id, field))

    def row(self, ledger: str, key: str) -> dict[str, Any]:
        row = self.runtime.store.ledger_collection(ledger).find_one({"_id": key})
        assert row is not None, f"{ledger} has no row {key}"
        return row


@pytest.fixture
def suite(settings: Settings, keys: Path) -> Iterator[Suite]:
    keyring = parse_keyring(generate_keyring())
    ports = Ports(
        settings=settings,
        clock=FixedClock(NOW),
        calendar=LiveCalendar(),
        cipher=Cipher(keyring),
        blind_index=BlindIndex(keyring.index_key),
    )
    service, client = build(ports), connect(settings.mongo_uri)
    store = Store(client, settings.database, service, settings.partitions)
    store.install()
    runtime = assemble(ports, service, store)
    app = create_app(runtime, blueprints(), ROLES)
    signer = TokenSigner(keys / "signing.json", ISSUER, AUDIENCE)

    def sign_in(role: str, *, division: str = "349921", subject: str = "") -> Client:
        caller = Caller(subject=subject or f"{role}-1", role=role, scope=Scope(division))
        return Client(app.test_client(), signer.sign(caller, timedelta(hours=1)))

    yield Suite(runtime, sign_in)
    client.close()
