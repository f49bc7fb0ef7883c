from datetime import date

import pytest

from shared.faults import InvalidValue
from shared.identifiers.resident_id import check_character
from shared.identifiers.student_number import (
    StudentNumberKind,
    birth_date_in_number,
    embedded_resident_id,
    kind_of,
    mask_student_number,
    parse_student_number,
)

ID = "34992120180831102X"
OTHER_CHECK = "0123456789X".replace(check_character("34992120180831102"), "")


def test_a_formal_number_embeds_the_identity_number() -> None:
    number = parse_student_number(f" ｇ{ID.lower()}")
    assert number == f"G{ID}"
    assert kind_of(number) is StudentNumberKind.FORMAL
    assert embedded_resident_id(number) == ID


def test_a_formal_number_without_id_has_a_check_character_but_no_identity_number() -> None:
    number = parse_student_number(f"J{ID}")
    assert embedded_resident_id(number) is None
    assert birth_date_in_number(number) == date(2018, 8, 31)


@pytest.mark.parametrize("check", OTHER_CHECK)
def test_g_and_j_are_refused_with_a_wrong_check_character_and_l_never(check: str) -> None:
    wrong = ID[:17] + check
    for letter, code in (("G", "student-number-embedded-id"), ("J", "student-number-check-digit")):
        with pytest.raises(InvalidValue) as refusal:
            parse_student_number(letter + wrong)
        assert refusal.value.code == code
    assert parse_student_number("L" + wrong) == "L" + wrong


def test_a_temporary_number_may_hold_no_real_birth_date() -> None:
    assert birth_date_in_number(parse_student_number("L349921201302301234")) is None


@pytest.mark.parametrize("text", ["", ID, f"K{ID}", f"G{ID}1", "L34992120180831ABCD"])
def test_another_shape_is_refused(text: str) -> None:
    with pytest.raises(InvalidValue) as refusal:
        parse_student_number(text)
    assert refusal.value.code == "student-number-shape"


def test_a_student_number_is_masked_like_the_identity_number_in_it() -> None:
    assert mask_student_number(f"G{ID}") == "G349921********102X"
