"""The consumer: applies other services' events, each exactly once and in the order of its key.

The last position applied of each source partition is stored in the same transaction as the ledgers and commands that
the events caused. A repeat is dropped, a gap is reported for filling, a poisoned event is parked.
"""

from collections.abc import Iterable, Sequence

from shared.kernel import parking
from shared.kernel.application import Application
from shared.kernel.continuity import Checkpoint, checkpoint_of
from shared.kernel.parking import Failure
from shared.kernel.raced import is_passing
from shared.kernel.recorded import Recorded
from shared.kernel.store import checkpoint_id
from shared.kernel.taking import Taken, Taking, applied_document
from shared.kernel.unit_of_work import UnitOfWork

MAX_BATCH = 200


class Consumer:
    """One service's reader of all its sources."""

    def __init__(self, application: Application) -> None:
        self._application = application
        self._store = application.store
        self._service = application.store.service

    def positions(self, source: str) -> list[int]:
        """The last applied position of each of the source's partitions."""
        return [checkpoint.position for checkpoint in self.checkpoints(source)]

    def checkpoints(self, source: str) -> list[Checkpoint]:
        """The last applied position of each of the source's partitions, and the mark of the event there."""
        ids = {checkpoint_id(source, partition): partition for partition in range(self._store.partitions)}
        checkpoints = [Checkpoint()] * self._store.partitions
        for document in self._store.control.find({"_id": {"$in": list(ids)}}):
            checkpoints[ids[document["_id"]]] = checkpoint_of(document)
        return checkpoints

    def take(self, events: Iterable[Recorded]) -> Taken:
        """Apply what is new of a batch from one source, in one transaction.

        When the batch fails as a whole it is taken again event by event, so that the one at fault can be parked.
        Raises what `is_passing` knows when the database is the trouble.
        """
        batch = sorted(events, key=lambda event: (event.partition, event.position))
        if not batch:
            return Taken()
        try:
            return self._take(batch)
        except Exception as error:
            if is_passing(error):
                raise
            if len(batch) == 1:
                return self._take(batch, blame=error)
            return self._one_by_one(batch)

    def retry_parked(self) -> int:
        """Try the parked keys whose time has come; how many events were applied."""
        due = parking.due_keys(self._store, self._application.clock.now())
        return sum(self._drain(source, key) for source, key in due)

    # -- a batch

    def _one_by_one(self, batch: Sequence[Recorded]) -> Taken:
        total = Taken()
        for event in batch:
            taken = self.take([event])
            total.applied += taken.applied
            total.repeated += taken.repeated
            total.parked += taken.parked
            total.gaps |= taken.gaps
        return total

    def _take(self, batch: Sequence[Recorded], blame: BaseException | None = None) -> Taken:
        def body(work: UnitOfWork) -> Taken:
            return Taking(self._application, work, batch[0].service).run(batch, blame)

        return self._application.transact(body)

    # -- parked events

    def _drain(self, source: str, key: str) -> int:
        """Apply a key's parked events in order until one fails again or none is left."""
        applied = 0
        while self._retry_first(source, key):
            applied += 1
        return applied

    def _retry_first(self, source: str, key: str) -> bool:
        try:
            return self._application.transact(lambda work: self._apply_first(work, source, key))
        except Exception as error:
            if is_passing(error):
                raise
            self._note_failure(source, key, error)
            return False

    def _apply_first(self, work: UnitOfWork, source: str, key: str) -> bool:
        document = parking.first_of_key(self._store, source, key, work.session)
        now = self._application.clock.now()
        if document is None or document["next_try_at"] is None or document["next_try_at"] > now:
            return False
        event = parking.event_of(document)
        work.begin([(source, event.partition)])  # afresh: where no event is appended, no head shows an old memory
        taking = Taking(self._application, work, source)
        taking.preload([event])
        taking.apply(event)
        work.flush()
        parking.remove_first(self._store, document, now, work.session)
        marker = checkpoint_id(source, event.partition)  # a rebuild that read before this must notice
        self._store.control.update_one({"_id": marker}, {"$inc": {"turn": 1}}, session=work.session)
        released = applied_document(source, event.partition, event.position, event.position, now)
        released["_id"] += "/released"
        self._store.applied.insert_one(released, session=work.session)
        return True

    def _note_failure(self, source: str, key: str, error: Exception) -> None:
        document = parking.first_of_key(self._store, source, key)
        if document is not None:
            failure = Failure(parking.describe(error), document["attempts"] + 1)
            fields = parking.retry_fields(failure, self._application.clock.now())
            self._store.parked.update_one({"_id": document["_id"]}, {"$set": fields})
