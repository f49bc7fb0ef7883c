"""What must hold of the money after every step, whatever happened."""

from services.assistance.batches.state import EntryState
from services.assistance.beneficiaries.state import BENEFICIARIES, Beneficiary, Line
from tests.assistance.county import TERMS, County
from tests.assistance.facts import batch_in

CHILDREN = ("k1", "k2", "k3", "k4", "k5")
FUNDS = ("f1", "f2")


def books(place: County) -> None:
    """In each fund received = available + committed + paid, where committed is the sum of the unpaid lines and paid
    that of all payments, those beyond a claim included."""
    children = [place.state(BENEFICIARIES.ref(name)) for name in CHILDREN]
    for id_ in FUNDS:
        fund = place.fund(id_)
        unpaid = sum(line.amount_fen for each in children for line in each.unpaid().values() if line.fund_id == id_)
        paid = sum(payment.amount_fen for payment in payments(children) if payment.fund_id == id_)
        assert (fund.committed_fen, fund.paid_fen) == (unpaid, paid)
        assert fund.received_fen == fund.available_fen + fund.committed_fen + fund.paid_fen
        assert fund.available_fen >= 0
        row = place.rows("funds")[id_]
        assert (row["available_fen"], row["committed_fen"], row["paid_fen"]) == (
            fund.available_fen,
            fund.committed_fen,
            fund.paid_fen,
        )


def payments(children: list[Beneficiary]) -> list[Line]:
    return [payment for each in children for key in each.lines for payment in each.payments(key)]


def paid_twice_is_listed(place: County) -> None:
    """The bank pays a term twice only by saying later that a payment went through; and then all beyond what is due is
    listed as an overpayment."""
    for name in CHILDREN:
        child = place.state(BENEFICIARIES.ref(name))
        assert child.beyond.keys() <= child.lines.keys()
        for key, line in child.lines.items():
            paid = child.payments(key)
            row = place.rows("payment-lines")[f"{name}:{key[0]}:{key[1]}"]
            assert len({payment.batch_id for payment in paid}) == len(paid)
            assert row["over_fen"] == line.over_fen
            assert (row["claim"], row["batch_id"], row["fund_id"]) == (line.status, line.batch_id, line.fund_id)
            assert len(row["beyond"]) == len(child.beyond.get(key, ()))
            if paid:
                due = child.entitlement(key[0]).due_at(line.year_fen, TERMS.term(key[1])).amount_fen
                assert row["over_fen"] == max(0, sum(payment.amount_fen for payment in paid) - due)


def batches_tell_what_the_children_say(place: County, names: list[str]) -> None:
    """What a batch says is paid are exactly the payments that its children have of it."""
    children = {name: place.state(BENEFICIARIES.ref(name)) for name in CHILDREN}
    for name in names:
        batch, row = batch_in(place, name), place.rows("batches").get(name, {})
        paid, returned = batch.lines(EntryState.PAID), batch.lines(EntryState.RETURNED)
        held = {id_ for id_, child in children.items() for each in payments([child]) if each.batch_id == name}
        assert {line.child_id for line in paid} == held
        if row:
            assert (row["paid"], row["returned"]) == (len(paid), len(returned))
            assert (row["paid_fen"], row["returned_fen"]) == (
                sum(line.amount_fen for line in paid),
                sum(line.amount_fen for line in returned),
            )
            assert row["unconfirmed"] == sum(entry.proposed is not None for entry in batch.entries.values())
