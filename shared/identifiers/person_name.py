"""People's names: the one spelling in which they are kept, what is doubtful in them, and when two are the same.

Lists and requests read them by this one rule.
"""

import re
import unicodedata
from functools import lru_cache

from shared.faults import Fault, InvalidValue
from shared.identifiers.name_characters import HAN, IDEOGRAPHS, MARKS, PRIVATE, VARIATION_SELECTORS
from shared.identifiers.text import clean

LONGEST = 50

UNREADABLE = Fault(
    "cell-name-unreadable",
    "姓名中有数字或不应有的符号，或者太长",
    f"This is not a person's name of at most {LONGEST} characters.",
    "请对照原件更正",
)
LOOKALIKE = Fault(
    "name-lookalike",
    "姓名中有形近的特殊符号（如部首“⻢”、圆圈“○”、字形选择符），已按规范汉字记录",
    "A radical, circle or glyph variant stood for a character, which is kept instead.",
    "请核对姓名用字",
)
PRIVATE_CHARACTER = Fault(
    "name-private-character",
    "姓名中有本机造字，在其他电脑上可能显示为别的字或空白",
    "A private-use character is shown as another one, or as none, on other machines.",
    "请改用国家标准（GB 18030）中的汉字；确无此字的可以保留",
)

_plain = re.compile(r"[一-鿿]{1,50}").fullmatch
_HAN_OR_DOT = f"[·{HAN}{PRIVATE}]"
_SPACE_BESIDE_HAN_OR_DOT = re.compile(f"(?<={_HAN_OR_DOT}) | (?={_HAN_OR_DOT})")
_NOT_HAN = re.compile(f"[^{HAN}{PRIVATE}]+")
_letter_of_its_own = re.compile(f"[{HAN}{PRIVATE}]").match
_is_private = re.compile(f"[{PRIVATE}]").search
_MARKS_BETWEEN = frozenset("·-'() ་")
_REPLACED = IDEOGRAPHS.keys() | VARIATION_SELECTORS.keys()


def parse_person_name(text: str) -> str:
    """The one spelling: of ``"张　三 "`` ``"张三"``, of ``"买买提﹒艾力"`` ``"买买提·艾力"``, of ``"⻢○"`` ``"马〇"``.

    Letters of any script, rare and private-use characters, the marks between them; spaces stay only between Latin
    words. A variation selector goes: what it chooses, no other list or font knows. Raises ``InvalidValue``.
    """
    if _plain(text):  # most names
        return text
    found = _tidied(text)
    if len(found) > LONGEST or not _is_letter(found[:1]) or not all(map(_belongs, found)):
        raise InvalidValue(UNREADABLE)
    return found


def doubts_about(written: str) -> tuple[Fault, ...]:
    """What a name that can be read should be looked at again for, as it was written."""
    if _plain(written):
        return ()
    lookalike = (LOOKALIKE,) if any(ord(char) in _REPLACED for char in written) else ()
    return lookalike + ((PRIVATE_CHARACTER,) if _is_private(written) else ())


def same_name(one: str, other: str) -> bool:
    """Whether two spellings differ at most in form."""
    return one == other or name_key(one) == name_key(other)


@lru_cache(maxsize=100_000)
def name_key(name: str) -> str:
    """The form by which names are compared; not for showing.

    Width, kinds of dots and apostrophes, radicals and circles, compatibility characters, glyph variants, spaces and
    the case of Latin letters make no difference. 〇 and 零 are two characters.
    """
    if _plain(name):
        return name
    folded = unicodedata.normalize("NFC", _tidied(name)).casefold()
    return unicodedata.normalize("NFC", folded.replace(" ", ""))


def _tidied(text: str) -> str:
    """Tidied until nothing is left to tidy: what goes may leave a space or an accent where there was none before."""
    found = _tidied_once(text)
    while found != text:
        text, found = found, _tidied_once(found)
    return found


def _tidied_once(text: str) -> str:
    known = clean(text.translate(VARIATION_SELECTORS)).translate(IDEOGRAPHS).translate(MARKS)
    composed = _NOT_HAN.sub(lambda rest: unicodedata.normalize("NFC", rest[0]), known)  # NFC replaces rare characters
    return _SPACE_BESIDE_HAN_OR_DOT.sub("", composed.translate(MARKS)).strip("·").lstrip("' ").strip("· ")


def _is_letter(char: str) -> bool:
    return char.isalpha() or _letter_of_its_own(char) is not None


def _belongs(char: str) -> bool:
    """A letter, a mark between letters, or a sign above or below one."""
    return _is_letter(char) or char in _MARKS_BETWEEN or unicodedata.category(char) in ("Mn", "Mc")
