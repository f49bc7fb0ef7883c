"""A source restored older than its reader: nothing at a position given out twice is skipped silently."""

import threading
from collections.abc import Iterator, Sequence
from dataclasses import replace

import pytest

from shared.kernel.consumer import Consumer
from shared.kernel.continuity import Checkpoint, SourceCutBack, cut_back
from shared.kernel.reading import Reader
from shared.kernel.recorded import Recorded
from shared.kernel.sources import SourceUnavailable
from shared.kernel.store import Document
from tests.kernel.harness import LocalSource, Running, running
from tests.kernel.mirror import mirror_service
from tests.kernel.toy import Move, Open, toy_service

Pair = tuple[Running, Running]


@pytest.fixture
def pair(mongo: str, database: str) -> Iterator[Pair]:
    with running(mongo, database, toy_service(), mirror_service()) as (toy, mirror):
        yield toy, mirror


class Carried(LocalSource):
    """A transport that brings what it is told to; the owner's log answers, or is away."""

    def __init__(self, toy: Running) -> None:
        super().__init__(toy.store)
        self.next: list[Recorded] = []
        self.away = False

    def poll(self, timeout: float) -> Sequence[Recorded]:
        brought, self.next = self.next, []
        return brought

    def fetch(self, partition: int, after: int, limit: int) -> Sequence[Recorded]:
        self._ask()
        return super().fetch(partition, after, limit)

    def heads(self) -> Sequence[int]:
        self._ask()
        return super().heads()

    def _ask(self) -> None:
        if self.away:
            raise SourceUnavailable("away")


def write(toy: Running, *amounts: int) -> None:
    """One account, so that all lies in one partition; the first time it is opened, too."""
    opening = [] if sum(toy.store.positions()) else [Open(account_id="a")]
    commands = [*opening, *(Move(account_id="a", amount=amount) for amount in amounts)]
    toy.application.execute_many(
        [toy.order(command, f"{number}-{amounts}") for number, command in enumerate(commands)]
    )


def backup(toy: Running) -> dict[str, list[Document]]:
    return {name: list(toy.store.database[name].find({})) for name in toy.store.database.list_collection_names()}


def restore(toy: Running, kept: dict[str, list[Document]]) -> Running:
    """The database as it was, and a process that was started anew."""
    for name in toy.store.database.list_collection_names():
        toy.store.database[name].delete_many({})
        if kept.get(name):
            toy.store.database[name].insert_many(kept[name])
    return Running(toy.store, type(toy.application)(toy.store, toy.clock), toy.clock)


def given_a_reader_that_is_ahead_of_its_restored_source(toy: Running, mirror: Running) -> Running:
    write(toy, 1, 2)
    kept = backup(toy)
    write(toy, 3, 4)
    reader_of(LocalSource(toy.store), mirror, reconcile=False).step(threading.Event())
    assert amounts(mirror) == [1, 2, 3, 4]
    return restore(toy, kept)


def reader_of(source: LocalSource, mirror: Running, *, reconcile: bool) -> Reader:
    return Reader(Consumer(mirror.application), source, reconcile=reconcile, poll_seconds=0, reconcile_seconds=0)


def amounts(mirror: Running) -> object:
    return mirror.rows("seen")["a"]["amounts"]


@pytest.mark.prop("P4")
@pytest.mark.parametrize("written_since", [(), (30,), (30, 40), (30, 40, 50)])
@pytest.mark.parametrize("reconcile", [False, True])
def test_a_reader_ahead_of_a_restored_source_stops(
    pair: Pair, written_since: tuple[int, ...], *, reconcile: bool
) -> None:
    toy, mirror = pair
    toy = given_a_reader_that_is_ahead_of_its_restored_source(toy, mirror)
    if written_since:
        write(toy, *written_since)
    reader = reader_of(LocalSource(toy.store), mirror, reconcile=reconcile)

    for _ in range(2):
        with pytest.raises(SourceCutBack):
            reader.step(threading.Event())

    assert amounts(mirror) == [1, 2, 3, 4]


@pytest.mark.prop("P4")
def test_what_a_transport_brings_of_a_restored_source_is_not_taken_for_repeats(pair: Pair) -> None:
    toy, mirror = pair
    toy = given_a_reader_that_is_ahead_of_its_restored_source(toy, mirror)
    write(toy, 30, 40, 50)
    source, stop = Carried(toy), threading.Event()
    reader, source.away = reader_of(source, mirror, reconcile=True), True
    source.next = source_events(toy)

    reader.step(stop)  # nobody can be asked: what comes after the other event is not applied
    assert amounts(mirror) == [1, 2, 3, 4]
    source.away = False
    source.next = source_events(toy)
    with pytest.raises(SourceCutBack):
        reader.step(stop)

    assert amounts(mirror) == [1, 2, 3, 4]


def source_events(toy: Running) -> list[Recorded]:
    return LocalSource(toy.store).everything()


def test_a_forged_record_in_the_place_of_the_last_event_stops_nobody(pair: Pair) -> None:
    toy, mirror = pair
    write(toy, 1, 2)
    source, stop = Carried(toy), threading.Event()
    reader = reader_of(source, mirror, reconcile=True)
    source.next = source_events(toy)
    reader.step(stop)
    last = source_events(toy)[-1]
    write(toy, 3)
    source.next = [replace(last, correlation="forged"), source_events(toy)[-1]]

    reader.step(stop)

    assert amounts(mirror) == [1, 2, 3]


def test_a_checkpoint_that_was_kept_without_a_mark_is_ahead_only_of_a_shorter_log(pair: Pair) -> None:
    toy, _ = pair
    write(toy, 1)
    heads = toy.store.positions()
    source = LocalSource(toy.store)

    assert cut_back(source, [Checkpoint(head) for head in heads], heads) == []
    assert cut_back(source, [Checkpoint(head + 1) for head in heads], heads) == list(range(len(heads)))
