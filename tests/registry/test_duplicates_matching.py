"""When two files may be one child's: weak agreements together are strong, and what speaks against counts as well."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from itertools import combinations

import pytest
from hypothesis import given as for_all
from hypothesis import strategies as st

from services.registry.children.ids import ChildId
from services.registry.duplicates.blocking import Blocks
from services.registry.duplicates.census import Census
from services.registry.duplicates.matching import Matcher, Pair, search
from services.registry.duplicates.person import Person
from services.registry.duplicates.weights import Level, weights
from tests.drawing import the_same_every_time

LIN = Person(
    id=ChildId("c1"),
    name="林小雨",
    sex="F",
    birth_date=date(2014, 9, 3),
    guardian_name="林大山",
    guardian_relation="51",
    id_index=None,
    division="349921101201",
)
NUMBERS = {"x": "349921201409031020", "y": "349921201409031047", "slip": "349921201509031025"}


def number_of(person: Person) -> str:
    return NUMBERS[person.id_index or ""]


def other(**changed: object) -> Person:
    return replace(LIN, id=ChildId("c2"), **changed)  # type: ignore[arg-type]


def found(*people: Person) -> Sequence[Pair]:
    return search(people, weights(), number_of).pairs


@pytest.mark.parametrize(
    ("second", "because"),
    [
        (other(), "NAME_SAME"),
        (other(name="林晓雨"), "NAME_SAME_SOUND"),
        (other(name="林小宇"), "NAME_SAME_SOUND"),
        (other(name="林雨"), "NAME_ONE_CHARACTER"),
        (other(name="林小雪"), "NAME_ONE_CHARACTER"),
        (other(birth_date=date(2014, 3, 9)), "BIRTH_EXCHANGED"),
        (other(birth_date=date(2015, 9, 3)), "BIRTH_OTHER_YEAR"),
        (other(birth_date=date(2014, 9, 8)), "BIRTH_ONE_DIGIT"),
        (other(birth_date=date(2014, 9, 27)), "BIRTH_TWO_PARTS"),
    ],
)
def test_a_slip_in_name_or_birthday_is_found(second: Person, because: str) -> None:
    (pair,) = found(second, LIN)
    assert because in pair.agreements
    assert (pair.first, pair.second) == (LIN, second)


MOTHER = {"guardian_name": "王秀英", "guardian_relation": "52"}


@pytest.mark.parametrize(
    ("second", "because"),
    [
        (other(birth_date=date(2011, 9, 3)), "BIRTH_OTHER_YEAR"),
        (other(birth_date=date(2014, 8, 10)), "BIRTH_LUNAR"),
        (other(birth_date=date(2014, 10, 26)), "BIRTH_LUNAR"),
        (other(sex="M"), "NAME_SAME"),
        (other(birth_date=date(2014, 9, 4), **MOTHER), "BOTH_PARENTS"),
        (other(birth_date=date(2014, 9, 2), division="349921101202", **MOTHER), "BOTH_PARENTS"),
    ],
    ids=["three years", "lunar in one", "lunar in the other", "sex", "father and mother", "and another village"],
)
def test_weak_agreements_together_are_strong(second: Person, because: str) -> None:
    (pair,) = found(LIN, second)
    assert because in pair.agreements


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (LIN, other(name="王小雪")),
        (LIN, other(birth_date=date(2014, 9, 8), guardian_name="钱多", id_index="y")),
        (LIN, other(name="林小雪", birth_date=date(2016, 4, 20))),
        (replace(LIN, id_index="x"), other(name="林小雪", id_index="y")),
        (replace(LIN, id_index="x"), other(name="林晓雨", guardian_name="林大河", id_index="y")),
    ],
    ids=["another name", "a namesake of the village", "a sister", "twins with numbers", "born together"],
)
def test_who_only_looks_alike_is_no_pair(first: Person, second: Person) -> None:
    assert not found(first, second)


def test_twins_in_one_class_are_no_pair_without_numbers_either() -> None:
    in_class = {"school": "2134000001", "grade": 6, "class_no": 1}
    assert not found(replace(LIN, **in_class), other(name="林小雪", **in_class))  # type: ignore[arg-type]


def test_two_numbers_speak_for_two_children_and_all_else_may_outweigh_them() -> None:
    (pair,) = found(replace(LIN, id_index="x"), other(id_index="y"))
    assert pair.level is Level.POSSIBLE
    assert pair.disagreements == ("NUMBER_OTHER",)


def test_a_digit_off_in_the_number_explains_two_numbers_and_the_next_number_of_the_day_does_not() -> None:
    (pair,) = found(replace(LIN, id_index="x"), other(id_index="slip", birth_date=date(2015, 9, 3)))
    assert "NUMBER_SLIP" in pair.agreements
    (twins,) = found(replace(LIN, id_index="x"), other(id_index="y"))
    assert "NUMBER_SLIP" not in twins.agreements


def test_a_common_name_weighs_less_than_a_rare_one() -> None:
    namesakes = [replace(LIN, id=ChildId(f"n{at}"), division=f"3499211{at:02}201") for at in range(30)]
    census = Census(namesakes, weights().population)
    common = Matcher(weights(), census, number_of).pair(LIN, other())
    rare = Matcher(weights(), Census([LIN], weights().population), number_of).pair(LIN, other())
    assert common
    assert rare
    assert common.points < rare.points


def test_a_second_guardian_whom_both_files_name_makes_the_family_the_same() -> None:
    (pair,) = found(LIN, other(guardian_name="林老汉", more_guardians=("林大山",)))
    assert "GUARDIAN_SAME" in pair.agreements


@pytest.mark.parametrize(
    ("one", "like_it"), [("单小雨", "山小雨"), ("曾小雨", "增小雨"), ("仇小雨", "求小雨"), ("覃小雨", "秦小雨")]
)
def test_a_surname_sounds_as_people_say_it(one: str, like_it: str) -> None:
    (pair,) = found(replace(LIN, name=one), other(name=f"{like_it[0]}晓雨"))
    assert "NAME_SAME_SOUND" in pair.agreements


def test_a_pair_belongs_to_the_smallest_division_that_covers_both() -> None:
    (pair,) = found(LIN, other(division="349921101202"))
    assert pair.division == "349921101"


def test_what_was_not_searched_is_told() -> None:
    crowd = [replace(LIN, id=ChildId(f"c{at:03}"), guardian_name="") for at in range(weights().largest_block + 1)]
    told = search(crowd, weights(), number_of)
    assert told.unsearched == {person.id for person in crowd}


def test_a_large_block_is_split_and_searched() -> None:
    blocks = Blocks(largest=2)
    people = [replace(LIN, id=ChildId(f"c{at}"), division=f"34992110120{at // 2}") for at in range(4)]
    pairs = {(one.id, two.id) for one, two in blocks.candidates(people)}
    assert pairs >= {("c0", "c1"), ("c2", "c3")}


PERSONS = st.builds(
    Person,
    id=st.uuids().map(lambda drawn: ChildId(f"c{drawn.hex}")),
    name=st.sampled_from(["林小雨", "林晓雨", "林雨", "林小雪", "王大山"]),
    sex=st.sampled_from("MF"),
    birth_date=st.sampled_from([date(2014, 9, 3), date(2014, 8, 10), date(2014, 9, 4), date(2011, 9, 3)]),
    guardian_name=st.sampled_from(["林大山", "林大衫", "王秀英", ""]),
    guardian_relation=st.sampled_from(["51", "52", "61"]),
    id_index=st.sampled_from([None, "x", "y", "slip"]),
    division=st.sampled_from(["349921101201", "349921101202", "349921102201"]),
    household_no=st.sampled_from(["", "1", "2"]),
    phone_index=st.sampled_from(["", "p", "q"]),
    school=st.sampled_from(["", "2134000001", "2134000002"]),
    class_no=st.sampled_from([0, 1]),
)
PEOPLE = st.lists(PERSONS, max_size=8, unique_by=lambda person: person.id)


@the_same_every_time(200)
@for_all(PEOPLE)
def test_the_blocks_lose_no_pair_that_a_comparison_of_all_with_all_finds(people: list[Person]) -> None:
    matcher = Matcher(weights(), Census(people, weights().population), number_of)
    two_by_two = [pair for one, two in combinations(people, 2) if (pair := matcher.pair(one, two))]
    assert {(pair.first.id, pair.second.id): pair for pair in two_by_two} == {
        (pair.first.id, pair.second.id): pair for pair in found(*people)
    }


@the_same_every_time(60)
@for_all(PEOPLE)
def test_the_order_of_the_files_plays_no_part(people: list[Person]) -> None:
    assert found(*people) == found(*reversed(people))


@the_same_every_time(200)
@for_all(PERSONS, PERSONS)
def test_who_is_compared_with_whom_plays_no_part(one: Person, two: Person) -> None:
    matcher = Matcher(weights(), Census([one, two], weights().population), number_of)
    assert matcher.pair(one, two) == matcher.pair(two, one)


AGREEMENTS: Sequence[Callable[[Person], dict[str, object]]] = (
    lambda person: {"name": person.name},
    lambda person: {"birth_date": person.birth_date},
    lambda person: {"sex": person.sex},
    lambda person: {"guardian_name": person.guardian_name, "guardian_relation": person.guardian_relation},
    lambda person: {"division": person.division},
    lambda person: {"household_no": person.household_no} if person.household_no else {},
    lambda person: {"phone_index": person.phone_index} if person.phone_index else {},
)
EVERY_PAIR = replace(weights(), possible=-1000)


@the_same_every_time(300)
@for_all(PERSONS, PERSONS, st.sampled_from(AGREEMENTS))
def test_one_more_agreement_never_lowers_the_points(
    one: Person, two: Person, agreed: Callable[[Person], dict[str, object]]
) -> None:
    alike = replace(two, **agreed(one))  # type: ignore[arg-type]
    matcher = Matcher(EVERY_PAIR, Census([one, two, alike], weights().population), number_of)
    before, after = matcher.pair(one, two), matcher.pair(one, alike)
    assert before is None or (after is not None and after.points >= before.points)


def test_two_spellings_of_one_name_are_the_same_name() -> None:
    far = {"name": "阿依古丽·买买提", "guardian_name": "买买提·吐尔逊"}
    spelt = {"name": "阿依古丽•买买提", "guardian_name": "买买提•吐尔逊"}
    (pair,) = found(replace(LIN, **far), other(**spelt))  # type: ignore[arg-type]
    assert {"NAME_SAME", "GUARDIAN_SAME"} <= set(pair.agreements)
