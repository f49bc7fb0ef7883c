"""Reading one source for as long as the worker lives: poll, apply, fill gaps, start over after trouble."""

import threading
import time

import structlog

from shared.kernel.consumer import MAX_BATCH, Consumer, Taken
from shared.kernel.sources import Source

log = structlog.get_logger()
POLL_SECONDS = 20.0
RECONCILE_SECONDS = 5.0


class Reader:
    """Drives one source into the consumer.

    The owner's heads are compared from time to time, so that events a transport lost (a deleted topic, a malformed
    record) are fetched from the owner's log even when nothing newer shows the gap.
    """

    def __init__(
        self, consumer: Consumer, source: Source, *, reconcile: bool, poll_seconds: float = POLL_SECONDS
    ) -> None:
        self._consumer = consumer
        self._source = source
        self._reconcile = reconcile
        self._poll_seconds = min(poll_seconds, RECONCILE_SECONDS) if reconcile else poll_seconds
        self._reconciled_at = 0.0
        self._started = False

    @property
    def name(self) -> str:
        return f"read-{self._source.service}"

    def step(self, stop: threading.Event) -> None:
        """One round. Raises what went wrong; the next round then starts again from the checkpoints."""
        try:
            if not self._started:
                self._source.start(self._consumer.positions(self._source.service))
                self._started = True
            taken = self._consumer.take(self._source.poll(self._poll_seconds))
            self._note(taken)
            self._fill(taken.gaps, stop)
            if self._reconcile and time.monotonic() - self._reconciled_at > RECONCILE_SECONDS:
                self._fill(self._behind(), stop)
                self._reconciled_at = time.monotonic()
        except BaseException:
            self._started = False
            raise

    def _behind(self) -> dict[int, int]:
        positions = self._consumer.positions(self._source.service)
        heads = self._source.heads()
        return {partition: positions[partition] for partition, head in enumerate(heads) if head > positions[partition]}

    def _fill(self, gaps: dict[int, int], stop: threading.Event) -> None:
        """Fetch what is missing after these positions until the owner's log gives no more."""
        for partition, gap in gaps.items():
            position = gap
            while not stop.is_set() and (events := self._source.fetch(partition, position, MAX_BATCH)):
                self._note(self._consumer.take(events))
                position = events[-1].position

    def _note(self, taken: Taken) -> None:
        if taken.parked:
            log.warning("events parked", source=self._source.service, count=taken.parked)
