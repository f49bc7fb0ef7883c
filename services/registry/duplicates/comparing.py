"""What can be said of two files: each trait gives what holds of it, with the value that both share."""

from collections.abc import Callable, Iterator
from datetime import date

from rapidfuzz.distance import OSA, Levenshtein

from services.registry.duplicates.person import Person, sound
from services.registry.duplicates.weights import Slips
from shared.calendar.lunar import as_lunar
from shared.identifiers import name_key, same_name

Said = tuple[str, str]
"""The code of a finding and, where its rarity counts, the shared value."""

FATHER, MOTHER = "51", "52"
_DAYS_A_MONTH = 30.4


def of_name(one: Person, other: Person) -> Said | None:
    """None for names that nothing joins: such files are no pair, whatever else agrees."""
    if same_name(one.name, other.name):
        return "NAME_SAME", name_key(one.name)
    said = sound(one.name)
    if said == sound(other.name):
        return "NAME_SAME_SOUND", said
    if Levenshtein.distance(name_key(one.name), name_key(other.name), score_cutoff=1) <= 1:
        return "NAME_ONE_CHARACTER", ""
    return None


def of_birth(one: date, other: date, slips: Slips) -> str:
    if one == other:
        return "BIRTH_SAME"
    return _slip(one, other, slips) or _apart(one, other, slips)


def _slip(one: date, other: date, slips: Slips) -> str:
    """The likeliest mistake that makes one of the other; empty where none does."""
    if one.year == other.year and (one.month, one.day) == (other.day, other.month):
        return "BIRTH_EXCHANGED"
    if as_lunar(one) == other or as_lunar(other) == one:
        return "BIRTH_LUNAR"
    if abs((one - other).days) <= slips.days:
        return "BIRTH_NEAR"
    same = sum((one.year == other.year, one.month == other.month, one.day == other.day))
    if same < 2:
        return ""
    if one.year != other.year and abs(one.year - other.year) <= slips.years:
        return "BIRTH_OTHER_YEAR"
    if sum(a != b for a, b in zip(one.isoformat(), other.isoformat(), strict=True)) == 1:
        return "BIRTH_ONE_DIGIT"
    return "BIRTH_TWO_PARTS" if one.year == other.year else ""


def _apart(one: date, other: date, slips: Slips) -> str:
    return "BIRTH_APART" if abs((one - other).days) >= slips.months_apart * _DAYS_A_MONTH else "BIRTH_OTHER"


def of_family(one: Person, other: Person) -> Iterator[Said]:
    """Everything that holds of guardians, household and telephone: they are one family's, and count once."""
    if one.household_no and one.household_no == other.household_no:
        yield "HOUSEHOLD_SAME", one.household_no
    if one.phone_index and one.phone_index == other.phone_index:
        yield "PHONE_SAME", one.phone_index
    yield from _of_guardians(one, other)


def _of_guardians(one: Person, other: Person) -> Iterator[Said]:
    names, others = one.guardians, other.guardians
    if not names or not others:
        return
    if shared := set(names).intersection(others):
        yield from (("GUARDIAN_SAME", name) for name in sorted(shared))
    elif said := {sound(name) for name in names}.intersection(map(sound, others)):
        yield from (("GUARDIAN_SAME_SOUND", name) for name in sorted(said))
    elif {one.guardian_relation, other.guardian_relation} == {FATHER, MOTHER}:
        yield "BOTH_PARENTS", ""
    else:
        yield "GUARDIAN_OTHER", ""


def of_place(one: Person, other: Person) -> str:
    if one.division == other.division:
        return "VILLAGE_SAME"
    return "TOWNSHIP_SAME" if one.township == other.township else "PLACE_OTHER"


def of_class(one: Person, other: Person) -> str:
    """Empty unless both are pupils of one school."""
    if not one.school or one.school != other.school:
        return ""
    same = (one.grade, one.class_no) == (other.grade, other.class_no)
    return "CLASS_SAME" if same and one.class_no else "SCHOOL_SAME"


NumberOf = Callable[[Person], str]
"""A person's identity number, opened to be compared and forgotten; empty where there is none."""
_PLACE_AND_BIRTH, _ORDER = slice(14), slice(14, 17)


def of_number(one: Person, other: Person, number_of: NumberOf) -> str:
    """A slip is a digit off, or two neighbours exchanged, in place or birth date. Twins are numbered one after the
    other, so that a digit in the order is none; the check character follows from all others.
    """
    if not one.id_index or not other.id_index:
        return "NUMBER_LACKING"
    first, second = number_of(one), number_of(other)
    slipped = OSA.distance(first[_PLACE_AND_BIRTH], second[_PLACE_AND_BIRTH], score_cutoff=1) == 1
    return "NUMBER_SLIP" if slipped and first[_ORDER] == second[_ORDER] else "NUMBER_OTHER"
