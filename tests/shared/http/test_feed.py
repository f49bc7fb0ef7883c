"""The feed: nothing skipped, order kept in each partition, scope held, and waiting readers woken."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from shared.kernel.application import Application
from shared.kernel.caller import Caller
from shared.kernel.commands import Order
from shared.runtime import Runtime
from tests.kernel.toy import Move, Open
from tests.shared.http.client import Client

CLERK = Caller(subject="clerk-1", role="clerk")


def open_accounts(runtime: Runtime, count: int, division: str = "349921") -> None:
    names = [f"{division}-{number}" for number in range(count)]
    runtime.application.execute_many(
        [
            Order(command=Open(account_id=name, division=division), command_id=f"open-{name}", caller=CLERK)
            for name in names
        ]
    )


def read_all(client: Client, query: str = "") -> list[dict[str, Any]]:
    events: list[dict[str, Any]] = []
    cursor, more = "", True
    while more:
        page = client.get(f"/events?limit=7&cursor={cursor}{query}").json
        events += page["events"]
        cursor, more = page["cursor"], page["more"]
    return events


@pytest.fixture
def reader(sign_in: Callable[..., Client]) -> Client:
    return sign_in("service")


def test_reading_on_with_the_cursor_gives_every_event_once_and_in_order(reader: Client, runtime: Runtime) -> None:
    open_accounts(runtime, 40)

    ids = [event["id"] for event in read_all(reader)]

    assert len(ids) == len(set(ids)) == 40
    for partition, head in enumerate(runtime.store.positions()):
        own = [int(id_.split("/")[2]) for id_ in ids if id_.startswith(f"toy/{partition}/")]
        assert own == list(range(1, head + 1))


def test_an_event_is_a_cloud_event(reader: Client, runtime: Runtime) -> None:
    open_accounts(runtime, 1)

    [event] = read_all(reader)

    assert (event["specversion"], event["type"], event["subject"]) == ("1.0", "toy.opened.v1", "349921-0")
    assert (event["division"], event["actor"], event["streamversion"]) == ("349921", "clerk-1", 1)
    assert reader.get(f"/events/{event['id']}").json == event


def test_a_busy_partition_does_not_keep_the_others_waiting(reader: Client, runtime: Runtime) -> None:
    open_accounts(runtime, 12)
    busy = [Order(command=Move(account_id="349921-0", amount=1), command_id=f"m{n}", caller=CLERK) for n in range(60)]
    runtime.application.execute_many(busy)

    page = reader.get("/events?limit=20").json

    partitions = {event["id"].split("/")[1] for event in page["events"]}
    assert len(partitions) == sum(position > 0 for position in runtime.store.positions())
    assert len(page["events"]) <= 20
    assert page["more"]


def test_only_the_named_types_are_sent(reader: Client, runtime: Runtime) -> None:
    open_accounts(runtime, 3)
    runtime.application.execute(Order(command=Move(account_id="349921-0", amount=1), command_id="m", caller=CLERK))

    assert {event["type"] for event in read_all(reader, "&type=toy.moved.v1")} == {"toy.moved.v1"}
    both = read_all(reader, "&type=toy.moved.v1&type=toy.opened.v1")
    assert len(both) == 4


@pytest.mark.prop("P16")
def test_a_caller_with_a_scope_reads_the_events_of_its_own_place_alone(
    sign_in: Callable[..., Client], runtime: Runtime
) -> None:
    open_accounts(runtime, 5, "349921001")
    open_accounts(runtime, 5, "349921002")
    clerk = sign_in("clerk", division="349921001")
    foreign = [event for event in read_all(sign_in("county")) if event["division"] == "349921002"]

    assert {event["division"] for event in read_all(clerk)} == {"349921001"}
    assert len(foreign) == 5
    assert {clerk.get(f"/events/{event['id']}").status_code for event in foreign} == {404}
    for partition in range(runtime.store.partitions):
        seen = clerk.get(f"/events/partition/{partition}").json["events"]
        assert {event["division"] for event in seen} <= {"349921001"}
    assert read_all(sign_in("head", school="3400000001")) == []


def test_a_gap_is_filled_from_one_partition(reader: Client, runtime: Runtime) -> None:
    open_accounts(runtime, 40)
    positions = reader.get("/events/heads").json["positions"]
    assert positions == runtime.store.positions()
    fullest = positions.index(max(positions))

    events = reader.get(f"/events/partition/{fullest}?after=1&limit=2").json["events"]

    assert [event["id"] for event in events] == [f"toy/{fullest}/2", f"toy/{fullest}/3"]
    assert reader.get("/events/partition/4").status_code == 404
    assert reader.get(f"/events/partition/0?after={2**63}").status_code == 422
    assert reader.get(f"/events/toy/0/{2**63}").status_code == 404


@pytest.mark.parametrize("writer", ["this process", "another process"])
def test_a_waiting_reader_is_woken_by_an_event(reader: Client, runtime: Runtime, writer: str) -> None:
    application = runtime.application if writer == "this process" else Application(runtime.store, runtime.ports.clock)
    cursor = reader.get("/events").json["cursor"]
    with ThreadPoolExecutor(1) as threads:
        waiting = threads.submit(reader.get, f"/events?wait=25&cursor={cursor}")
        while not waiting.running():
            threading.Event().wait(0.01)
        application.execute(Order(command=Open(account_id="a1"), command_id="c", caller=CLERK))
        page = waiting.result(timeout=20).json

    assert [event["type"] for event in page["events"]] == ["toy.opened.v1"]


def test_a_reader_who_waited_in_vain_goes_on_from_the_same_place(reader: Client, runtime: Runtime) -> None:
    open_accounts(runtime, 3)
    cursor = reader.get("/events").json["cursor"]

    page = reader.get(f"/events?wait=0.1&cursor={cursor}").json

    assert page == {"events": [], "cursor": cursor, "more": False}


@pytest.mark.parametrize(
    "query", ["cursor=nonsense", "cursor=WzEsMl0", "wait=26", "limit=0", "limit=501", "limit=x", "colour=red"]
)
def test_a_query_that_cannot_be_read_is_refused(reader: Client, query: str) -> None:
    assert reader.get(f"/events?{query}").status_code == 422


def test_a_cursor_beyond_the_log_is_refused_and_not_waited_on(reader: Client) -> None:
    from shared.kernel.cursor import Cursor

    answer = reader.get(f"/events?cursor={Cursor((9, 9, 9, 9)).encode()}")

    assert (answer.status_code, answer.json["code"]) == (422, "cursor-not-valid")


def test_the_schemas_of_published_events_are_served(reader: Client) -> None:
    assert reader.get("/schemas").json["types"] == ["toy.moved.v1", "toy.opened.v1"]
    schema = reader.get("/schemas/toy.moved.v1").json
    assert schema["$defs"]["Moved"]["properties"]["amount"] == {"type": "integer"}
    assert reader.get("/schemas/toy.unknown.v1").status_code == 404
