from datetime import date
from pathlib import Path

import pytest

from shared.calendar.terms import (
    SchoolYear,
    TermId,
    TermsMalformed,
    age_on,
    is_of_age_at_cut_off,
    read_terms,
    school_year_of,
)

TERMS = read_terms()
SHIPPED_DEFAULT = '[default.autumn]\nfirst="09-01"\nlast="01-20"\n[default.spring]\nfirst="02-20"\nlast="07-10"\n'


@pytest.mark.parametrize(
    ("day", "start"), [(date(2026, 8, 31), 2025), (date(2026, 9, 1), 2026), (date(2027, 8, 31), 2026)]
)
def test_a_school_year_runs_from_september_to_august(day: date, start: int) -> None:
    year = school_year_of(day)
    assert year == SchoolYear(start)
    assert year.first_day <= day <= year.last_day


@pytest.mark.parametrize(
    ("day", "term"),
    [
        (date(2026, 9, 1), "2026-autumn"),
        (date(2027, 1, 20), "2026-autumn"),
        (date(2027, 1, 21), None),
        (date(2027, 2, 20), "2027-spring"),
        (date(2027, 7, 10), "2027-spring"),
        (date(2027, 7, 11), None),
    ],
)
def test_a_day_lies_in_a_term_or_in_the_holidays(day: date, term: str | None) -> None:
    found = TERMS.term_of(day)
    assert (found.id if found else None) == term


def test_in_the_holidays_the_next_term_can_be_asked_for() -> None:
    assert TERMS.term_at_or_after(date(2027, 1, 25)).id == "2027-spring"
    assert TERMS.term_at_or_after(date(2027, 7, 20)).id == "2027-autumn"
    assert TERMS.term_at_or_after(date(2027, 3, 1)).id == "2027-spring"


def test_in_the_holidays_the_term_before_can_be_asked_for() -> None:
    assert TERMS.term_begun_by(date(2027, 1, 25)).id == "2026-autumn"
    assert TERMS.term_begun_by(date(2027, 8, 31)).id == "2027-spring"
    assert TERMS.term_begun_by(date(2027, 9, 1)).id == "2027-autumn"


@pytest.mark.parametrize("term_id", ["2026-autumn", "2027-spring"])
def test_a_term_is_found_by_its_id_again(term_id: str) -> None:
    term = TERMS.term(TermId(term_id))
    assert term.id == term_id
    assert term.school_year == SchoolYear(2026)
    assert TERMS.term_of(term.first_day) == term


def test_a_term_may_begin_in_august_when_the_county_says_so(tmp_path: Path) -> None:
    file = tmp_path / "terms.toml"
    own = '[[term]]\nid="2026-autumn"\nfirst=2026-08-29\nlast=2027-01-22\n'
    file.write_text(SHIPPED_DEFAULT + own, "utf-8")
    terms = read_terms(file)
    found = terms.term_of(date(2026, 8, 29))
    assert found is not None
    assert found.id == "2026-autumn"
    assert found.name == "2026—2027学年第一学期"
    assert terms.term_of(date(2027, 8, 29)) is None


@pytest.mark.parametrize(
    "text",
    [
        "",
        SHIPPED_DEFAULT.replace("09-01", "13-01"),
        SHIPPED_DEFAULT + '[[term]]\nid="2026-summer"\nfirst=2026-07-11\nlast=2026-08-20\n',
        SHIPPED_DEFAULT + '[[term]]\nid="2026-autumn"\nfirst="2026-09-01"\nlast=2027-01-22\n',
        SHIPPED_DEFAULT + '[[term]]\nid="2026-autumn"\nfirst=2025-09-01\nlast=2026-01-22\n',
    ],
)
def test_a_malformed_terms_file_is_refused_by_name(tmp_path: Path, text: str) -> None:
    file = tmp_path / "county-terms.toml"
    file.write_text(text, "utf-8")
    with pytest.raises(TermsMalformed, match=r"county-terms\.toml"):
        read_terms(file)


def test_age_counts_completed_years_from_the_birthday() -> None:
    assert age_on(date(2018, 8, 31), date(2024, 8, 30)) == 5
    assert age_on(date(2018, 8, 31), date(2024, 8, 31)) == 6


def test_a_leap_day_child_turns_on_the_28th_in_common_years_and_on_the_29th_in_leap_years() -> None:
    assert age_on(date(2012, 2, 29), date(2026, 2, 27)) == 13
    assert age_on(date(2012, 2, 29), date(2026, 2, 28)) == 14
    assert age_on(date(2012, 2, 29), date(2024, 2, 28)) == 11


def test_nobody_has_an_age_before_birth() -> None:
    with pytest.raises(ValueError, match="before birth"):
        age_on(date(2026, 1, 2), date(2026, 1, 1))


@pytest.mark.parametrize(
    ("birth", "of_age"),
    [
        (date(2018, 8, 31), True),  # six on the cut-off day itself
        (date(2018, 9, 1), False),  # six one day later
        (date(2008, 9, 1), True),  # still fifteen
        (date(2008, 8, 31), False),  # sixteen that day
        (date(2025, 1, 1), False),  # not born
    ],
)
def test_the_age_range_is_taken_on_the_31_of_august_before_the_school_year(birth: date, of_age: bool) -> None:
    assert is_of_age_at_cut_off(birth, SchoolYear(2024), youngest=6, oldest=15) is of_age
