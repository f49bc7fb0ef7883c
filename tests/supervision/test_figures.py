"""Shares are shown with their base and never look better than they are."""

import pytest

from services.supervision.queries import share


@pytest.mark.parametrize(
    ("part", "whole", "text"),
    [
        (0, 0, "0/0"),
        (0, 7, "0/7（0.0%）"),
        (3, 4, "3/4（75.0%）"),
        (9999, 10000, "9999/10000（99.9%）"),
        (1, 10000, "1/10000（不足0.1%）"),
        (7, 7, "7/7（100.0%）"),
    ],
)
def test_a_share_is_cut_and_never_rounded_up(part: int, whole: int, text: str) -> None:
    assert share(part, whole) == text


def test_a_hundred_percent_stands_only_where_nothing_is_missing() -> None:
    for whole in range(1, 3000, 7):
        assert "100" not in share(whole - 1, whole).partition("（")[2]
