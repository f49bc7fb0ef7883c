"""Clerks who post through thick and thin: each command goes out again, under its key, until it is answered."""

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from typing import Any

import httpx

from tests.kernel.mirror import POISON
from tests.kernel.toy import Open
from tests.system.running import Running, eventually

ACCOUNTS = 6
CLERKS = 4
FIRST_AMOUNT = POISON + 1  # each command has an amount of its own, and none is poison to the mirror
BETWEEN_TRIES_S = 0.05


@dataclass(frozen=True)
class Answer:
    """What a command was told in the end, by its key; the amount makes each command's event known in the log."""

    key: str
    account: str
    amount: int
    events: Sequence[str]


class NotAnswered(AssertionError):
    """An answer that no caller should get, whatever has been killed."""


def post(client: httpx.Client, key: str, account: str, amount: int, give_up: threading.Event) -> Answer:
    """Send one move until it is acknowledged. A broken connection and a 503 are asked again; nothing else is right."""
    while not give_up.is_set():
        try:
            path = f"/api/v1/accounts/{account}/moves"
            answer = client.post(path, json={"amount": amount}, headers={"Idempotency-Key": key})
        except httpx.TransportError:
            give_up.wait(BETWEEN_TRIES_S)
            continue
        if answer.status_code == httpx.codes.CREATED:
            return Answer(key, account, amount, answer.json()["events"])
        if not _may_be_repeated(answer):
            raise NotAnswered(f"{key}: {answer.status_code} {answer.text}")
        give_up.wait(BETWEEN_TRIES_S)
    raise NotAnswered(f"{key}: given up")


def _may_be_repeated(answer: httpx.Response) -> bool:
    if answer.status_code == httpx.codes.SERVICE_UNAVAILABLE:
        return True
    return answer.status_code == httpx.codes.CONFLICT and answer.json()["code"] == "version-conflict"


@dataclass
class Load:
    """Several clerks at work on a few accounts. `answers` holds what was acknowledged."""

    running: Running
    answers: list[Answer] = field(default_factory=list)
    errors: list[BaseException] = field(default_factory=list)
    numbers: Iterator[int] = field(default_factory=lambda: count(FIRST_AMOUNT))
    stop: threading.Event = field(default_factory=threading.Event)
    give_up: threading.Event = field(default_factory=threading.Event)

    def wait_for(self, more: int) -> None:
        """Go on when so many more commands have been acknowledged."""
        wanted = len(self.answers) + more
        eventually(lambda: bool(self.errors) or len(self.answers) >= wanted, f"{wanted} acknowledged commands")
        assert not self.errors

    def work(self) -> None:
        try:
            with self.running.client() as client:
                while not self.stop.is_set():
                    number = next(self.numbers)
                    account = f"a{number % ACCOUNTS}"
                    self.answers.append(post(client, f"move-{number}", account, number, self.give_up))
        except BaseException as error:  # noqa: BLE001  the test thread must hear of it, whatever it is
            self.errors.append(error)


@contextmanager
def load(running: Running) -> Iterator[Load]:
    """Open the accounts and set the clerks to work; at the end of the block each finishes the command in hand."""
    open_accounts(running)
    under_way = Load(running)
    threads = [threading.Thread(target=under_way.work, name=f"clerk-{number}") for number in range(CLERKS)]
    for thread in threads:
        thread.start()
    try:
        yield under_way
        under_way.stop.set()
        eventually(lambda: not any(thread.is_alive() for thread in threads), "every command is answered")
    finally:
        under_way.stop.set()
        under_way.give_up.set()
        for thread in threads:
            thread.join()
    assert not under_way.errors


def open_accounts(running: Running, accounts: int = ACCOUNTS) -> None:
    running.execute({f"open-{number}": Open(account_id=f"a{number}") for number in range(accounts)})


def moves_in(running: Running) -> dict[str, tuple[str, int]]:
    """Every move in the toy's log: its event's id, its account and its amount."""
    found: dict[str, Any] = {}
    for partition in range(running.toy.partitions):
        for event in running.toy.read_partition(partition, 0, 10**6):
            if event.type == "toy.moved.v1":
                found[event.id] = (event.key, event.data["amount"])
    return found
