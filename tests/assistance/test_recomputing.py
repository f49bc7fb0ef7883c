"""When a term's dates change, what is still to be paid for it is computed anew; what was paid stays paid."""

from datetime import date

from shared.kernel.recomputing import RecomputeNext
from shared.money import prorate
from tests import calendars
from tests.assistance.county import County
from tests.assistance.facts import (
    AUTUMN,
    B1,
    HALF_YEAR,
    TERM,
    batch_in,
    county,
    dispatch,
    dropped_out,
    prepare,
    returned,
    settle,
)

LINE = f"c1:p1:{AUTUMN}"
AWAY, BACK, LAST = date(2026, 10, 12), date(2026, 10, 22), date(2027, 1, 29)
LONGER = f'[[term]]\nid = "{AUTUMN}"\nfirst = {TERM.first_day}\nlast = {LAST}\n'


def away_for_ten_days() -> County:
    return county("c1").say(dropped_out(AWAY)).say(returned(BACK)).settle_down()


def load(place: County) -> County:
    place.calendar = calendars.content(LONGER).over(place.calendar)
    place.send(RecomputeNext(generation=0, part=0, after=""))
    return place.settle_down()


def amount(place: County) -> int:
    return int(place.rows("payment-lines")[LINE]["amount_fen"])


def days(last: date) -> int:
    return (last - TERM.first_day).days + 1


def test_a_line_that_is_not_with_the_bank_is_given_up_and_prepared_anew_for_the_terms_new_days() -> None:
    place = prepare(away_for_ten_days())
    before = days(TERM.last_day)
    assert amount(place) == prorate(HALF_YEAR, before - 10, before)
    load(place)
    assert place.rows("payment-lines")[LINE]["status"] == "RELEASED"
    prepare(place, "b2")
    assert amount(place) == prorate(HALF_YEAR, days(LAST) - 10, days(LAST))


def test_a_whole_terms_line_and_one_that_was_paid_stay_as_they_are() -> None:
    whole = prepare(county("c1"))
    load(whole)
    assert whole.rows("payment-lines")[LINE]["status"] == "IN_BATCH"
    paid = settle(dispatch(away_for_ten_days()))
    before = amount(paid)
    load(paid)
    assert (amount(paid), paid.rows("payment-lines")[LINE]["status"]) == (before, "PAID")
    assert batch_in(paid, B1).status is not None
