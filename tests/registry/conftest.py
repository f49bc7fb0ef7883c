"""The registry over a real database, with a clock that stands until it is moved."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

import pytest
from flask import Flask

from services.registry.attendance.runs import RecordAbsences
from services.registry.bootstrap import blueprints
from services.registry.children.ids import ChildId
from services.registry.imports.importing import import_file
from services.registry.imports.report import File, ImportReport
from services.registry.personal import PersonalData
from services.registry.policy import read_policy
from services.registry.service import registry
from services.registry.snapshots.events import ListImported
from services.roles import ROLES
from shared.calendar.live import LiveCalendar
from shared.calendar.zone import local_date, start_of_local_day
from shared.config import Settings
from shared.http.app import create_app
from shared.kernel.application import Application
from shared.kernel.calendar_ledger import follow
from shared.kernel.caller import Caller, Scope
from shared.kernel.clock import FixedClock
from shared.kernel.commands import Order, Outcome
from shared.kernel.firing import fire_due
from shared.kernel.ledgers import Row
from shared.kernel.recorded import Recorded
from shared.kernel.store import Store, connect
from shared.privacy import BlindIndex, Cipher
from shared.privacy.keyring_file import generate_keyring, parse_keyring
from shared.runtime import Ports, Runtime, assemble
from tests.shared.http.conftest import keys, settings, sign_in, signer

__all__ = ["keys", "settings", "sign_in", "signer"]  # fixtures, used by name

COUNTY = Caller("u1", "county_admin", Scope("349921"))


@dataclass(frozen=True, slots=True)
class Registry:
    """The service, and the hands that a test needs on it."""

    application: Application
    clock: FixedClock
    personal: PersonalData
    calendar: LiveCalendar = field(default_factory=LiveCalendar)

    @property
    def store(self) -> Store:
        return self.application.store

    def do(self, command: object, *, id: str = "", caller: Caller = COUNTY) -> Outcome:
        return self.application.execute(Order(command=command, command_id=id or repr(command), caller=caller))

    def load(self, kind: str, content: bytes, name: str = "名单.xlsx", caller: Caller = COUNTY) -> ImportReport:
        file = File(kind=kind, name=name, content=content)
        return import_file(file, self.application, self.personal, caller, lambda *_: None)

    def child(self, child_id: str) -> Row:
        row = self.store.ledger_collection("children").find_one({"_id": child_id})
        assert row is not None
        return row

    def statuses(self) -> dict[str, int]:
        found: dict[str, int] = {}
        for row in self.store.ledger_collection("children").find():
            found[row["status"]] = found.get(row["status"], 0) + 1
        return found

    def events(self) -> int:
        return sum(self.store.positions())

    def facts(self) -> int:
        """The events but for those that say that a list was brought in."""
        return self.events() - self.store.events.count_documents({"type": ListImported.TYPE})

    def history(self, child_id: str) -> list[Recorded]:
        return list(self.store.read_streams([f"child-{child_id}"]))

    @property
    def today(self) -> date:
        return local_date(self.clock.now())

    def miss(self, child_id: str, until: date) -> None:
        """The days until then, which is not missed itself, are entered as missed one by one as they pass."""
        while self.today < until:
            self.do(RecordAbsences(child_id=ChildId(child_id), day=self.today))
            self.wait_until(self.today + timedelta(days=1))

    def fire(self) -> None:
        """Let what is due happen."""
        while fire_due(self.application):
            pass

    def wait_until(self, day: date) -> None:
        """Let time pass, and what falls due in it happen."""
        while self.clock.now() < (end := start_of_local_day(day) + timedelta(hours=9)):
            self.clock.advance(min(timedelta(days=1), end - self.clock.now()))
            self.fire()


@pytest.fixture
def runtime(settings: Settings, nol: Registry) -> Runtime:
    """The same registry as `nol`, put together as an API process has it."""
    ports = Ports(
        settings=settings,
        clock=nol.clock,
        calendar=nol.calendar,
        cipher=nol.personal.cipher,
        blind_index=nol.personal.blind_index,
    )
    return assemble(ports, nol.store.service, nol.store)


@pytest.fixture
def app(runtime: Runtime) -> Flask:
    return create_app(runtime, blueprints(), ROLES)


@pytest.fixture
def nol(mongo: str, database: str) -> Iterator[Registry]:
    keyring = parse_keyring(generate_keyring())
    clock = FixedClock(start_of_local_day(date(2026, 11, 20)) + timedelta(hours=9))
    calendar = LiveCalendar()
    with connect(mongo) as client:
        store = Store(client, database, registry(read_policy(), calendar), 4)
        store.install()
        follow(calendar, store)
        personal = PersonalData(Cipher(keyring), BlindIndex(keyring.index_key))
        yield Registry(Application(store, clock), clock, personal, calendar)
