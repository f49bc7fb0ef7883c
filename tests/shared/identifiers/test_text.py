from hypothesis import given
from hypothesis import strategies as st

from shared.identifiers.text import as_written, clean, compact, half_width

AWKWARD = st.text(st.sampled_from("张三 \u3000\u200b\ufeff\t·•.ＡａＺ９9é𠮷-\n"))


def test_full_width_marks_become_half_width_and_rare_characters_stay() -> None:
    assert half_width("ＡＢ１２：（\u3000）") == "AB12:( )"
    assert half_width("豈𠮷①") == "豈𠮷①"


def test_invisible_characters_and_stray_spaces_go() -> None:
    assert clean("\ufeff 青石镇\u3000\u3000中心\u200b小学\t\n") == "青石镇 中心小学"
    assert compact(" 34 99\u300021\u00a0") == "349921"


def test_a_sentence_keeps_its_marks_and_loses_only_what_nobody_sees_around_it() -> None:
    assert as_written("\ufeff\u3000因病，需在家休养。（医生：３天）\n") == "因病，需在家休养。（医生：３天）"
    assert as_written("第一行：\n  第二行！") == "第一行：\n  第二行！"
    assert as_written(" \u200b\u3000") == ""


@given(AWKWARD)
def test_what_is_regular_stays_as_it_is(text: str) -> None:
    for regular in (half_width, clean, compact, as_written):
        assert regular(regular(text)) == regular(text)
