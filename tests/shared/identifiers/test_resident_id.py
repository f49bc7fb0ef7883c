from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.faults import InvalidValue
from shared.identifiers.resident_id import (
    Sex,
    birth_date_of,
    check_character,
    division_hint,
    mask_resident_id,
    parse_resident_id,
    sex_of,
)

VECTORS = [
    ("349921201409031020", date(2014, 9, 3), Sex.FEMALE),
    ("349921201501010011", date(2015, 1, 1), Sex.MALE),
    ("349921201202290033", date(2012, 2, 29), Sex.MALE),
    ("34992120130901002X", date(2013, 9, 1), Sex.FEMALE),
    ("34992120180831102X", date(2018, 8, 31), Sex.FEMALE),
    ("349921201809011010", date(2018, 9, 1), Sex.MALE),
    ("349921200808310014", date(2008, 8, 31), Sex.MALE),
]
NUMBERS = [number for number, _, _ in VECTORS]


def code_of(text: str, today: date | None = None) -> str:
    with pytest.raises(InvalidValue) as refusal:
        parse_resident_id(text, today=today)
    return refusal.value.code


@pytest.mark.parametrize(("number", "born", "sex"), VECTORS)
def test_a_right_number_tells_birth_date_sex_and_origin(number: str, born: date, sex: Sex) -> None:
    resident_id = parse_resident_id(number)
    assert resident_id == number
    assert birth_date_of(resident_id) == born
    assert sex_of(resident_id) is sex
    assert division_hint(resident_id) == "349921"


@pytest.mark.parametrize("first_17", ["11010519491231002", "34052419800101001"])
def test_the_standard_s_own_examples_end_in_x(first_17: str) -> None:
    assert check_character(first_17) == "X"


@pytest.mark.parametrize(
    "written",
    [
        "３４９９２１２０１３０９０１００２Ｘ",
        "34992120130901002x",
        " 349921 20130901 002X ",
        "349921\u300020130901\u200b002X\ufeff",
        "'34992120130901002X",
    ],
)
def test_a_number_is_read_as_people_type_it(written: str) -> None:
    assert parse_resident_id(written) == "34992120130901002X"


def test_an_old_number_is_brought_to_eighteen() -> None:
    assert parse_resident_id("349921740903102") == "34992119740903102" + check_character("34992119740903102")


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("", "resident-id-length"),
        ("34992120140903102", "resident-id-length"),
        ("3499212014090310200", "resident-id-length"),
        ("34992120140903102A", "resident-id-characters"),
        ("X49921201409031020", "resident-id-characters"),
        ("34992120140903102②", "resident-id-characters"),
        ("349921201302290021", "resident-id-birth-date"),
        ("349921201413031020", "resident-id-birth-date"),
        ("349921000001011020", "resident-id-birth-date"),
        ("349921741303102", "resident-id-birth-date"),
        ("349921201409031021", "resident-id-check-digit"),
    ],
)
def test_a_wrong_number_is_refused_with_its_reason(written: str, code: str) -> None:
    assert code_of(written) == code


def test_a_birth_date_after_today_is_refused() -> None:
    assert code_of("34992120180831102X", date(2018, 8, 30)) == "resident-id-born-in-future"
    assert parse_resident_id("34992120180831102X", today=date(2018, 8, 31))


@given(st.sampled_from(NUMBERS), st.integers(0, 17), st.sampled_from("0123456789X"))
def test_one_wrong_character_never_passes(number: str, place: int, char: str) -> None:
    wrong = number[:place] + char + number[place + 1 :]
    if wrong != number:
        assert code_of(wrong).startswith("resident-id-")


@given(st.sampled_from(NUMBERS), st.integers(0, 15))
def test_two_swapped_neighbours_never_pass(number: str, place: int) -> None:
    swapped = number[:place] + number[place + 1] + number[place] + number[place + 2 :]
    if swapped != number:
        assert code_of(swapped).startswith("resident-id-")


def test_a_refusal_says_what_to_do_and_never_repeats_the_number() -> None:
    with pytest.raises(InvalidValue) as refusal:
        parse_resident_id("349921201409031021")
    fault = refusal.value.fault
    assert "校验位" in fault.zh
    assert fault.remedy_zh
    assert "3499212014" not in str(refusal.value) + fault.zh + fault.en


def test_a_mask_hides_the_birth_date() -> None:
    assert mask_resident_id("34992120180831102X") == "349921********102X"
    assert mask_resident_id("34992120") == "********"
