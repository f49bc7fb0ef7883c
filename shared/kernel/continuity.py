"""Does a source still hold what its reader has applied?

A log that was restored from a backup older than its reader gives positions out a second time. The reader would drop
the new events at those positions as repeats: skipped, silently. So a reader keeps, with its position, the mark of the
event it applied there, and reads on only behind that very event.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from shared.kernel.sources import Source


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """How far a reader has come in one partition. `mark` is that of the last event, "" before the first one."""

    position: int = 0
    mark: str = ""


def checkpoint_of(document: Mapping[str, Any]) -> Checkpoint:
    """As the reader's database holds it."""
    return Checkpoint(document["position"], document.get("mark", ""))


class SourceCutBack(Exception):
    """The source's log was cut back behind its reader, which cannot go on: restore both to one moment."""

    def __init__(self, service: str, partitions: Sequence[int]) -> None:
        super().__init__(f"{service}: partitions {list(partitions)} no longer hold what was read from them")
        self.service = service
        self.partitions = partitions


def require_same_past(source: Source, checkpoints: Sequence[Checkpoint]) -> None:
    """Raises SourceCutBack, or SourceUnavailable when the owner of the log cannot be asked."""
    if partitions := cut_back(source, checkpoints, source.heads()):
        raise SourceCutBack(source.service, partitions)


def cut_back(source: Source, checkpoints: Sequence[Checkpoint], heads: Sequence[int]) -> list[int]:
    """The partitions whose log no longer holds what was read. `heads` must have been read after the checkpoints.

    Raises SourceUnavailable.
    """
    return [
        partition
        for partition, (checkpoint, head) in enumerate(zip(checkpoints, heads, strict=True))
        if head < checkpoint.position or not holds(source, partition, checkpoint)
    ]


def holds(source: Source, partition: int, checkpoint: Checkpoint) -> bool:
    """Whether the owner's log has the checkpoint's own event at its position. Raises SourceUnavailable."""
    if not checkpoint.mark:  # nothing read yet, or read by a version that kept no marks
        return True
    events = source.fetch(partition, checkpoint.position - 1, 1)
    return [(event.position, event.mark) for event in events] == [(checkpoint.position, checkpoint.mark)]
