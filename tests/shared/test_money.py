import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.faults import InvalidValue
from shared.money import MAX_FEN, capital_amount, parse_yuan, prorate, split_evenly, yuan

AMOUNTS = st.integers(0, MAX_FEN)
DIGITS = "零壹贰叁肆伍陆柒捌玖"
SCALES = {"拾": 10, "佰": 100, "仟": 1000, "万": 10**4, "亿": 10**8}


@given(st.integers(-MAX_FEN, MAX_FEN))
def test_an_amount_that_is_written_is_read_again(fen: int) -> None:
    assert parse_yuan(yuan(fen), allow_negative=True) == fen


@pytest.mark.parametrize(
    ("text", "fen"),
    [
        ("312.50", 31250),
        ("312.5", 31250),
        ("312", 31200),
        ("１，２５０．００", 125000),
        (" ¥1,250 元 ", 125000),
        ("￥0.01", 1),
        ("-0.00", 0),
    ],
)
def test_an_amount_is_read_as_people_write_it(text: str, fen: int) -> None:
    assert parse_yuan(text) == fen


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "money-not-an-amount"),
        ("三百", "money-not-an-amount"),
        ("1e3", "money-not-an-amount"),
        ("12,50", "money-not-an-amount"),
        ("12.", "money-not-an-amount"),
        ("312.505", "money-too-many-decimals"),
        ("312.500", "money-too-many-decimals"),
        ("-1", "money-negative"),
        ("1" + "0" * 16, "money-too-large"),
    ],
)
def test_what_is_no_plain_amount_is_refused(text: str, code: str) -> None:
    with pytest.raises(InvalidValue) as refusal:
        parse_yuan(text)
    assert refusal.value.code == code


def test_a_float_is_refused() -> None:
    with pytest.raises(TypeError):
        parse_yuan(312.5)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("fen", "words"),
    [
        (0, "零元整"),
        (5, "伍分"),
        (50, "伍角整"),
        (1000, "壹拾元整"),
        (31250, "叁佰壹拾贰元伍角整"),
        (32504, "叁佰贰拾伍元零肆分"),
        (140950, "壹仟肆佰零玖元伍角整"),
        (600714, "陆仟零柒元壹角肆分"),
        (1640902, "壹万陆仟肆佰零玖元零贰分"),
        (10700053, "壹拾万柒仟元伍角叁分"),
        (10070000, "壹拾万零柒佰元整"),
        (100_0001_00, "壹佰万零壹元整"),
        (10_0000_0000_00, "壹拾亿元整"),
        (10_0000_0001_00, "壹拾亿零壹元整"),
        (1_0000_0000_0000_00, "壹万亿元整"),
        (1_0001_0000_0000_00, "壹万零壹亿元整"),
        (MAX_FEN, "玖仟玖佰玖拾玖万玖仟玖佰玖拾玖亿玖仟玖佰玖拾玖万玖仟玖佰玖拾玖元玖角玖分"),
    ],
)
def test_an_amount_is_written_in_capitals_as_on_bills(fen: int, words: str) -> None:
    assert capital_amount(fen) == words


@given(AMOUNTS | st.integers(0, 2_000_000))
def test_capitals_say_the_amount_and_no_other(fen: int) -> None:
    words = capital_amount(fen)
    assert _value(words) == fen
    assert "零零" not in words
    assert words.endswith("分") == (fen % 10 > 0)


@pytest.mark.parametrize("fen", [-1, MAX_FEN + 1])
def test_amounts_out_of_range_are_not_written_in_capitals(fen: int) -> None:
    with pytest.raises(ValueError, match="MAX_FEN"):
        capital_amount(fen)


def test_half_a_fen_is_rounded_up() -> None:
    assert prorate(62500, 1, 2) == 31250
    assert prorate(5, 1, 2) == 3
    assert prorate(100, 1, 3) == 33
    assert prorate(100, 2, 3) == 67


@given(AMOUNTS, st.data())
def test_a_share_is_within_half_a_fen_of_the_exact_one(fen: int, data: st.DataObject) -> None:
    whole = data.draw(st.integers(1, 10**6))
    part = data.draw(st.integers(0, whole))
    share = prorate(fen, part, whole)
    assert -whole < 2 * (share * whole - fen * part) <= whole
    assert 0 <= share <= fen
    assert prorate(fen, whole, whole) == fen


@pytest.mark.parametrize(("fen", "part", "whole"), [(-1, 1, 2), (100, 3, 2), (100, -1, 2), (100, 0, 0)])
def test_a_share_of_something_impossible_is_refused(fen: int, part: int, whole: int) -> None:
    with pytest.raises(ValueError, match="part of a whole"):
        prorate(fen, part, whole)


@given(AMOUNTS, st.integers(1, 300))
def test_an_even_split_conserves_the_sum(fen: int, shares: int) -> None:
    split = split_evenly(fen, shares)
    assert sum(split) == fen
    assert len(split) == shares
    assert max(split) - min(split) <= 1


def _value(words: str) -> int:
    """The fen that capitals say: an independent reading, from left to right."""
    whole, has_yuan, rest = words.partition("元")
    whole, rest = (whole, rest) if has_yuan else ("", words)
    fen, digit = _number(whole) * 100, 0
    for char in rest.removesuffix("整"):
        if char in DIGITS:
            digit = DIGITS.index(char)
        else:
            fen += digit * {"角": 10, "分": 1}[char]
    return fen


def _number(words: str) -> int:
    for name in ("亿", "万"):
        if name in words:
            high, _, low = words.rpartition(name)
            return _number(high) * SCALES[name] + _number(low)
    total = digit = 0
    for char in words:
        if char in DIGITS:
            digit = DIGITS.index(char)
        else:
            total, digit = total + digit * SCALES[char], 0
    return total + digit
