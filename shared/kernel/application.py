"""Executing commands: one transaction each, or many in one; a repeat gets its first answer."""

import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from typing import Any, TypeVar

import pymongo
from pymongo.client_session import ClientSession

from shared.calendar.zone import local_date
from shared.kernel.caller import SYSTEM_ROLE
from shared.kernel.clock import Clock
from shared.kernel.commands import Context, Order, Outcome
from shared.kernel.heads import Control
from shared.kernel.raced import CommandRaced, StreamRaced
from shared.kernel.recorded import partition_of
from shared.kernel.refusals import CommandIdReused, Refused, RoleNotAllowed, VersionConflict
from shared.kernel.store import DURABLE, SNAPSHOT, Store
from shared.kernel.unit_of_work import UnitOfWork

T = TypeVar("T")
Answer = tuple[Outcome, str]
"""What a command id was answered with, and the fingerprint of the request that it answered."""

MAX_RACES = 3
MAX_ORDERS_A_TRANSACTION = 500
TRANSACTION_WITHIN_S = 30.0
"""After this the caller is told to try again. The driver alone would repeat a transaction for two minutes, and on a
server that stands still it would wait for ever, until every thread of an API hangs on it."""


class Application:
    """One process's way to change a service's facts."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self.store = store
        self.clock = clock
        self._latches = [threading.Lock() for _ in range(store.partitions)]
        self._after_commit: list[Callable[[], None]] = []
        self._known: Control | None = None

    def after_commit(self, call: Callable[[], None]) -> None:
        """Have `call` run after each commit that may have appended events (a hint; it must not block or raise)."""
        self._after_commit.append(call)

    def execute(self, order: Order) -> Outcome:
        """Carry out one command.

        Raises Refused with nothing changed: by the decision, by role or scope, for another version than expected,
        or for an id that another request used. The same order again returns the first outcome.
        """
        self._check_role(order)
        for _ in range(MAX_RACES):
            try:
                return self._transact_one(order)
            except StreamRaced:
                continue
            except (CommandRaced, Refused) as reason:
                return self._first_answer(order, reason)
        raise VersionConflict(self._refs_of(order)[0].stream, -1, -1)

    def execute_many(self, orders: Sequence[Order]) -> list[Outcome | Refused]:
        """Carry out many commands, up to 500 a transaction, each accepted or refused by itself, in order."""
        results: list[Outcome | Refused] = []
        for start in range(0, len(orders), MAX_ORDERS_A_TRANSACTION):
            results += self._execute_batch(orders[start : start + MAX_ORDERS_A_TRANSACTION])
        return results

    def outcome_of(self, command_id: str) -> Outcome | None:
        """The stored outcome of a command, if it was carried out."""
        return self.outcomes_of([command_id]).get(command_id)

    def outcomes_of(self, command_ids: Sequence[str]) -> dict[str, Outcome]:
        """The stored outcomes of those of the commands that were carried out."""
        return {id_: outcome for id_, (outcome, _) in self._stored(command_ids).items()}

    def context_for(self, order: Order) -> Context:
        now = self.clock.now()
        return Context(
            caller=order.caller,
            now=now,
            today=local_date(now),
            correlation=order.correlation or order.command_id,
            causation=order.causation,
        )

    def transact(self, body: Callable[[UnitOfWork], T], keys: Iterable[str] = ()) -> T:
        """Run `body` in a transaction and commit. `body` may run several times; it must only use its unit of work.

        Raises an error that `is_passing` knows when the database does not carry it out within half a minute.
        """
        with pymongo.timeout(TRANSACTION_WITHIN_S), self._latched(keys):
            try:
                result = self._committed(body, self._known)
            except StreamRaced:
                if self._known is None:
                    raise
                self._known = None  # what was remembered had grown old
                result = self._committed(body, None)
        for call in self._after_commit:
            call()
        return result

    def _committed(self, body: Callable[[UnitOfWork], T], known: Control | None) -> T:
        memories = [known]  # good for the first try only: a try is repeated because something moved
        works: list[UnitOfWork] = []

        def attempt(session: ClientSession) -> T:
            works.append(UnitOfWork(self.store, session, memories.pop() if memories else None))
            return body(works[-1])

        with self.store.client.start_session() as session:
            result = session.with_transaction(attempt, read_concern=SNAPSHOT, write_concern=DURABLE)
        self._remember(works[-1].control)
        return result

    def _remember(self, control: Control) -> None:
        known = self._known or Control()
        moved = {partition: head.after() for partition, head in control.heads.items() if head.position != head.start}
        if control.heads:
            self._known = Control({**control.heads, **known.heads, **moved}, control.pointers)

    # -- one

    def _transact_one(self, order: Order) -> Outcome:
        def body(work: UnitOfWork) -> Outcome:
            work.begin()
            outcome = work.execute(order, self.context_for(order))
            work.flush()
            return outcome

        return self.transact(body, [ref.key for ref in self._refs_of(order)])

    def _first_answer(self, order: Order, reason: Exception) -> Outcome:
        stored = self._stored([order.command_id]).get(order.command_id)
        if stored is None:
            raise reason
        return _same_request(order, *stored)

    # -- many

    def _execute_batch(self, orders: Sequence[Order]) -> list[Outcome | Refused]:
        for _ in range(MAX_RACES):
            try:
                return self._transact_batch(orders)
            except (StreamRaced, CommandRaced):
                continue
            except Refused:
                break  # a unique value was taken: only one by one shows whose
        return [self._settle(order) for order in orders]

    def _transact_batch(self, orders: Sequence[Order]) -> list[Outcome | Refused]:
        stored = self._stored([order.command_id for order in orders])

        def body(work: UnitOfWork) -> list[Outcome | Refused]:
            work.begin()
            new = [order for order in orders if order.command_id not in stored]
            work.preload(ref for order in new for ref in self._refs_of(order))
            answered = dict(stored)
            results = [self._in_batch(work, order, answered) for order in orders]
            work.flush()
            return results

        return self.transact(body, {ref.key for order in orders for ref in self._refs_of(order)})

    def _in_batch(self, work: UnitOfWork, order: Order, answered: dict[str, Answer]) -> Outcome | Refused:
        """An order of a batch; `answered` grows, since the same order may stand in one batch twice."""
        try:
            if order.command_id in answered:
                return _same_request(order, *answered[order.command_id])
            self._check_role(order)
            outcome = work.execute(order, self.context_for(order))
            answered[order.command_id] = outcome, order.fingerprint
            return outcome
        except Refused as refusal:
            return refusal

    def _settle(self, order: Order) -> Outcome | Refused:
        try:
            return self.execute(order)
        except Refused as refusal:
            return refusal

    # -- shared

    def _refs_of(self, order: Order) -> Sequence[Any]:
        return self.store.service.commands.handler(order.command).touches(order.command)

    def _check_role(self, order: Order) -> None:
        handler = self.store.service.commands.handler(order.command)
        if order.caller.role not in handler.roles and order.caller.role != SYSTEM_ROLE:
            raise RoleNotAllowed(order.caller.role, handler.command.NAME)

    def _stored(self, command_ids: Sequence[str]) -> dict[str, Answer]:
        return {
            record["_id"]: (
                Outcome(
                    command_id=record["_id"],
                    stream=record["stream"],
                    version=record["version"],
                    events=tuple(record["events"]),
                ),
                record["fingerprint"],
            )
            for record in self.store.commands.find({"_id": {"$in": list(command_ids)}})
        }

    @contextmanager
    def _latched(self, keys: Iterable[str]) -> Iterator[None]:
        """Let this process's own writers of one partition queue here instead of losing races in the database."""
        partitions = sorted({partition_of(key, self.store.partitions) for key in keys})
        with ExitStack() as latches:
            for partition in partitions:
                latches.enter_context(self._latches[partition])
            yield


def _same_request(order: Order, outcome: Outcome, fingerprint: str) -> Outcome:
    if order.fingerprint != fingerprint:
        raise CommandIdReused()
    return outcome.as_repeat()
