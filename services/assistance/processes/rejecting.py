"""Giving up the lines of a rejected batch, a bounded number a transaction."""

from dataclasses import dataclass
from functools import partial
from typing import ClassVar

from services.assistance.batches.state import BATCHES, Batch, BatchStatus
from services.assistance.beneficiaries.consequences import release
from services.assistance.beneficiaries.state import BENEFICIARIES
from services.assistance.ids import BatchId
from services.assistance.processes.booking import book, load_child
from shared.kernel.commands import Context, Handler
from shared.kernel.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseNextLines:
    NAME: ClassVar[str] = "assistance.release-next-lines"
    batch_id: BatchId


def releases_next_lines(step: int) -> Handler:
    return Handler(
        ReleaseNextLines,
        lambda command: (BATCHES.ref(command.batch_id),),
        partial(_release_next, step),
        frozenset(),
    )


def _release_next(step: int, work: UnitOfWork, command: ReleaseNextLines, _: Context) -> None:
    batch: Batch = work.load(BATCHES.ref(command.batch_id))
    if batch.status is not BatchStatus.REJECTED:
        return
    children = [line.child_id for line in batch.kept[:step]]
    work.preload([BENEFICIARIES.ref(child_id) for child_id in children])
    key = (batch.programme_id, batch.period)
    book(work, {id_: [release(load_child(work, id_), key, "BATCH_REJECTED")] for id_ in children})
