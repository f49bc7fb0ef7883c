"""One batch of another service's events, taken in inside one transaction."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby
from typing import Any

from pymongo import UpdateOne

from shared.calendar.zone import local_date
from shared.kernel import parking
from shared.kernel.aggregates import Ref
from shared.kernel.application import Application
from shared.kernel.caller import system_caller
from shared.kernel.commands import Context, Order
from shared.kernel.continuity import Checkpoint
from shared.kernel.deadlines import derived_id
from shared.kernel.parking import Failure
from shared.kernel.raced import StreamRaced, is_passing
from shared.kernel.recorded import Recorded
from shared.kernel.store import Document, checkpoint_id
from shared.kernel.unit_of_work import UnitOfWork


@dataclass(slots=True)
class Taken:
    """What became of a batch. `gaps` maps a partition to the position after which events are missing."""

    applied: int = 0
    repeated: int = 0
    parked: int = 0
    gaps: dict[int, int] = field(default_factory=dict)


class Taking:
    """One batch of one source inside one transaction."""

    def __init__(self, application: Application, work: UnitOfWork, source: str) -> None:
        self._store = application.store
        self._service = application.store.service
        self._types = self._service.contracts[source]
        self._ledgers = self._service.ledgers_fed_by(source)
        self._work = work
        self._source = source
        self._now = application.clock.now()
        self._parked: list[Document] = []

    def run(self, batch: Sequence[Recorded], blame: BaseException | None) -> Taken:
        partitions = sorted({event.partition for event in batch})
        self._work.begin([(self._source, partition) for partition in partitions])
        taken = Taken()
        fresh = self._fresh(batch, taken)
        held = self._keys_held(fresh)
        if blame is None:  # else reading ahead may be what failed
            self.preload([event for event in fresh if event.key not in held])
        for event in fresh:
            self._take_one(event, held, blame)
        taken.parked = len(self._parked)
        taken.applied = len(fresh) - taken.parked
        self._work.flush()
        self._write(fresh)
        return taken

    def _fresh(self, batch: Sequence[Recorded], taken: Taken) -> list[Recorded]:
        """The events that come next in their partitions; repeats are counted and gaps noted.

        Another event where the last one was applied is no repeat: it is noted as a gap, and the owner's log will say
        whether the event is forged or the log was cut back.
        """
        fresh = []
        for partition, events in groupby(batch, key=lambda event: event.partition):
            last = self._work.checkpoints[self._source, partition]
            for event in events:
                if event.position > last.position + 1 or _is_another(event, last):
                    taken.gaps[partition] = last.position
                    break
                if event.position <= last.position:
                    taken.repeated += 1
                else:
                    fresh.append(event)
                    last = Checkpoint(event.position, event.mark)
        return fresh

    def _keys_held(self, fresh: Sequence[Recorded]) -> set[str]:
        if not fresh:
            return set()
        keys = {event.key for event in fresh}
        return parking.parked_keys(self._store, self._source, keys, self._work.session)

    def preload(self, events: Sequence[Recorded]) -> None:
        """Read the ledger rows and the streams that the events will touch, together. What cannot be read yet is left
        to its step.
        """
        wanted: dict[str, list[str]] = {ledger.name: [] for ledger in self._ledgers}
        streams: list[Ref] = []
        for recorded in events:
            with suppress(Exception):  # the event's own step meets the same error and parks it
                event = self._types.decode(recorded.type, recorded.data)
                for ledger in self._ledgers:
                    if type(event) in ledger.events and (key := ledger.key(event, recorded)) is not None:
                        wanted[ledger.name].append(key)
                for order in self._orders(event, recorded):
                    streams += self._service.commands.handler(order.command).touches(order.command)
        self._work.preload(streams)
        for ledger in self._ledgers:
            self._work.preload_rows(ledger, wanted[ledger.name])

    def _take_one(self, event: Recorded, held: set[str], blame: BaseException | None) -> None:
        if event.key in held:
            self._parked.append(parking.parked_document(event, None, self._now))
            return
        try:
            if blame is not None:
                raise blame
            self.apply(event)
        except Exception as error:
            if is_passing(error):
                raise
            self._parked.append(parking.parked_document(event, Failure.first(error), self._now))
            held.add(event.key)

    def apply(self, recorded: Recorded) -> None:
        """One event's whole effect, as one step: ledgers first, then the commands it causes here."""
        if self._types.ignores(recorded.type):
            return
        event = self._types.decode(recorded.type, recorded.data)
        with self._work.step(self._context(recorded)):
            for ledger in self._ledgers:
                if type(event) in ledger.events:
                    self._work.apply(ledger, event, recorded)
            for order in self._orders(event, recorded):
                self._work.perform(order)

    def _orders(self, event: Any, recorded: Recorded) -> list[Order]:
        caller = system_caller(self._service.name)
        return [
            Order(
                command=command,
                command_id=derived_id(recorded.id, reaction.__name__, str(number)),
                caller=caller,
            )
            for reaction in self._service.reactions.get(type(event), ())
            for number, command in enumerate(reaction(event, recorded))
        ]

    def _context(self, recorded: Recorded) -> Context:
        return Context(
            caller=system_caller(self._service.name),
            now=self._now,
            today=local_date(recorded.time),  # as of when it was said, however late it is heard
            correlation=recorded.correlation,
            causation=recorded.id,
        )

    def _write(self, fresh: Sequence[Recorded]) -> None:
        if not fresh:
            return
        session, updates, applied = self._work.session, [], []
        for partition, group in groupby(fresh, key=lambda event: event.partition):
            first, *others = group
            last = others[-1] if others else first
            before = {"_id": checkpoint_id(self._source, partition), "position": first.position - 1}
            updates.append(UpdateOne(before, {"$set": {"position": last.position, "mark": last.mark}}))
            applied.append(applied_document(self._source, partition, first.position, last.position, self._now))
        if self._store.control.bulk_write(updates, session=session).matched_count != len(updates):
            raise StreamRaced("another consumer moved the checkpoint")
        self._store.applied.insert_many(applied, session=session)
        if self._parked:
            self._store.parked.insert_many(self._parked, session=session)


def _is_another(event: Recorded, last: Checkpoint) -> bool:
    return event.position == last.position and last.mark not in ("", event.mark)


def applied_document(source: str, partition: int, first: int, last: int, at: datetime) -> Document:
    """What a batch covered of a partition, under an id that sorts by position: the ground of receipts."""
    return {"_id": f"{source}/{partition:03d}/{last:012d}", "first": first, "last": last, "at": at}
