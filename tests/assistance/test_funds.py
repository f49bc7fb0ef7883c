"""Funds: money comes in under a document number, and never goes below zero."""

from datetime import date

import pytest

from services.assistance.funds.decisions import (
    DisbursementExceedsFund,
    ReleaseExceedsCommitment,
    WithdrawReceipt,
    commit,
    pay,
    receive_fund,
    release,
    withdraw_receipt,
)
from services.assistance.funds.events import CommitmentPaid, FundCommitted, FundReceived, ReceiptWithdrawn
from services.assistance.funds.state import FUNDS
from tests.assistance.facts import B1, ENROLLED, F1, receive
from tests.given import given, on

TODAY = on(date(2026, 10, 1))


def received(fen: int = 100_000, document_no: str = "县财教〔2026〕1号") -> FundReceived:
    return FundReceived(
        fund_id=F1,
        name="生活补助资金",
        division="349921",
        source="县级财政",
        document_no=document_no,
        amount_fen=fen,
        received_on=ENROLLED,
        received_by="u1",
    )


def committed(fen: int) -> FundCommitted:
    return FundCommitted(fund_id=F1, batch_id=B1, lines=1, amount_fen=fen)


def test_money_received_makes_the_fund():
    given(FUNDS, id=F1).when(receive_fund, receive(100_000), TODAY).then(received())


def test_money_of_several_sources_adds_up():
    more = received(1, "县财教〔2026〕2号")
    assert given(FUNDS, received(), more, id=F1).state.received_fen == 100_001


def test_one_document_is_received_once():
    given(FUNDS, received(), id=F1).when(receive_fund, receive(5), TODAY).then_refused("receipt-already-recorded")


def test_one_document_is_one_however_its_number_is_typed():
    again = receive(5, "县财教 ［2026］1号".replace("［", "〔").replace("］", "〕"))
    given(FUNDS, received(), id=F1).when(receive_fund, again, TODAY).then_refused("receipt-already-recorded")


WITHDRAW = WithdrawReceipt(
    fund_id=F1, document_no="县财教〔2026〕1号", reason="金额登记错误", withdrawn_on=date(2026, 10, 1)
)
ANOTHER = on(date(2026, 10, 1), subject="u2")


def test_a_receipt_that_was_wrong_is_withdrawn_by_another_and_recorded_anew():
    gone = ReceiptWithdrawn(
        fund_id=F1,
        document_no="县财教〔2026〕1号",
        amount_fen=100_000,
        reason="金额登记错误",
        withdrawn_on=date(2026, 10, 1),
    )
    given(FUNDS, received(), id=F1).when(withdraw_receipt, WITHDRAW, ANOTHER).then(gone)
    fund = given(FUNDS, received(), gone, received(10_000), id=F1).state
    assert (fund.received_fen, fund.available_fen, fund.exists) == (10_000, 10_000, True)


@pytest.mark.parametrize(
    ("history", "context", "code"),
    [
        ([], ANOTHER, "receipt-not-recorded"),
        ([received()], on(date(2026, 10, 1), subject="U1"), "same-hand-not-allowed"),
        ([received(), committed(1)], ANOTHER, "disbursement-exceeds-fund"),
        ([received()], on(date(2026, 9, 30), subject="u2"), "date-in-future"),
    ],
)
def test_a_receipt_that_cannot_be_withdrawn(history, context, code):
    given(FUNDS, *history, id=F1).when(withdraw_receipt, WITHDRAW, context).then_refused(code)


def test_money_cannot_be_received_tomorrow():
    given(FUNDS, id=F1).when(receive_fund, receive(), on(date(2026, 8, 31))).then_refused("receipt-in-the-future")


@pytest.mark.parametrize("fund", ["a:b", "", "资金", "x" * 41])
def test_a_fund_has_an_id_that_fits_a_stream(fund: str):
    given(FUNDS, id=fund).when(receive_fund, receive(), TODAY).then_refused("fund-id-not-valid")


def test_nothing_is_not_an_amount():
    given(FUNDS, id=F1).when(receive_fund, receive(0), TODAY).then_refused("not-an-amount")


@pytest.mark.rule("1-07")
def test_no_more_is_committed_than_is_available():
    fund = given(FUNDS, received(), committed(60_000), id=F1).state
    assert commit(fund, B1, 1, 40_000) == committed(40_000)
    with pytest.raises(DisbursementExceedsFund):
        commit(fund, B1, 1, 40_001)


def test_no_more_is_released_or_paid_than_was_committed():
    fund = given(FUNDS, received(), committed(60_000), id=F1).state
    for take in (release, pay):
        with pytest.raises(ReleaseExceedsCommitment):
            take(fund, B1, 1, 60_001)


def test_what_is_paid_is_no_longer_available():
    paid = CommitmentPaid(fund_id=F1, batch_id=B1, lines=1, amount_fen=60_000)
    fund = given(FUNDS, received(), committed(60_000), paid, id=F1).state
    assert (fund.available_fen, fund.committed_fen, fund.paid_fen) == (40_000, 0, 60_000)
