"""A pattern means to us what it means to everybody who reads the description."""

from pathlib import Path

import pytest
import regress
from hypothesis import example, given
from hypothesis import strategies as st
from marshmallow import ValidationError

from shared.http.idempotency import KEY
from shared.http.patterns import DIVISION, NOT_BLANK, SHA_256, Pattern
from shared.http.preconditions import ETAG, IF_MATCH

ROOT = Path(__file__).parents[3]
PATTERNS = (DIVISION, SHA_256, NOT_BLANK, KEY, ETAG, IF_MATCH)
LIKELY = st.text(
    st.sampled_from(list('0123456789abcdefg"*!~ \n\r\t\x0b\x1c\x85\xa0\u2028\u3000\ufeff３٤中😀')), max_size=70
)


@given(text=LIKELY | st.text(max_size=20))
@example(text="349921\n")
@example(text="３４９９２１")
@example(text="٣٤٩٩٢١")
@example(text="\ufeff\x85")
def test_ecma_262_finds_what_we_find(text: str) -> None:
    for pattern in PATTERNS:
        assert pattern.fits(text) == (regress.Regex(pattern.expression, "u").find(text) is not None), pattern


@pytest.mark.parametrize(
    "expression",
    [
        *[r"^\d{2}$", r"^\w+$", r"\s*\S", r"\bword\b", r"[0-9]+\Z", r"\A[0-9]"],
        *["(?P<year>[0-9]+)", "(?i)abc", "^a$b", "^.$", "a{,3}", "a++", "[]a]"],
    ],
)
def test_what_would_mean_something_else_elsewhere_is_no_pattern(expression: str) -> None:
    with pytest.raises(ValueError, match="ECMA-262"):
        Pattern(expression)


@pytest.mark.parametrize("text", ["349921\n", "３４９９２１", "3", "3499211012061", "", "34 "])
def test_a_division_is_its_digits_and_nothing_around_them(text: str) -> None:
    with pytest.raises(ValidationError, match="区划代码应为2至12位数字"):
        DIVISION(text)


def test_what_fits_is_let_through() -> None:
    assert DIVISION("349921") == "349921"
    assert NOT_BLANK(" 有话 ") == " 有话 "


def test_no_route_has_a_pattern_of_another_kind() -> None:
    """`validate.Regexp` reads Python's dialect, and not from the beginning to the end."""
    edges = [*ROOT.glob("shared/http/*.py"), *ROOT.glob("services/*/api/**/*.py")]
    assert len(edges) > 50
    assert [path for path in edges if "Regexp(" in path.read_text("utf-8")] == []
