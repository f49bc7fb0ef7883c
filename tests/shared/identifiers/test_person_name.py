import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from marshmallow import ValidationError

from shared.faults import InvalidValue
from shared.http.parsed import person_name
from shared.identifiers.person_name import LONGEST, doubts_about, name_key, parse_person_name, same_name
from shared.workbooks import parsers

AWKWARD = st.text(
    st.sampled_from("张三〇○零⻢⾺青⻘豈𠮷㛃\ue000 \u3000\u200b\ufe00\U000e0100·•﹒▪・'’-(）ＡａZé\u03019;\n")
)
NAMES = st.one_of(AWKWARD, st.text(max_size=60))


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("张\u3000三", "张三"),
        (" 张 小 三 ", "张小三"),
        ("阿依古丽•买买提", "阿依古丽·买买提"),
        ("阿依古丽 . 买买提", "阿依古丽·买买提"),
        ("阿依古丽．买买提", "阿依古丽·买买提"),
        ("阿依古丽﹒买买提", "阿依古丽·买买提"),
        ("阿依古丽▪买买提", "阿依古丽·买买提"),
        ("阿依古丽・买买提·", "阿依古丽·买买提"),
        ("Anna  Maria  Li", "Anna Maria Li"),
        ("José María", "José María"),
        ("Jose\u0301", "José"),
        ("O’Neil", "O'Neil"),
        ("O＇Neil", "O'Neil"),
        ("'张三", "张三"),
        ("𠮷 野", "𠮷野"),
        ("李〇", "李〇"),
        ("李○", "李〇"),
        ("⻢小⾭", "马小青"),
        ("⻘云", "青云"),
        ("葛\U000e0100明", "葛明"),
        ("王\ue0f1", "王\ue0f1"),
        ("张\U00031350", "张\U00031350"),
        ("བཀྲ་ཤིས", "བཀྲ་ཤིས"),
    ],
)
def test_a_name_has_one_spelling(written: str, name: str) -> None:
    assert parse_person_name(written) == name
    assert parse_person_name(name) == name


@pytest.mark.parametrize(
    "written", ["", " ", "·", "张3", "李0", "张三;李四", "张三、李四", "=cmd()", "王?", "张" * 51]
)
def test_what_is_no_name_is_refused(written: str) -> None:
    with pytest.raises(InvalidValue):
        parse_person_name(written)


def test_a_rare_character_is_not_replaced() -> None:
    assert parse_person_name("豈弘") == "豈弘"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("阿依古丽·买买提", "阿依古丽﹒买买提"),
        ("O'Neil", "O’NEIL"),
        ("马青", "⻢⻘"),
        ("李〇", "李○"),
        ("葛明", "葛\ufe00明"),
        ("Anna Li", "ANNALI"),
        ("豈弘", "\u8c48弘"),
        ("ＡＮＮＡ", "Anna"),
    ],
)
def test_what_differs_only_in_form_is_the_same_name(one: str, other: str) -> None:
    assert same_name(one, other)


@pytest.mark.parametrize(("one", "other"), [("李〇", "李零"), ("张三", "张叁"), ("王芳", "王方"), ("张三", "张三三")])
def test_another_character_is_another_name(one: str, other: str) -> None:
    assert not same_name(one, other)


@pytest.mark.parametrize(
    ("written", "codes"),
    [
        ("张三", []),
        ("阿依古丽•买买提", []),
        ("李〇", []),
        ("李○", ["name-lookalike"]),
        ("⻢青", ["name-lookalike"]),
        ("葛\U000e0100明", ["name-lookalike"]),
        ("王\ue0f1", ["name-private-character"]),
        ("⻢\ue0f1", ["name-lookalike", "name-private-character"]),
    ],
)
def test_doubtful_characters_are_told(written: str, codes: list[str]) -> None:
    assert [fault.code for fault in doubts_about(written)] == codes


@given(NAMES)
def test_a_request_takes_the_names_that_a_list_takes(written: str) -> None:
    def of_list() -> str | None:
        try:
            return parsers.name(written)
        except InvalidValue:
            return None

    def of_request() -> str | None:
        try:
            return str(person_name().deserialize(written))
        except ValidationError:
            return None

    assert of_list() == of_request()


@given(NAMES)
@example("○\u3000\ufe00\n'Z")
@example("a\ufe00\u0301")
@example("a·'\u0301")
@example("Ａ \u0301")
def test_what_is_regular_stays_as_it_is(written: str) -> None:
    assert name_key(name_key(written)) == name_key(written)
    try:
        name = parse_person_name(written)
    except InvalidValue:
        return
    assert parse_person_name(name) == name
    assert 0 < len(name) <= LONGEST
    assert same_name(name, written)
