"""Long work as a chain of due commands: each step stores the next one in its own transaction.

A worker killed at any point leaves whole steps and one stored continuation; another worker goes on from there.
A step's key names its starting point, so that a step never stands in for another.
"""

from collections.abc import Mapping, Sequence

from services.assistance.batches.events import (
    BatchLinesPrepared,
    BatchLinesRemoved,
    BatchRejected,
    BatchStarted,
)
from services.assistance.ids import BatchId, ChildId, ProgrammeId
from services.assistance.processes.assessing import AssessNextChildren
from services.assistance.processes.preparing import PrepareNextLines
from services.assistance.processes.rejecting import ReleaseNextLines
from services.assistance.programmes.events import AssessmentRequested, ChildrenAssessed, ProgrammeOpened
from shared.kernel.deadlines import DeadlineChange, SetDeadline
from shared.kernel.recorded import Recorded
from shared.kernel.service import DeadlineRule


def prepare_first_lines(event: BatchStarted, recorded: Recorded) -> Sequence[DeadlineChange]:
    return [_prepare_after(event.batch_id, "", recorded)]


def prepare_next_lines(event: BatchLinesPrepared, recorded: Recorded) -> Sequence[DeadlineChange]:
    return [] if event.finished else [_prepare_after(event.batch_id, event.through, recorded)]


def release_first_lines(event: BatchRejected, recorded: Recorded) -> Sequence[DeadlineChange]:
    return [_release_after(event.batch_id, "first", recorded)]


def release_next_lines(event: BatchLinesRemoved, recorded: Recorded) -> Sequence[DeadlineChange]:
    """Also after a single line of a living batch is removed: the command then finds nothing to do."""
    return [_release_after(event.batch_id, event.children[-1], recorded)]


def assess_first_children(event: ProgrammeOpened, recorded: Recorded) -> Sequence[DeadlineChange]:
    return [_assess_after(event.programme_id, "opening", ChildId(""), recorded)]


def assess_again(event: AssessmentRequested, recorded: Recorded) -> Sequence[DeadlineChange]:
    return [_assess_after(event.programme_id, event.run, ChildId(""), recorded)]


def assess_next_children(event: ChildrenAssessed, recorded: Recorded) -> Sequence[DeadlineChange]:
    return [] if event.finished else [_assess_after(event.programme_id, event.run, event.through, recorded)]


def _prepare_after(batch_id: BatchId, after: str, recorded: Recorded) -> SetDeadline:
    command = PrepareNextLines(batch_id=batch_id, after=after)
    return SetDeadline(f"prepare:{batch_id}:{after}", recorded.time, command)


def _release_after(batch_id: BatchId, after: str, recorded: Recorded) -> SetDeadline:
    return SetDeadline(f"release:{batch_id}:{after}", recorded.time, ReleaseNextLines(batch_id=batch_id))


def _assess_after(programme_id: ProgrammeId, run: str, after: ChildId, recorded: Recorded) -> SetDeadline:
    command = AssessNextChildren(programme_id=programme_id, run=run, after=after)
    return SetDeadline(f"assess:{programme_id}:{run}:{after}", recorded.time, command)


DEADLINES: Mapping[type, DeadlineRule] = {
    BatchStarted: prepare_first_lines,
    BatchLinesPrepared: prepare_next_lines,
    BatchRejected: release_first_lines,
    BatchLinesRemoved: release_next_lines,
    ProgrammeOpened: assess_first_children,
    AssessmentRequested: assess_again,
    ChildrenAssessed: assess_next_children,
}
