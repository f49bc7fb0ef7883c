"""Shares are shown with their base and never look better than they are."""

import pytest

from shared.shares import capped_share, share


@pytest.mark.parametrize(
    ("part", "whole", "text"),
    [
        (0, 0, "0/0"),
        (0, 7, "0/7（0.00%）"),
        (3, 4, "3/4（75.00%）"),
        (1, 3, "1/3（33.33%）"),
        (1, 800, "1/800（0.13%）"),
        (99996, 100000, "99996/100000（99.99%）"),
        (1, 100000, "1/100000（不足0.01%）"),
        (7, 7, "7/7（100.00%）"),
        (-3, 4, "-3/4（-75.00%）"),
        (-1, 800, "-1/800（-0.13%）"),
        (-1, 100000, "-1/100000（不足0.01%）"),
        (9, 8, "9/8（112.50%）"),
    ],
)
def test_a_share_is_rounded_half_up_to_two_decimals(part: int, whole: int, text: str) -> None:
    assert share(part, whole) == text


def test_a_hundred_percent_stands_only_where_nothing_is_missing() -> None:
    for whole in range(1, 200_000, 777):
        assert "100" not in share(whole - 1, whole).partition("（")[2]


@pytest.mark.parametrize(
    ("part", "whole", "text"),
    [(9, 8, "9/8（100.00%，已封顶）"), (8, 8, "8/8（100.00%）"), (7, 8, "7/8（87.50%）"), (1, 0, "1/0")],
)
def test_a_capped_share_is_never_above_a_hundred_and_says_so(part: int, whole: int, text: str) -> None:
    assert capped_share(part, whole) == text
