"""The sample county, loaded through the API as `make run` loads it.

Each request that asks for a job finds it done, and what was due meanwhile has happened.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from uuid import uuid4

import httpx
import pytest

from services.cli.client import ApiClient
from services.cli.sample import load_county
from services.cli.sample_county.generate import DEFAULT_TODAY, generate
from services.cli.sample_county.planted import Planted
from services.registry.bootstrap import blueprints, job_kinds
from services.registry.personal import PersonalData
from services.registry.policy import read_policy
from services.registry.reconciliation.people import stranger
from services.registry.service import registry
from services.roles import ROLES
from shared.auth.signing import TokenSigner
from shared.calendar.live import LiveCalendar
from shared.calendar.zone import start_of_local_day
from shared.config import Service
from shared.http.app import create_app
from shared.kernel.application import Application
from shared.kernel.caller import Caller, Scope
from shared.kernel.clock import FixedClock
from shared.kernel.firing import fire_due
from shared.kernel.ledgers import Row
from shared.kernel.store import Store, connect
from shared.privacy import BlindIndex, Cipher
from shared.privacy.keyring_file import generate_keyring, parse_keyring
from shared.runtime import Ports, Runtime, assemble
from tests.registry.conftest import Registry
from tests.settings import settings_of
from tests.shared.http.conftest import keys, signer

__all__ = ["keys", "signer"]  # fixtures, used by name
IN_SPRING = date(2027, 4, 30)
Finding = tuple[str, str, bool]
"""Of whom, for which reason, and whether poor."""


class Working(httpx.BaseTransport):
    """The API in this process, and the worker that is never late."""

    def __init__(self, runtime: Runtime) -> None:
        self._runtime = runtime
        self._api = httpx.WSGITransport(app=create_app(runtime, blueprints(), ROLES))

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        if request.url.path.startswith("/api/v1/jobs/"):
            while self._runtime.jobs.run_next(job_kinds(self._runtime)):
                pass
            while fire_due(self._runtime.application):
                pass
        return self._api.handle_request(request)


@dataclass(frozen=True)
class Compared:
    nol: Registry
    api: ApiClient
    planted: Planted
    refused: Path

    def findings(self) -> set[Finding]:
        """What is in the queue."""
        rows = self.nol.store.ledger_collection("differences").find({"status": "OPEN"})
        return {(row["_id"].partition(":")[0], row["reason"], row["poor"]) for row in rows}

    def identity(self, key: str) -> str:
        """The child that the registry knows by a number, or who stands for somebody unknown."""
        field, column = (
            ("student_number", "student_number_index") if key.startswith("L") else ("id_number", "id_index")
        )
        index = self.nol.personal.index(field, key)
        row: Row | None = self.nol.store.ledger_collection("children").find_one({column: index})
        return row["_id"] if row else stranger(field, index)


@pytest.fixture(
    scope="session",
    params=[(8, 600, 1, DEFAULT_TODAY), (4, 120, 9, IN_SPRING)],
    ids=["eight schools in autumn", "four schools in spring"],
)
def county(
    request: pytest.FixtureRequest,
    mongo: str,
    tmp_path_factory: pytest.TempPathFactory,
    keys: Path,
    signer: TokenSigner,
) -> Iterator[Compared]:
    folder = tmp_path_factory.mktemp("county")
    planted = generate(folder / "files", *request.param)
    keyring, database = parse_keyring(generate_keyring()), f"nol_test_{uuid4().hex}"
    clock = FixedClock(start_of_local_day(planted.today) + timedelta(hours=18))
    calendar = LiveCalendar()
    with connect(mongo) as client:
        store = Store(client, database, registry(read_policy(), calendar), 4)
        store.install()
        ports = Ports(
            settings=settings_of(Service.REGISTRY, keys=keys, folder=folder, mongo=mongo, database=database),
            clock=clock,
            calendar=calendar,
            cipher=Cipher(keyring),
            blind_index=BlindIndex(keyring.index_key),
        )
        runtime = assemble(ports, store.service, store)
        personal = PersonalData(ports.cipher, ports.blind_index)
        token = signer.sign(Caller("import", "county_admin", Scope("349921")), timedelta(hours=2))
        with httpx.Client(transport=Working(runtime)) as http:
            api = ApiClient("http://registry.invalid", token, http)
            load_county(api, folder / "files", folder / "refused")
            yield Compared(Registry(Application(store, clock), clock, personal), api, planted, folder / "refused")
        client.drop_database(database)
