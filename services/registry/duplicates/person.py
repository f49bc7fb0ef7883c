"""What is compared of a child's file."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from pypinyin import lazy_pinyin

from services.registry.children.ids import ChildId
from services.registry.duplicates.weights import weights
from shared.identifiers import name_key

TOWNSHIP_DIGITS = 9


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Nothing of it is kept. `guardian_relation`: of the one who is named first; `more_guardians`: names of others.

    `phone_index` and `id_index` are blind; whatever is empty or None says nothing.
    """

    id: ChildId
    name: str
    sex: str
    birth_date: date
    guardian_name: str
    id_index: str | None
    division: str
    guardian_relation: str = ""
    more_guardians: tuple[str, ...] = ()
    household_no: str = ""
    phone_index: str = ""
    school: str = ""
    grade: int = 0
    class_no: int = 0

    @property
    def guardians(self) -> tuple[str, ...]:
        """By the key of their names, for two spellings may be of one."""
        named = (self.guardian_name, *self.more_guardians)
        return tuple(name_key(name) for name in named if name)

    @property
    def township(self) -> str:
        return self.division[:TOWNSHIP_DIGITS]


@lru_cache(maxsize=500_000)
def sound(name: str) -> str:
    """As people say it; the first character is a surname, which some read otherwise than the word."""
    name = name_key(name)
    said = lazy_pinyin(name)
    return " ".join((weights().surname.get(name[:1], said[0] if said else ""), *said[1:]))
