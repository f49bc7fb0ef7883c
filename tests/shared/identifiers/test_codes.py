import pytest

from shared.faults import InvalidValue
from shared.identifiers.bank_account import (
    luhn_holds,
    mask_bank_account,
    parse_bank_account,
    warnings_about,
)
from shared.identifiers.division import (
    DivisionCode,
    DivisionLevel,
    contains,
    level,
    parent,
    parse_division_code,
)
from shared.identifiers.phone import mask_mobile, parse_mobile
from shared.identifiers.school_code import category_name, parse_school_code


@pytest.mark.parametrize(
    ("written", "code", "expected_level"),
    [
        ("34", "34", DivisionLevel.PROVINCE),
        ("340000", "34", DivisionLevel.PROVINCE),
        ("349900", "3499", DivisionLevel.CITY),
        ("３４９９２１", "349921", DivisionLevel.COUNTY),
        ("349921000000", "349921", DivisionLevel.COUNTY),
        ("349921100", "349921100", DivisionLevel.TOWNSHIP),
        ("349921100000", "349921100", DivisionLevel.TOWNSHIP),
        ("349921100201", "349921100201", DivisionLevel.VILLAGE),
    ],
)
def test_a_division_has_one_spelling(written: str, code: str, expected_level: DivisionLevel) -> None:
    division = parse_division_code(written)
    assert division == code
    assert level(division) is expected_level


@pytest.mark.parametrize("text", ["", "3", "34992", "0499", "34992110020", "34992A", "349921100201001"])
def test_a_division_of_another_shape_is_refused(text: str) -> None:
    with pytest.raises(InvalidValue) as refusal:
        parse_division_code(text)
    assert refusal.value.code == "division-shape"


def test_a_county_contains_its_villages_and_itself_and_not_its_neighbour() -> None:
    county, village = DivisionCode("349921"), DivisionCode("349921100201")
    assert contains(county, village)
    assert contains(county, county)
    assert not contains(village, county)
    assert not contains(DivisionCode("349922"), village)


def test_a_village_has_four_divisions_above_it() -> None:
    above, code = [], parent(DivisionCode("349921100201"))
    while code:
        above.append(code)
        code = parent(code)
    assert above == ["349921100", "349921", "3499", "34"]


def test_a_school_code_tells_the_category() -> None:
    assert category_name(parse_school_code(" ２１３４000123")) == "小学"
    assert category_name(parse_school_code("3934000123")) is None


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("213400012", "school-code-shape"),
        ("21340001234", "school-code-shape"),
        ("0034000123", "school-code-range"),
        ("2199000123", "school-code-range"),
    ],
)
def test_an_impossible_school_code_is_refused(text: str, code: str) -> None:
    with pytest.raises(InvalidValue) as refusal:
        parse_school_code(text)
    assert refusal.value.code == code


def test_a_card_number_that_breaks_the_luhn_rule_is_doubted_and_not_refused() -> None:
    card, passbook = parse_bank_account("4111 1111 1111 1111"), parse_bank_account("620000000000000006")
    assert luhn_holds(card)
    assert warnings_about(card) == ()
    assert [fault.code for fault in warnings_about(passbook)] == ["bank-account-luhn"]


@pytest.mark.parametrize("text", ["", "12345678901", "1" * 20, "62000000000000000A"])
def test_a_bank_account_of_another_shape_is_refused(text: str) -> None:
    with pytest.raises(InvalidValue) as refusal:
        parse_bank_account(text)
    assert refusal.value.code == "bank-account-shape"


@pytest.mark.parametrize("text", ["13900001234", "１３９００００１２３４", "+86 139-0000-1234", "008613900001234"])
def test_a_mobile_number_has_one_spelling(text: str) -> None:
    assert parse_mobile(text) == "13900001234"


@pytest.mark.parametrize("text", ["", "12900001234", "1390000123", "139000012345", "0551-62800000"])
def test_what_is_no_mobile_number_is_refused(text: str) -> None:
    with pytest.raises(InvalidValue) as refusal:
        parse_mobile(text)
    assert refusal.value.code == "phone-shape"


def test_masks_leave_the_last_four() -> None:
    assert mask_mobile("13900001234") == "139****1234"
    assert mask_bank_account("6200000000000000005") == "***************0005"
    assert mask_bank_account("1234") == "****"
