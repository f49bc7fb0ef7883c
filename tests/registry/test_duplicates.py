"""A child registered twice: found, judged by a person, merged with both histories kept, and parted again if wrong."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

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
from services.registry.duplicates.refusals import (
    AwayFileMerged,
    FileMerged,
    NotMerged,
    NumberWouldBeLost,
    PairUnknown,
    SameFile,
)
from services.registry.duplicates.weights import Level
from services.registry.queries import child_file
from services.registry.schools.schools import RegisterSchool
from shared.kernel.refusals import NotFound
from shared.runtime import Runtime
from tests.registry.conftest import COUNTY, Registry
from tests.registry.facts import BORN, OTHER_SCHOOL, SCHOOL, enrol
from tests.registry.test_api import SignIn

DAY = date(2026, 11, 20)
MONDAY = date(2026, 11, 23)
KEPT, ABSORBED = ChildId("c1"), ChildId("c2")


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
FIND = FindDuplicate(
    child_id=KEPT,
    other_id=ABSORBED,
    level=Level.LIKELY,
    agreements=("NAME_SAME", "BIRTH_SAME"),
    disagreements=("GUARDIAN_OTHER",),
    division="349921101",
)


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


def test_two_people_are_asked_about_again_only_when_more_has_come_to_agree(twice: Registry) -> None:
    twice.do(FIND)
    twice.do(DismissDuplicate(child_id=ABSORBED, other_id=KEPT, reason="堂姐妹"))
    assert not twice.do(replace(FIND, level=Level.POSSIBLE, agreements=("NAME_SAME",)), id="less").events
    assert twice.do(replace(FIND, agreements=(*FIND.agreements, "PHONE_SAME")), id="more").events
    assert pair_status(twice) == "OPEN"
    twice.do(DismissDuplicate(child_id=ABSORBED, other_id=KEPT, reason="还是堂姐妹"), id="again")
    assert not twice.do(FIND, id="as before").events


def test_a_merged_pair_is_not_asked_about_again(twice: Registry) -> None:
    twice.do(FIND, id="1")
    twice.do(merge())
    assert not twice.do(replace(FIND, agreements=("NAME_SAME", "PHONE_SAME")), id="2").events


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
        {"files": 2, "pairs": 1, "new": 1, "unsearched": 0},
        {"files": 2, "pairs": 1, "new": 0, "unsearched": 0},
    ]
    rows = officer.get("/ledgers/duplicates").json
    assert rows is not None
    (cells,) = [row["cells"] for row in rows["rows"]]
    assert (cells["level"], cells["first.id_number"]) == ("LIKELY", "349921********1020")
    assert cells["agreements"] == ["NAME_SAME", "BIRTH_SAME", "SEX_SAME", "VILLAGE_SAME", "NUMBER_LACKING"]
    assert cells["disagreements"] == []
