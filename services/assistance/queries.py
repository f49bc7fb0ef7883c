"""What the API reads besides the ledgers."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, TypeVar

from services.assistance.batches.bank_file import BankRow
from services.assistance.batches.events import BatchLine
from services.assistance.batches.refusals import BatchNotIn
from services.assistance.batches.return_file import SentLine
from services.assistance.batches.state import BATCHES, Batch, BatchStatus, EntryState, total
from services.assistance.beneficiaries.eligibility import offer_now
from services.assistance.beneficiaries.line_events import LinePrepared, PaymentReissued
from services.assistance.beneficiaries.state import BENEFICIARIES
from services.assistance.ids import BatchId, ChildId
from services.assistance.ledgers.children import CHILDREN, facts_of
from services.assistance.ledgers.programmes import ROLL, open_programmes
from services.assistance.personal import PersonalData
from services.assistance.programmes.state import PARTITION
from shared.kernel.aggregates import Aggregate
from shared.kernel.caller import Scope
from shared.kernel.ledgers import Row
from shared.kernel.refusals import NotFound
from shared.kernel.store import Store
from shared.money import capital_amount

State = TypeVar("State")
AT_BANK = (EntryState.SENT, EntryState.PAID, EntryState.RETURNED)


@dataclass(frozen=True, slots=True)
class BatchSheet:
    """A batch as its approver reads it; the total also in capital characters."""

    batch: Batch
    version: int
    lines: list[BatchLine]

    @property
    def total_fen(self) -> int:
        return total(self.lines)

    @property
    def total_capital(self) -> str:
        return capital_amount(self.total_fen)


def batch_sheet(store: Store, scope: Scope, batch_id: BatchId) -> BatchSheet:
    """Raises NotFound, also out of scope."""
    batch, version = _load(store, scope, BATCHES, batch_id)
    states = AT_BANK if batch.lines(*AT_BANK) else (EntryState.IN, EntryState.HELD)
    return BatchSheet(batch, version, batch.lines(*states))


def bank_rows(store: Store, scope: Scope, personal: PersonalData, batch_id: BatchId) -> list[BankRow]:
    """What the bank is asked to pay, with personal data in the open: for the bank file alone.

    Raises NotFound, and BatchNotIn before the batch is sent: what is approved may still be held.
    """
    sheet = batch_sheet(store, scope, batch_id)
    if sheet.batch.status not in (BatchStatus.SENT, BatchStatus.SETTLED):
        raise BatchNotIn("sent to the bank", "已送银行")
    payees = _payees(store, sheet.batch)
    children = _children(store, [line.child_id for line in sheet.lines])
    return [
        BankRow(
            seq=line.seq,
            account=personal.account(line.child_id, payees[line.child_id].account),
            account_name=payees[line.child_id].account_name,
            id_number=personal.id_number(line.child_id, children[line.child_id]["id_number"]),
            amount_fen=line.amount_fen,
            memo=sheet.batch.memo,
        )
        for line in sheet.lines
    ]


def sent_lines(batch: Batch, rows: list[BankRow]) -> dict[int, SentLine]:
    """The lines at the bank by their sequence number, to hold a return file against."""
    accounts = {row.seq: row.account for row in rows}
    return {
        line.seq: SentLine(line.child_id, accounts[line.seq], line.amount_fen, _answer(batch, line))
        for line in batch.lines(*AT_BANK)
    }


def offers(store: Store, scope: Scope, child_id: ChildId) -> list[dict[str, Any]]:
    """What each programme offers the child on the facts known now, and if nothing, why.

    Raises NotFound, also out of scope.
    """
    row = store.ledger_collection(CHILDREN.name).find_one({"_id": child_id, **scope.criteria()})
    if row is None:
        raise NotFound(child_id)
    child = _fold(store, BENEFICIARIES, child_id)[0]
    roll = store.ledger_collection(ROLL.name).find_one({"_id": PARTITION})
    return [
        {
            "programme_id": programme.programme_id,
            "year_fen": offer.year_fen,
            "eligible": offer.year_fen > 0,
            "reason": offer.reason,
            "held": child.entitlement(programme.programme_id).held,
            "suspended": child.entitlement(programme.programme_id).suspended,
        }
        for programme in open_programmes(roll)
        for offer in [offer_now(child, facts_of(row), programme)]
    ]


def _answer(batch: Batch, line: BatchLine) -> str:
    state = batch.entries[line.child_id].state
    return "" if state is EntryState.SENT else state.value


def _payees(store: Store, batch: Batch) -> dict[ChildId, LinePrepared | PaymentReissued]:
    """The event that put each line into the batch: it holds the account that was approved."""
    streams = [BENEFICIARIES.stream(child_id) for child_id in batch.entries]
    return {event.child_id: event for event in _line_events(store, streams) if event.batch_id == batch.id}


def _line_events(store: Store, streams: list[str]) -> Iterator[LinePrepared | PaymentReissued]:
    for recorded in store.read_streams(streams):
        if recorded.type in (LinePrepared.TYPE, PaymentReissued.TYPE):
            yield store.service.events.decode(recorded.type, recorded.data)


def _children(store: Store, ids: list[ChildId]) -> dict[ChildId, Row]:
    found = store.ledger_collection(CHILDREN.name).find({"_id": {"$in": ids}})
    return {ChildId(row["_id"]): row for row in found}


def _load(store: Store, scope: Scope, aggregate: Aggregate[State], id_: str) -> tuple[State, int]:
    state, version = _fold(store, aggregate, id_)
    if not version or not scope.covers(aggregate.place(state)):
        raise NotFound(id_)
    return state, version


def _fold(store: Store, aggregate: Aggregate[State], id_: str) -> tuple[State, int]:
    state, version = aggregate.initial(id_), 0
    for recorded in store.read_streams([aggregate.stream(id_)]):
        state = aggregate.evolve(state, store.service.events.decode(recorded.type, recorded.data))
        version = recorded.version
    return state, version
