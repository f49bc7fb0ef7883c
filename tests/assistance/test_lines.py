"""Claims: one a child, programme and term, for ever."""

from dataclasses import replace
from datetime import date

import pytest

from services.assistance.beneficiaries.events import EntitlementHeld, EntitlementSuspended
from services.assistance.beneficiaries.facts import Payee
from services.assistance.beneficiaries.line_events import LineRefused, PaymentCorrected
from services.assistance.beneficiaries.lines import Unpayable, Wanted, prepare_line, unpayable
from services.assistance.beneficiaries.payments import CorrectPayment, correct_payment
from services.assistance.beneficiaries.state import BENEFICIARIES
from services.assistance.ids import BatchId, FundId
from services.assistance.programmes.state import Terms
from tests.assistance.county import POLICY
from tests.assistance.facts import AUTUMN, B1, C1, F1, HALF_YEAR, P1, TERM, granted, paid, prepared, sent_back
from tests.given import given, on

DAY = date(2026, 10, 12)
WANTED = Wanted(
    batch_id=B1,
    fund_id=F1,
    seq=1,
    programme=Terms(
        programme_id=P1,
        standards=tuple(POLICY.living_subsidy.standards),
        categories=frozenset(POLICY.living_subsidy.categories),
        attendance_bound=True,
        first_term=AUTUMN,
        conflicts=frozenset(),
    ),
    term=TERM,
    payee=Payee("enc:k:sealed", "石大山"),
    available_fen=HALF_YEAR,
)
HELD = EntitlementHeld(child_id=C1, programme_id=P1, reason="SUSPECTED_DROPOUT", held_on=DAY, cycle=1)
SUSPENDED = EntitlementSuspended(child_id=C1, programme_id=P1, from_on=DAY, cycle=1)


def prepare(child, wanted, _):
    return prepare_line(child, wanted)


def test_an_entitled_child_gets_its_half_year():
    given(BENEFICIARIES, granted()).when(prepare, WANTED, on(DAY)).then(prepared())


@pytest.mark.parametrize("history", [[prepared()], [prepared(), paid()], [prepared(), sent_back()]])
def test_a_term_that_is_claimed_paid_or_sent_back_gets_no_second_line(history):
    again = replace(WANTED, batch_id=BatchId("batch-bbbbbb"))
    given(BENEFICIARIES, granted(), *history).when(prepare, again, on(DAY)).then_nothing()


@pytest.mark.parametrize(
    ("history", "wanted", "reason"),
    [
        ([], WANTED, Unpayable.NOT_ENTITLED),
        ([granted(), HELD], WANTED, Unpayable.HELD),
        ([granted(), HELD, SUSPENDED], WANTED, Unpayable.SUSPENDED),
        ([granted()], replace(WANTED, payee=None), Unpayable.NO_ACCOUNT),
        ([granted()], replace(WANTED, available_fen=HALF_YEAR - 1), Unpayable.FUND_EXHAUSTED),
        (
            [
                granted(),
                prepared(),
                sent_back(),
                PaymentCorrected(child_id=C1, programme_id=P1, period=AUTUMN, note="已激活", corrected_on=DAY),
            ],
            replace(WANTED, fund_id=FundId("f2")),
            Unpayable.OTHER_FUND,
        ),
    ],
)
def test_whoever_gets_no_line_is_told_why(history, wanted, reason):
    assert unpayable(given(BENEFICIARIES, *history).state, wanted) is reason


def test_a_child_that_dropped_out_is_listed_as_refused():
    refused = LineRefused(child_id=C1, programme_id=P1, period=AUTUMN, batch_id=B1, reason="SUSPENDED")
    given(BENEFICIARIES, granted(), SUSPENDED).when(prepare, WANTED, on(DAY)).then(refused)


def test_a_mended_payment_is_reissued_without_new_money():
    mend = CorrectPayment(child_id=C1, programme_id=P1, period=AUTUMN, note="已激活")
    child = given(BENEFICIARIES, granted(), prepared(), sent_back())
    mended = child.when(correct_payment, mend, on(DAY))
    [reissued] = prepare_line(mended.state, replace(WANTED, available_fen=0))
    assert (reissued.TYPE, reissued.amount_fen) == ("assistance.payment-reissued.v1", HALF_YEAR)


def test_only_what_the_bank_sent_back_can_be_corrected():
    mend = CorrectPayment(child_id=C1, programme_id=P1, period=AUTUMN, note="已激活")
    child = given(BENEFICIARIES, granted(), prepared(), paid())
    child.when(correct_payment, mend, on(DAY)).then_refused("nothing-to-correct")
