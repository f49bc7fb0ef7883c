"""The handlers of pairs and merges. A merge is recorded in both children's streams and in the pair's, together."""

from collections.abc import Callable, Sequence
from functools import wraps
from typing import Any

from services.registry.children.child import Child
from services.registry.children.ids import ChildId
from services.registry.children.state import CHILDREN
from services.registry.duplicates.decisions import (
    DismissDuplicate,
    FindDuplicate,
    MergeDuplicate,
    UnmergeDuplicate,
    absorb,
    dismiss_duplicate,
    find_duplicate,
    merge,
    release,
    resolve,
    unmerge,
)
from services.registry.duplicates.events import Resolution
from services.registry.duplicates.pair import PAIRS, pair_id
from services.registry.duplicates.refusals import FileMerged
from shared.kernel.aggregates import Ref
from shared.kernel.commands import Context, Handler, decides
from shared.kernel.unit_of_work import UnitOfWork

Decide = Callable[[Child, Any, Context], Sequence[Any]]


def unless_merged(decide: Decide, *, tolerant: bool) -> Decide:
    """Nothing is decided about a file that was merged into another; what falls due by itself then does nothing.

    Raises FileMerged for everybody else.
    """

    @wraps(decide)
    def decided(child: Child, command: Any, context: Context) -> Sequence[Any]:
        if child.merged_into is None:
            return decide(child, command, context)
        if tolerant:
            return []
        raise FileMerged(child.merged_into)

    return decided


def duplicate_handlers(roles: frozenset[str]) -> list[Handler]:
    return [
        decides(FindDuplicate, PAIRS, _pair_of, find_duplicate, roles),
        decides(DismissDuplicate, PAIRS, _pair_of, dismiss_duplicate, roles),
        Handler(MergeDuplicate, lambda order: _touches(order.child_id, order.absorbed_id), _merge, roles),
        Handler(UnmergeDuplicate, lambda order: _touches(order.child_id, order.merged_into), _unmerge, roles),
    ]


def _pair_of(command: FindDuplicate | DismissDuplicate) -> str:
    return pair_id(command.child_id, command.other_id)


def _touches(one: ChildId, other: ChildId) -> Sequence[Ref]:
    return (CHILDREN.ref(one), CHILDREN.ref(other), PAIRS.ref(pair_id(one, other)))


def _merge(work: UnitOfWork, order: MergeDuplicate, context: Context) -> None:
    kept, absorbed, pair = _touches(order.child_id, order.absorbed_id)
    merged = merge(work.load(kept), work.load(absorbed), order, context)
    if not merged:
        return
    work.append(absorbed, merged)
    work.append(kept, [absorb(work.load(kept), order.absorbed_id, order.merged_on)])
    work.append(pair, resolve(work.load(pair), Resolution.MERGED, order.reason, order.merged_on))


def _unmerge(work: UnitOfWork, order: UnmergeDuplicate, context: Context) -> None:
    child, kept, pair = _touches(order.child_id, order.merged_into)
    work.append(child, unmerge(work.load(child), order, context))
    work.append(kept, [release(work.load(kept), order.child_id, order.unmerged_on)])
    work.append(pair, resolve(work.load(pair), Resolution.PARTED, order.reason, order.unmerged_on))
