"""A term is worth half the yearly standard for the days that were not suspended (docs/decisions/0020)."""

from datetime import date, timedelta

import pytest
from hypothesis import given as drawn
from hypothesis import strategies as st

from services.assistance.beneficiaries.entitlement import Entitlement, Span, Version
from tests.assistance.facts import TERM

DAYS = 142


def worth(year_fen: int, *away: Span) -> int:
    versions = (Version(from_on=TERM.first_day, year_fen=year_fen),)
    return Entitlement(versions=versions, away=away).due(TERM).amount_fen


@pytest.mark.parametrize(
    ("year_fen", "term_fen"), [(125_000, 62_500), (150_000, 75_000), (62_500, 31_250), (75_000, 37_500)]
)
def test_a_whole_term_is_half_the_standard(year_fen: int, term_fen: int):
    assert worth(year_fen) == term_fen


def test_suspended_days_do_not_count_and_the_day_of_return_does():
    away = Span(date(2026, 10, 12), date(2026, 10, 22))
    assert away.days_in(TERM) == 10
    assert worth(62_500, away) == round(31_250 * (DAYS - 10) / DAYS)


def test_half_a_fen_is_rounded_up():
    assert worth(1, Span(TERM.first_day, TERM.first_day + timedelta(days=0))) == 1


def test_days_before_and_after_the_term_take_nothing_away():
    before = Span(date(2026, 5, 1), TERM.first_day)
    after = Span(TERM.last_day + timedelta(days=1))
    assert worth(125_000, before, after) == 62_500


def test_an_open_absence_takes_the_rest_of_the_term():
    assert worth(125_000, Span(TERM.first_day)) == 0
    assert worth(125_000, Span(TERM.last_day)) == round(62_500 * (DAYS - 1) / DAYS)


def test_nothing_is_due_for_a_term_before_the_entitlement():
    later = Version(from_on=TERM.last_day + timedelta(days=1), year_fen=125_000)
    assert Entitlement(versions=(later,)).due(TERM).amount_fen == 0


def test_a_term_is_worth_what_the_version_at_its_end_says():
    versions = (
        Version(from_on=TERM.first_day, year_fen=62_500),
        Version(from_on=TERM.last_day, year_fen=125_000),
        Version(from_on=TERM.last_day + timedelta(days=1), year_fen=150_000),
    )
    assert Entitlement(versions=versions).due(TERM).amount_fen == 62_500


@drawn(left=st.integers(0, 200), back=st.integers(0, 200), fen=st.integers(1, 10**9))
def test_an_absence_never_adds_and_never_makes_a_debt(left: int, back: int, fen: int):
    day = TERM.first_day - timedelta(days=30)
    span = Span(day + timedelta(days=left), day + timedelta(days=back))
    assert 0 <= worth(fen, span) <= worth(fen)
