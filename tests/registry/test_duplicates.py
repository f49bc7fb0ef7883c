"""A child registered twice: found, judged by a person, merged with both histories kept, and parted again if wrong."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import combinations

import pytest
from hypothesis import given as for_all
from hypothesis import strategies as st

from services.registry.attendance.runs import RecordAbsences
from services.registry.bootstrap import job_kinds
from services.registry.children.files import EnrolChild, RegisterChild
from services.registry.children.ids import ChildId
from services.registry.duplicates.decisions import (
    DismissDuplicate,
    FindDuplicate,
    MergeDuplicate,
    UnmergeDuplicate,
)
from services.registry.duplicates.matching import Person, limits, pairs
from services.registry.duplicates.refusals import (
    AwayFileMerged,
    FileMerged,
    NotMerged,
    NumberWouldBeLost,
    PairUnknown,
    SameFile,
)
from services.registry.queries import child_file
from services.registry.schools.schools import RegisterSchool
from shared.kernel.refusals import NotFound
from shared.runtime import Runtime
from tests.drawing import the_same_every_time
from tests.registry.conftest import COUNTY, Registry
from tests.registry.facts import BORN, OTHER_SCHOOL, SCHOOL, enrol
from tests.registry.test_api import SignIn

DAY = date(2026, 11, 20)
MONDAY = date(2026, 11, 23)
KEPT, ABSORBED = ChildId("c1"), ChildId("c2")
LIN = Person(
    id=KEPT,
    name="林小雨",
    sex="F",
    birth_date=date(2014, 9, 3),
    guardian_name="林大山",
    id_index=None,
    division="349921101201",
)


def other(**changed: object) -> Person:
    return replace(LIN, id=ABSORBED, **changed)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("second", "reason"),
    [
        (other(), "SAME_NAME"),
        (other(id_index="y"), "SAME_NAME"),
        (other(name="林晓雨"), "SAME_SOUND"),
        (other(name="林小宇"), "SAME_SOUND"),
        (other(name="林雨"), "ONE_CHARACTER"),
        (other(name="林小雪"), "ONE_CHARACTER"),
        (other(birth_date=date(2014, 3, 9)), "BIRTH_DATE_SLIP"),
        (other(birth_date=date(2015, 9, 3)), "BIRTH_DATE_SLIP"),
        (other(birth_date=date(2014, 9, 8)), "BIRTH_DATE_SLIP"),
        (other(birth_date=date(2016, 9, 3)), None),
        (other(birth_date=date(2014, 9, 8), guardian_name="钱多"), None),
        (other(name="王小雪"), None),
        (other(sex="M"), None),
    ],
)
def test_sound_spelling_birth_and_guardian_make_a_pair(second: Person, reason: str | None) -> None:
    assert [pair.reason for pair in pairs([second, LIN], limits())] == ([reason] if reason else [])


@pytest.mark.parametrize(
    ("one", "like_it"), [("单小雨", "山小雨"), ("曾小雨", "增小雨"), ("仇小雨", "求小雨"), ("覃小雨", "秦小雨")]
)
def test_a_surname_sounds_as_people_say_it(one: str, like_it: str) -> None:
    (pair,) = pairs([replace(LIN, name=one), other(name=f"{like_it[0]}晓雨")], limits())
    assert pair.reason == "SAME_SOUND"


def test_twins_with_numbers_of_their_own_are_no_pair() -> None:
    assert not list(pairs([replace(LIN, id_index="x"), other(name="林小雪", id_index="y")], limits()))


def test_a_pair_belongs_to_the_smallest_division_that_covers_both() -> None:
    (pair,) = pairs([LIN, other(division="349921101202")], limits())
    assert pair.division == "349921101"


PEOPLE = st.lists(
    st.builds(
        Person,
        id=st.uuids().map(lambda drawn: ChildId(f"c{drawn.hex}")),
        name=st.sampled_from(["林小雨", "林晓雨", "林雨", "王大山"]),
        sex=st.sampled_from("MF"),
        birth_date=st.sampled_from([date(2014, 9, 3), date(2014, 3, 9), date(2015, 9, 3)]),
        guardian_name=st.sampled_from(["林大山", ""]),
        id_index=st.sampled_from([None, "x", "y"]),
        division=st.just("349921101201"),
    ),
    max_size=8,
    unique_by=lambda person: person.id,
)


@the_same_every_time(60)
@for_all(PEOPLE)
def test_the_blocks_lose_no_pair_that_a_comparison_of_all_with_all_finds(people: list[Person]) -> None:
    by_blocks = {(pair.first.id, pair.second.id): pair.reason for pair in pairs(people, limits())}
    two_by_two = [pair for two in combinations(people, 2) for pair in pairs(two, limits())]
    assert by_blocks == {(pair.first.id, pair.second.id): pair.reason for pair in two_by_two}


def register(nol: Registry, child: ChildId, school: str, **more: str) -> None:
    nol.do(RegisterChild(child_id=child, name="林小雨", sex="F", birth_date=BORN, division="349921101201", **more))
    nol.do(
        EnrolChild(child_id=child, school_code=school, grade=6, class_no=1, enrolled_on=date(2026, 9, 1))  # type: ignore[arg-type]
    )


@pytest.fixture
def twice(nol: Registry) -> Registry:
    """The same child at two schools, under its number at the first."""
    for code in (SCHOOL, OTHER_SCHOOL):
        nol.do(RegisterSchool(school_code=code, name=f"学校{code}", kind="PRIMARY", division="349921101"))
    register(nol, KEPT, SCHOOL, id_number=nol.personal.seal(KEPT, "id_number", "349921201409031020"), id_index="x")
    register(nol, ABSORBED, OTHER_SCHOOL)
    return nol


def merge(kept: ChildId = KEPT, absorbed: ChildId = ABSORBED, on: date = DAY) -> MergeDuplicate:
    return MergeDuplicate(child_id=kept, absorbed_id=absorbed, reason="同一人", merged_on=on, evidence=("户口簿",))


PART = UnmergeDuplicate(child_id=ABSORBED, merged_into=KEPT, reason="核实为两人", unmerged_on=DAY)
FIND = FindDuplicate(child_id=KEPT, other_id=ABSORBED, reason="SAME_NAME", division="349921101")


def absent(nol: Registry, child: ChildId, on: date = DAY) -> None:
    nol.do(RecordAbsences(child_id=child, day=on))


def pair_status(nol: Registry) -> str:
    row = nol.store.ledger_collection("duplicates").find_one({"_id": f"{KEPT}:{ABSORBED}"})
    assert row is not None
    return str(row["status"])


def test_a_pair_is_found_once_and_a_dismissed_one_never_again(twice: Registry) -> None:
    assert twice.do(FIND, id="1").events
    assert not twice.do(FIND, id="2").events
    twice.do(DismissDuplicate(child_id=ABSORBED, other_id=KEPT, reason="堂姐妹"))
    assert not twice.do(FIND, id="3").events
    assert pair_status(twice) == "DIFFERENT"


def test_after_a_merge_one_child_is_left_with_both_histories(twice: Registry) -> None:
    twice.do(FIND)
    twice.do(merge())
    assert twice.statuses() == {"IN_SCHOOL": 1, "MERGED": 1}
    assert (twice.child(ABSORBED)["merged_into"], twice.child(KEPT)["absorbed"]) == (KEPT, [ABSORBED])
    assert pair_status(twice) == "MERGED"
    file = child_file(twice.store, twice.personal, COUNTY, KEPT)
    assert {event["data"]["child_id"] for event in file.history} == {KEPT, ABSORBED}
    assert file.version == 3


def test_nothing_is_recorded_in_a_merged_file_and_its_clocks_stand_still(twice: Registry) -> None:
    absent(twice, ABSORBED)
    twice.do(merge())
    with pytest.raises(FileMerged):
        absent(twice, ABSORBED, DAY - timedelta(days=1))
    with pytest.raises(FileMerged):
        twice.do(replace(enrol(OTHER_SCHOOL, on=DAY), child_id=ABSORBED))
    twice.wait_until(DAY + timedelta(days=10))
    assert twice.statuses() == {"IN_SCHOOL": 1, "MERGED": 1}


def test_a_mistaken_merge_is_undone_and_the_clocks_run_on(twice: Registry) -> None:
    twice.wait_until(MONDAY)
    twice.miss(ABSORBED, MONDAY + timedelta(days=5))
    twice.do(FIND)
    twice.do(merge())
    twice.do(PART)
    assert twice.child(KEPT)["absorbed"] == []
    assert pair_status(twice) == "PARTED"
    assert twice.child(ABSORBED)["status"] == "ABSENT_UNEXCUSED"
    twice.wait_until(MONDAY + timedelta(days=7))
    assert twice.child(ABSORBED)["status"] == "SUSPECTED_DROPOUT"


def test_what_would_lose_somebody_or_something_is_refused(twice: Registry) -> None:
    with pytest.raises(NumberWouldBeLost):
        twice.do(merge(ABSORBED, KEPT))
    with pytest.raises(SameFile):
        twice.do(merge(KEPT, KEPT))
    with pytest.raises(NotMerged):
        twice.do(PART)
    with pytest.raises(PairUnknown):
        twice.do(DismissDuplicate(child_id=ABSORBED, other_id=KEPT, reason="堂姐妹"))
    twice.miss(ABSORBED, DAY + timedelta(days=8))
    with pytest.raises(AwayFileMerged):
        twice.do(merge())


def test_a_clerk_of_another_township_finds_neither_file(twice: Registry) -> None:
    elsewhere = replace(COUNTY, scope=replace(COUNTY.scope, division="349921102"))
    with pytest.raises(NotFound):
        twice.do(merge(), caller=elsewhere)


def test_a_search_is_a_job_and_a_second_one_finds_nothing_new(
    twice: Registry, runtime: Runtime, sign_in: SignIn
) -> None:
    officer = sign_in("bureau_officer", division="349921")
    told = []
    for _ in range(2):
        job = officer.post("/duplicates/searches").json
        assert job is not None
        assert runtime.jobs.run_next(job_kinds(runtime))
        told.append(officer.get(f"/jobs/{job['id']}").json)
    assert [job["result"] for job in told if job] == [
        {"files": 2, "pairs": 1, "new": 1},
        {"files": 2, "pairs": 1, "new": 0},
    ]
    rows = officer.get("/ledgers/duplicates").json
    assert rows is not None
    assert [(row["cells"]["reason"], row["cells"]["first.id_number"]) for row in rows["rows"]] == [
        ("SAME_NAME", "349921********1020")
    ]
