import pytest

from shared.privacy.masking import (
    mask_address,
    mask_bank_account,
    mask_mobile,
    mask_name,
    mask_resident_id,
    mask_student_number,
)


@pytest.mark.parametrize(
    ("name", "shown"),
    [("张小三", "张*三"), ("张三", "张*"), ("张", "*"), ("", ""), ("阿依古丽·艾力", "阿*****力")],
)
def test_a_name_in_a_public_notice_keeps_its_ends(name: str, shown: str) -> None:
    assert mask_name(name) == shown


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("临川省岩江县青石镇河口村3组12号", "临川省岩江县青石镇***"),
        ("岩江县城关街道书院路5号", "岩江县城关街道***"),
        ("岩江县书院路5号", "岩江县***"),
        ("河口村镇北组", "***"),
        ("", ""),
    ],
)
def test_an_address_is_shown_down_to_the_township(address: str, shown: str) -> None:
    assert mask_address(address) == shown


@pytest.mark.parametrize("mask", [mask_resident_id, mask_student_number, mask_mobile, mask_bank_account, mask_name])
def test_no_mask_fails_or_shows_a_short_value(mask) -> None:
    assert mask("") == ""
    assert mask("7") == "*"
    assert len(mask("x" * 25)) == 25
