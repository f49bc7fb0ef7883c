"""What one process of a service runs on, built once, after any fork: clients and locks do not survive one."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

import httpx

from shared.calendar.live import LiveCalendar
from shared.config import Settings
from shared.kernel.application import Application
from shared.kernel.calendar_ledger import follow
from shared.kernel.clock import Clock, SharedClock, SystemClock
from shared.kernel.jobs import Jobs
from shared.kernel.service import Service
from shared.kernel.sources import Source
from shared.kernel.store import Store, connect
from shared.privacy import BlindIndex, Cipher, load_keyring
from shared.privacy.files import open_file, seal_file
from shared.transport.feed import FeedSource
from shared.watched_file import WatchedFile


@dataclass(frozen=True, slots=True, kw_only=True)
class Ports:
    """What a service is given of the outside world."""

    settings: Settings
    clock: Clock
    calendar: LiveCalendar
    cipher: Cipher
    blind_index: BlindIndex


@dataclass(frozen=True, slots=True, kw_only=True)
class Runtime:
    """A service put together: its parts as data, its database, and its ways to change facts and to do long work.

    `sources` are the logs of the services that this one listens to, by name, read over HTTP.
    `service_token` is what this service shows to the others, asked anew each time, since it is renewed from outside.
    """

    ports: Ports
    service: Service
    store: Store
    application: Application
    jobs: Jobs
    sources: Mapping[str, Source]
    service_token: Callable[[], str]


def build_runtime(settings: Settings, build: Callable[[Ports], Service]) -> Runtime:
    """Connect to the database, install what is missing, and put the service together.

    Raises `PartitionsChanged`, `KeyringInvalid`, `OSError`, or pymongo's errors when no database answers.
    """
    ports = build_ports(settings)
    service = build(ports)
    store = Store(connect(settings.mongo_uri), settings.database, service, settings.partitions)
    store.install()
    return assemble(ports, service, store)


def build_ports(settings: Settings) -> Ports:
    keyring = load_keyring(settings.keyring_file)
    return Ports(
        settings=settings,
        clock=SharedClock(settings.clock_file) if settings.clock_file else SystemClock(),
        calendar=LiveCalendar(),
        cipher=Cipher(keyring),
        blind_index=BlindIndex(keyring.index_key),
    )


def assemble(ports: Ports, service: Service, store: Store) -> Runtime:
    """A runtime over an installed store. Jobs keep to the real time: a moved clock must not end their leases."""
    token = _service_token(ports.settings)
    follow(ports.calendar, store)
    return Runtime(
        ports=ports,
        service=service,
        store=store,
        application=Application(store, ports.clock),
        jobs=Jobs(store, SystemClock(), partial(seal_file, ports.cipher), partial(open_file, ports.cipher)),
        sources=_sources(ports.settings, service, token),
        service_token=token,
    )


def _sources(settings: Settings, service: Service, token: Callable[[], str]) -> dict[str, Source]:
    """The feeds of the peers that this service reads; a peer without an address is left out."""
    peers = {peer.value: url for peer, url in settings.peers.items() if peer.value in service.contracts}
    return {name: FeedSource(name, url, token, httpx.Client()) for name, url in peers.items()}


def _service_token(settings: Settings) -> Callable[[], str]:
    if settings.service_token_file is None:
        return lambda: ""
    return WatchedFile(settings.service_token_file).text
