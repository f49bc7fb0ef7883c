"""Where has an event landed: the owner asks every other service, and one that is away is told as unknown."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from threading import Thread
from types import MappingProxyType
from typing import Any

import pytest
from flask import Flask
from werkzeug.serving import make_server

from shared.auth.signing import TokenSigner
from shared.config import Service
from shared.http.app import create_app
from shared.kernel.caller import Caller
from shared.kernel.commands import Order
from shared.kernel.consumer import Consumer
from shared.kernel.events import EventTypes
from shared.kernel.store import Store
from shared.runtime import Runtime, assemble
from tests.kernel.toy import Moved, Open, Opened, toy_service
from tests.processes import free_ports
from tests.shared.http.client import Client
from tests.shared.http.toy_api import ROLES, toy_blueprints


@pytest.fixture
def reader(runtime: Runtime) -> Iterator[Runtime]:
    """A second service, which reads the toy's events."""
    contracts = {"toy": EventTypes([Opened], ignored=[Moved.TYPE])}
    service = replace(toy_service("mirror"), ledgers=[], views=[], contracts=contracts)
    store = Store(runtime.store.client, f"{runtime.store.database.name}_r", service, 4)
    store.install()
    yield assemble(runtime.ports, service, store)
    runtime.store.client.drop_database(store.database.name)


@pytest.fixture
def address(reader: Runtime) -> Iterator[str]:
    server = make_server("127.0.0.1", 0, create_app(reader, [], ROLES), threaded=True)
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def owner(runtime: Runtime, address: str, signer: TokenSigner) -> Flask:
    [unused] = free_ports(1)
    peers = {Service.VISITS: address, Service.ASSISTANCE: f"http://127.0.0.1:{unused}"}
    settings = replace(runtime.ports.settings, peers=MappingProxyType(peers))
    token = signer.sign(Caller(subject="toy", role="service"), timedelta(hours=1))
    asking = replace(runtime, ports=replace(runtime.ports, settings=settings), service_token=lambda: token)
    return create_app(asking, toy_blueprints(), ROLES)


@pytest.fixture
def client(owner: Flask, signer: TokenSigner) -> Client:
    caller = Caller(subject="county-1", role="county")
    return Client(owner.test_client(), signer.sign(caller, timedelta(hours=1)))


def test_each_service_tells_whether_it_has_applied_it(client: Client, runtime: Runtime, reader: Runtime) -> None:
    caller = Caller(subject="clerk-1", role="clerk")
    [event] = runtime.application.execute(Order(command=Open(account_id="a1"), command_id="c", caller=caller)).events

    def told() -> dict[str, Any]:
        receipts = client.get(f"/events/{event}/receipts").json["receipts"]
        return {receipt["consumer"]: receipt["state"] for receipt in receipts}

    assert told() == {"mirror": "pending", "assistance": "unknown"}
    _, partition, position = event.split("/")
    recorded = runtime.store.event(int(partition), int(position))
    assert recorded is not None
    Consumer(reader.application).take([recorded])
    assert told() == {"mirror": "applied", "assistance": "unknown"}


def test_an_event_that_is_not_there_has_no_receipts(client: Client) -> None:
    assert client.get("/events/toy/0/7/receipts").status_code == 404
    assert client.get("/events/other/0/1/receipts").status_code == 404


@pytest.mark.prop("P16")
def test_a_caller_with_a_scope_asks_no_other_service(sign_in: Callable[..., Client]) -> None:
    scoped = sign_in("clerk", division="349921")

    assert scoped.get("/events/toy/0/1/receipt?type=toy.opened.v1").status_code == 403
