"""Reading one source for as long as the worker lives: poll, apply, fill gaps, start over after trouble."""

import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager

import structlog

from shared.kernel.consumer import MAX_BATCH, Consumer
from shared.kernel.continuity import SourceCutBack, holds, require_same_past
from shared.kernel.sources import Source, SourceUnavailable
from shared.kernel.taking import Taken

log = structlog.get_logger()
POLL_SECONDS = 20.0
RECONCILE_SECONDS = 5.0


class Reader:
    """Drives one source into the consumer.

    With `reconcile` the owner's heads are compared from time to time, so that events a transport lost (a deleted
    topic, a malformed record) are fetched from the owner's log even when nothing newer shows the gap. Only a partition
    that stood still behind its head since the look before is fetched: what moves, a worker is applying already.
    """

    def __init__(
        self,
        consumer: Consumer,
        source: Source,
        *,
        reconcile: bool,
        poll_seconds: float = POLL_SECONDS,
        reconcile_seconds: float = RECONCILE_SECONDS,
    ) -> None:
        self._consumer = consumer
        self._source = source
        self._reconcile = reconcile
        self._reconcile_seconds = reconcile_seconds
        self._poll_seconds = min(poll_seconds, reconcile_seconds) if reconcile else poll_seconds
        self._looked_at = time.monotonic()
        self._behind: Mapping[int, int] = {}
        self._started = False

    @property
    def name(self) -> str:
        return f"read-{self._source.service}"

    def step(self, stop: threading.Event) -> None:
        """One round. Raises what went wrong; the next round then starts again from the checkpoints.

        SourceCutBack is raised, round after round, while the owner's log lacks what was read from it.
        A round that ends because of `stop` lets the source go.
        """
        try:
            if not self._started:
                self._start()
            if self._reconcile and time.monotonic() - self._looked_at > self._reconcile_seconds:
                self._looked_at = time.monotonic()
                self._fill(self._standing_behind, stop)
            taken = self._consumer.take(self._source.poll(self._poll_seconds))
            self._note(taken)
            self._fill(lambda: taken.gaps, stop)
        except BaseException as error:
            self._started = False
            if isinstance(error, SourceCutBack):
                log.error("a source was restored older than its reader", source=error.service, lost=error.partitions)
            raise
        if stop.is_set():
            self._started = False
            self._source.close()

    def _start(self) -> None:
        checkpoints = self._consumer.checkpoints(self._source.service)
        with self._owner_may_be_away():
            require_same_past(self._source, checkpoints)
        self._source.start([checkpoint.position for checkpoint in checkpoints])
        self._started = True

    def _standing_behind(self) -> Mapping[int, int]:
        checkpoints = self._consumer.checkpoints(self._source.service)
        positions = [checkpoint.position for checkpoint in checkpoints]
        heads = self._source.heads()
        if lost := [partition for partition, head in enumerate(heads) if head < positions[partition]]:
            raise SourceCutBack(self._source.service, lost)
        before, self._behind = (
            self._behind,
            {partition: positions[partition] for partition, head in enumerate(heads) if head > positions[partition]},
        )
        return {partition: at for partition, at in self._behind.items() if before.get(partition) == at}

    def _fill(self, find_gaps: Callable[[], Mapping[int, int]], stop: threading.Event) -> None:
        """Fetch what is missing until the owner's log gives no more."""
        with self._owner_may_be_away():
            for partition, gap in find_gaps().items():
                self._fill_partition(partition, gap, stop)

    @contextmanager
    def _owner_may_be_away(self) -> Iterator[None]:
        """An owner that cannot be reached stops nothing as long as a later look at the heads will find what is wrong:
        a gap, or a log that was cut back."""
        try:
            yield
        except SourceUnavailable as error:
            if not self._reconcile:
                raise
            log.warning("the owner of the log cannot be asked", source=self._source.service, error=str(error))

    def _fill_partition(self, partition: int, position: int, stop: threading.Event) -> None:
        """Raises SourceCutBack when the owner's log has another event where the last one was applied."""
        checkpoint = self._consumer.checkpoints(self._source.service)[partition]
        if not holds(self._source, partition, checkpoint):
            raise SourceCutBack(self._source.service, [partition])
        while not stop.is_set() and (events := self._source.fetch(partition, position, MAX_BATCH)):
            self._note(self._consumer.take(events))
            position = events[-1].position

    def _note(self, taken: Taken) -> None:
        if taken.parked:
            log.warning("events parked", source=self._source.service, count=taken.parked)
