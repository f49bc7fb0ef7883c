"""The four services on one database server: each reads the others' logs, and time passes when a test says so."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from flask import Flask

from services.process import SERVICES, bootstrap_of
from services.roles import ROLES
from shared.auth.signing import TokenSigner
from shared.calendar.live import LiveCalendar
from shared.calendar.zone import local_date, start_of_local_day
from shared.config import Settings
from shared.http.app import create_app
from shared.kernel.caller import Caller, Scope
from shared.kernel.clock import FixedClock
from shared.kernel.consumer import Consumer
from shared.kernel.firing import fire_due
from shared.kernel.jobs import Work
from shared.kernel.recorded import Recorded, from_document
from shared.kernel.store import Store, connect
from shared.privacy import BlindIndex, Cipher
from shared.privacy.keyring_file import generate_keyring, parse_keyring
from shared.runtime import Ports, Runtime, assemble
from tests.kernel.harness import LocalSource
from tests.shared.http.client import Client

Row = dict[str, Any]
LASTS = timedelta(hours=2)


@dataclass(frozen=True)
class Part:
    """One service: its API, and what its worker does."""

    runtime: Runtime
    app: Flask
    work: Mapping[str, Work]
    sources: Sequence[LocalSource]

    def step(self) -> bool:
        """Hear what was said, do what is due and what was asked for; whether anything was."""
        heard = [self._hear(source) for source in self.sources]
        fired, done = fire_due(self.runtime.application), self.runtime.jobs.run_next(self.work)
        return any(heard) or bool(fired) or bool(done)

    def _hear(self, source: LocalSource) -> bool:
        events = source.poll(0)
        Consumer(self.runtime.application).take(events)
        return bool(events)

    def trouble(self) -> int:
        """Events and deadlines that could not be carried out and wait for an operator."""
        store = self.runtime.store
        return store.parked.count_documents({}) + store.deadlines.count_documents({"attempts": {"$gt": 0}})


class WholeCounty:
    """What a test talks to."""

    def __init__(self, settings: Mapping[str, Settings], signer: TokenSigner, today: date) -> None:
        self.clock = FixedClock(start_of_local_day(today) + timedelta(hours=9))
        self._signer = signer
        self._client = connect(settings["registry"].mongo_uri)
        runtimes = {name: self._runtime(settings[name]) for name in SERVICES}
        self.parts = {name: _part(runtimes, name) for name in SERVICES}

    def _runtime(self, settings: Settings) -> Runtime:
        keyring = parse_keyring(generate_keyring())
        ports = Ports(
            settings=settings,
            clock=self.clock,
            calendar=LiveCalendar(),
            cipher=Cipher(keyring),
            blind_index=BlindIndex(keyring.index_key),
        )
        service = bootstrap_of(settings.service.value).build(ports)
        store = Store(self._client, settings.database, service, settings.partitions)
        store.install()
        return assemble(ports, service, store)

    def close(self) -> None:
        for part in self.parts.values():
            self._client.drop_database(part.runtime.store.database.name)
        self._client.close()

    # -- doing

    def at(self, service: str, role: str, *, division: str = "", school: str = "", subject: str = "") -> Client:
        """A person's calls on one service."""
        caller = Caller(subject or f"{role}-1", role, Scope(division, school))
        return Client(self.parts[service].app.test_client(), self._signer.sign(caller, LASTS))

    def settle(self) -> None:
        """Until every service has heard everything and nothing is due. Nothing may be left in trouble."""
        while sum(part.step() for part in self.parts.values()):  # each of them has its turn
            pass
        assert {name: part.trouble() for name, part in self.parts.items()} == dict.fromkeys(self.parts, 0)

    def wait_until(self, day: date) -> None:
        """Time passes day by day, to nine in the morning; what falls due on the way happens."""
        self.settle()
        while self.today < day:
            self.clock.advance(timedelta(days=1))
            self.settle()

    def pause_until(self, day: date) -> None:
        """Time passes, and no worker looks at anything."""
        self.clock.advance(start_of_local_day(day) + timedelta(hours=9) - self.clock.now())

    # -- looking

    @property
    def today(self) -> date:
        return local_date(self.clock.now())

    def rows(self, service: str, ledger: str, **fields: Any) -> list[Row]:
        """The rows of a ledger in which these fields are so, in the keys' order."""
        return list(self.parts[service].runtime.store.ledger_collection(ledger).find(fields).sort("_id"))

    def events(self, service: str, type_: str) -> list[Recorded]:
        """What a service has said of one type, in the order of its log."""
        store = self.parts[service].runtime.store
        return [from_document(service, each) for each in store.events.find({"type": type_}).sort("_id")]

    def look_again(self) -> None:
        """Every process sees a calendar that was loaded just now; a real one does so some seconds later."""
        for part in self.parts.values():
            part.runtime.ports.calendar.look_again()


def _part(runtimes: Mapping[str, Runtime], name: str) -> Part:
    runtime, bootstrap = runtimes[name], bootstrap_of(name)
    heard = [LocalSource(runtimes[peer].store) for peer in runtime.service.contracts]
    return Part(
        runtime=runtime,
        app=create_app(runtime, bootstrap.blueprints(), ROLES),
        work=bootstrap.job_kinds(runtime),
        sources=heard,
    )
