"""The reader: what a transport lost is fetched from its owner, and what another worker is applying is not."""

import threading
from collections.abc import Iterator, Sequence

import pytest

from shared.kernel.consumer import Consumer
from shared.kernel.reading import Reader
from shared.kernel.recorded import Recorded
from shared.kernel.sources import SourceUnavailable
from tests.kernel.harness import LocalSource, Running, running
from tests.kernel.mirror import mirror_service
from tests.kernel.toy import Move, Open, toy_service

Pair = tuple[Running, Running]


class Lossy(LocalSource):
    """A transport that brings nothing, or only what it is told to; the owner's log is at hand, or away."""

    def __init__(self, toy: Running) -> None:
        super().__init__(toy.store)
        self.next: list[Recorded] = []
        self.away = False
        self.closed = False

    def poll(self, timeout: float) -> Sequence[Recorded]:
        brought, self.next = self.next, []
        return brought

    def fetch(self, partition: int, after: int, limit: int) -> Sequence[Recorded]:
        if self.away:
            raise SourceUnavailable("away")
        return super().fetch(partition, after, limit)

    def close(self) -> None:
        self.closed = True


@pytest.fixture
def pair(mongo: str, database: str) -> Iterator[Pair]:
    with running(mongo, database, toy_service(), mirror_service()) as (toy, mirror):
        yield toy, mirror


def given_moves(toy: Running, amounts: int) -> list[Recorded]:
    commands = [Open(account_id="a"), *(Move(account_id="a", amount=amount) for amount in range(1, amounts + 1))]
    toy.application.execute_many([toy.order(command, f"{number}") for number, command in enumerate(commands)])
    return LocalSource(toy.store).everything()


def reader_of(source: Lossy, mirror: Running, *, reconcile: bool = True) -> Reader:
    return Reader(Consumer(mirror.application), source, reconcile=reconcile, poll_seconds=0, reconcile_seconds=0)


def amounts(mirror: Running) -> object:
    return mirror.rows("seen").get("a", {}).get("amounts")


def test_a_partition_that_stands_still_behind_its_head_is_fetched_at_the_second_look(pair: Pair) -> None:
    toy, mirror = pair
    given_moves(toy, 3)
    reader, stop = reader_of(Lossy(toy), mirror), threading.Event()
    reader.step(stop)
    assert amounts(mirror) is None
    reader.step(stop)
    assert amounts(mirror) == [1, 2, 3]


def test_a_partition_that_another_worker_moves_is_left_to_it(pair: Pair) -> None:
    toy, mirror = pair
    events = given_moves(toy, 3)
    reader, other, stop = reader_of(Lossy(toy), mirror), Consumer(mirror.application), threading.Event()
    for done, event in enumerate(events[:-1]):
        reader.step(stop)
        assert sum(other.positions("toy")) == done
        other.take([event])


def test_an_owner_who_is_away_does_not_stop_what_the_transport_brings(pair: Pair) -> None:
    toy, mirror = pair
    events = given_moves(toy, 3)
    source, stop = Lossy(toy), threading.Event()
    reader, source.away = reader_of(source, mirror), True
    source.next = [events[0], events[3]]
    reader.step(stop)
    source.next = [events[1]]
    reader.step(stop)
    assert amounts(mirror) == [1]
    source.away = False
    reader.step(stop)
    reader.step(stop)
    assert amounts(mirror) == [1, 2, 3]


def test_without_looks_at_the_heads_a_gap_that_cannot_be_filled_starts_the_source_again(pair: Pair) -> None:
    toy, mirror = pair
    events = given_moves(toy, 3)
    source, stop = Lossy(toy), threading.Event()
    reader, source.away = reader_of(source, mirror, reconcile=False), True
    source.next = [events[0], events[3]]
    with pytest.raises(SourceUnavailable):
        reader.step(stop)


def test_a_reader_that_is_stopped_lets_its_source_go(pair: Pair) -> None:
    toy, mirror = pair
    source, stop = Lossy(toy), threading.Event()
    reader = reader_of(source, mirror)
    reader.step(stop)
    assert not source.closed
    stop.set()
    reader.step(stop)
    assert source.closed
