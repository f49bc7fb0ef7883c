"""Finding, judging, merging and parting: commands and decisions. The handlers bring the files of both children."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from services.registry.children.child import Child
from services.registry.children.ids import ChildId
from services.registry.children.refusals import ChildNotRegistered
from services.registry.duplicates.events import (
    DuplicateAbsorbed,
    DuplicateFound,
    DuplicateMerged,
    DuplicateReleased,
    DuplicateResolved,
    DuplicateUnmerged,
    Resolution,
)
from services.registry.duplicates.pair import PairState
from services.registry.duplicates.refusals import (
    AwayFileMerged,
    FileMerged,
    NotMerged,
    NumberWouldBeLost,
    PairUnknown,
    SameFile,
)
from services.registry.duplicates.weights import Level
from shared.kernel.commands import Context
from shared.kernel.refusals import DateInFuture


@dataclass(frozen=True, slots=True, kw_only=True)
class FindDuplicate:
    """What a search found. A pair that waits to be judged gives nothing new."""

    NAME: ClassVar[str] = "registry.find-duplicate"
    child_id: ChildId
    other_id: ChildId
    level: Level
    agreements: tuple[str, ...]
    disagreements: tuple[str, ...]
    division: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DismissDuplicate:
    """Two children, after all. They are found again only when something has come to agree that did not."""

    NAME: ClassVar[str] = "registry.dismiss-duplicate"
    child_id: ChildId
    other_id: ChildId
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MergeDuplicate:
    """`absorbed_id` is the same child as `child_id`, whose file stays."""

    NAME: ClassVar[str] = "registry.merge-duplicate"
    child_id: ChildId
    absorbed_id: ChildId
    reason: str
    merged_on: date
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class UnmergeDuplicate:
    """`child_id` was merged into `merged_into` by mistake."""

    NAME: ClassVar[str] = "registry.unmerge-duplicate"
    child_id: ChildId
    merged_into: ChildId
    reason: str
    unmerged_on: date


def find_duplicate(pair: PairState, command: FindDuplicate, context: Context) -> list[DuplicateFound]:
    """Whoever judged two files to be two children saw what agreed; only more than that is asked again."""
    judged_apart = pair.resolution in (Resolution.DIFFERENT, Resolution.PARTED)
    if pair.known and not (judged_apart and set(command.agreements) - pair.agreements):
        return []
    return [
        DuplicateFound(
            child_id=command.child_id,
            other_id=command.other_id,
            level=command.level,
            agreements=list(command.agreements),
            disagreements=list(command.disagreements),
            division=command.division,
            found_on=context.today,
        )
    ]


def dismiss_duplicate(pair: PairState, command: DismissDuplicate, context: Context) -> list[DuplicateResolved]:
    if not pair.known:
        raise PairUnknown()
    return resolve(pair, Resolution.DIFFERENT, command.reason, context.today)


def resolve(pair: PairState, resolution: Resolution, reason: str, day: date) -> list[DuplicateResolved]:
    """What the queue shows of a pair; of one that no search found, nothing."""
    if not pair.known or pair.resolution is resolution:
        return []
    return [
        DuplicateResolved(
            child_id=pair.first,
            other_id=pair.second,
            resolution=resolution,
            reason=reason,
            division=pair.division,
            resolved_on=day,
        )
    ]


def merge(kept: Child, absorbed: Child, command: MergeDuplicate, context: Context) -> list[DuplicateMerged]:
    """What happens to the absorbed file. Its own clocks stop; what it did stays in its history."""
    if kept.id == absorbed.id:
        raise SameFile()
    if not (kept.registered and absorbed.registered):
        raise ChildNotRegistered()
    if absorbed.merged_into == kept.id:
        return []
    for child in (kept, absorbed):
        if child.merged_into is not None:
            raise FileMerged(child.merged_into)
    if command.merged_on > context.today:
        raise DateInFuture("merged_on")
    if absorbed.identity.id_index and not kept.identity.id_index:
        raise NumberWouldBeLost()
    if absorbed.is_away:
        raise AwayFileMerged()
    return [
        DuplicateMerged(
            child_id=absorbed.id,
            merged_into=kept.id,
            reason=command.reason,
            evidence=list(command.evidence),
            merged_on=command.merged_on,
            cycle=absorbed.cycle,
            kept_division=kept.division,
            kept_school_code=kept.enrolment.school_code if kept.enrolment else "",
        )
    ]


def absorb(kept: Child, absorbed_id: ChildId, day: date) -> DuplicateAbsorbed:
    return DuplicateAbsorbed(child_id=kept.id, absorbed_id=absorbed_id, absorbed_on=day)


def unmerge(child: Child, command: UnmergeDuplicate, context: Context) -> list[DuplicateUnmerged]:
    if child.merged_into is None or child.merged_into != command.merged_into:
        raise NotMerged()
    if command.unmerged_on > context.today:
        raise DateInFuture("unmerged_on")
    return [
        DuplicateUnmerged(
            child_id=child.id,
            merged_into=child.merged_into,
            reason=command.reason,
            absent_since=child.absent_since,
            steady_since=child.steady_since,
            unmerged_on=command.unmerged_on,
        )
    ]


def release(kept: Child, absorbed_id: ChildId, day: date) -> DuplicateReleased:
    return DuplicateReleased(child_id=kept.id, absorbed_id=absorbed_id, released_on=day)
