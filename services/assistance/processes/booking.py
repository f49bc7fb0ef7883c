"""Appending a child's events together with what they mean for funds and batches."""

from collections.abc import Iterable, Mapping, Sequence

from services.assistance.batches.state import BATCHES, Batch
from services.assistance.beneficiaries.consequences import BatchFacts
from services.assistance.beneficiaries.state import BENEFICIARIES, Beneficiary, LineStatus
from services.assistance.funds.state import FUNDS
from services.assistance.ids import ChildId
from services.assistance.postings import batch_notes, fund_moves
from shared.kernel.unit_of_work import UnitOfWork


def book(work: UnitOfWork, events: Mapping[ChildId, Sequence[object]]) -> None:
    """Append the events to their children's streams, and their postings to the funds and batches they name."""
    for child_id, own in events.items():
        work.append(BENEFICIARIES.ref(child_id), own)
    everything = [event for own in events.values() for event in own]
    for move in fund_moves(everything):
        ref = FUNDS.ref(move.fund_id)
        work.append(ref, [move.decide(work.load(ref), move.batch_id, move.lines, move.amount_fen)])
    for note in batch_notes(everything):
        work.append(BATCHES.ref(note.batch_id), [note])


def load_child(work: UnitOfWork, child_id: ChildId) -> Beneficiary:
    child: Beneficiary = work.load(BENEFICIARIES.ref(child_id))
    return child


def batch_facts(work: UnitOfWork, child: Beneficiary) -> BatchFacts:
    """What the batches say of the child's lines that are in one."""
    inside = {key: line for key, line in child.lines.items() if line.status is LineStatus.IN_BATCH}
    batches = _load_batches(work, {line.batch_id for line in inside.values()})
    return BatchFacts(
        at_bank=frozenset(key for key, line in inside.items() if batches[line.batch_id].is_sent(child.id)),
        left_behind=frozenset(key for key, line in inside.items() if batches[line.batch_id].is_left_behind(child.id)),
    )


def _load_batches(work: UnitOfWork, ids: Iterable[str]) -> dict[str, Batch]:
    return {id_: work.load(BATCHES.ref(id_)) for id_ in sorted(ids)}
