"""The toy and its mirror with a transport between them: workers to start, and what the mirror must show at the end."""

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from shared.kernel.application import Application
from shared.kernel.consumer import Consumer
from shared.kernel.reading import Reader
from shared.kernel.recorded import Recorded
from shared.kernel.sources import Source
from shared.kernel.worker import Loop, Worker
from shared.transport.kafka_relay import KafkaRelay
from tests.kernel.harness import LocalSource, Running
from tests.kernel.toy import Move, Open

WITHIN_S = 90
LOOK_EVERY_S = 0.05
POLL_S = 0.5
RECONCILE_S = 1.0


def until(condition: Callable[[], object], what: str) -> None:
    """Wait until something holds; a run that never gets there fails instead of hanging."""
    pause = threading.Event()
    for _ in range(int(WITHIN_S / LOOK_EVERY_S)):
        if condition():
            return
        pause.wait(LOOK_EVERY_S)
    raise AssertionError(f"never came true: {what}")


@dataclass
class Delivery:
    """A writer, a reader and the transport between them."""

    toy: Running
    mirror: Running
    new_source: Callable[[], Source]
    new_relay: Callable[[], KafkaRelay] | None = None

    def write(self, name: str, *, accounts: int = 12, each: int = 5) -> None:
        """Open some accounts and move numbered amounts on each in turn, in several transactions."""
        ids = [f"{name}-{number}" for number in range(accounts)]
        self.execute([Open(account_id=id_) for id_ in ids])
        for step in range(1, each + 1):
            self.execute([Move(account_id=id_, amount=step) for id_ in ids])

    def execute(self, commands: Sequence[Open | Move]) -> None:
        taken = sum(self.toy.store.positions())
        orders = [self.toy.order(command, f"{taken}-{number}") for number, command in enumerate(commands)]
        self.toy.application.execute_many(orders)

    def log(self) -> list[Recorded]:
        return LocalSource(self.toy.store).everything()

    # -- workers

    @contextmanager
    def working(self, *, readers: int = 1, relays: int = 1, reconcile: bool = True) -> Iterator[None]:
        """As many worker processes would: each reader and each relay in its own thread, with its own clients."""
        sources = [self.new_source() for _ in range(readers)]
        running_relays = [self.new_relay() for _ in range(relays)] if self.new_relay else []
        loops = [self._reading(number, source, reconcile) for number, source in enumerate(sources)]
        loops += [Loop(f"relay-{number}", relay.step) for number, relay in enumerate(running_relays)]
        worker = Worker(loops)
        worker.start()
        try:
            yield
        finally:
            worker.stop(grace=60)
            for each in [*sources, *running_relays]:
                each.close()

    def _reading(self, number: int, source: Source, reconcile: bool) -> Loop:
        step = self.reader(source, reconcile=reconcile).step
        return Loop(f"read-{number}", step)

    def reader(self, source: Source, *, reconcile: bool) -> Reader:
        return Reader(self.consumer(), source, reconcile=reconcile, poll_seconds=POLL_S, reconcile_seconds=RECONCILE_S)

    def consumer(self) -> Consumer:
        return Consumer(Application(self.mirror.store, self.mirror.clock))

    # -- what must be true

    def settled(self) -> bool:
        return self.consumer().positions("toy") == self.toy.store.positions()

    def until_settled(self) -> None:
        until(self.settled, "every event of the log was applied")

    def amounts_written(self) -> dict[str, list[int]]:
        """The model: what each account's log says, in order."""
        amounts: dict[str, list[int]] = {}
        for event in self.log():
            moved = amounts.setdefault(event.key, [])
            if event.type == "toy.moved.v1":
                moved.append(event.data["amount"])
        return amounts

    def amounts_seen(self, ledger: str = "seen") -> dict[str, Any]:
        return {key: row["amounts"] for key, row in self.mirror.rows(ledger).items()}

    def assert_applied_once_in_order(self) -> None:
        """The mirror's ledger, and the ledger of the commands that its reactions sent, equal the model."""
        written = self.amounts_written()
        assert written, "nothing was written: the test shows nothing"
        assert self.amounts_seen("seen") == written
        assert self.amounts_seen("tallies") == written
