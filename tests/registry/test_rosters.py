"""Each term a roster is frozen, every class is counted, and the principal signs; a later change reopens it."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from services.registry.children.files import EnrolChild, RegisterChild
from services.registry.children.ids import ChildId
from services.registry.children.statuses import StudentNumberKind
from services.registry.rosters.decisions import EXTRA, MISSING, CountClass, SignOffHeadcount, TakeRosterSnapshot
from services.registry.rosters.events import Difference
from services.registry.rosters.refusals import (
    ClassesNotCounted,
    CountDoesNotAddUp,
    CountedTwice,
    DifferenceNotSoNamed,
    NoSuchClass,
    NotOfThisClass,
    TermNotRunning,
)
from services.registry.schools.schools import RegisterSchool
from shared.kernel.caller import Caller, Scope
from shared.kernel.ledgers import Row
from shared.kernel.refusals import NotFound, Refused
from tests.registry.conftest import Registry
from tests.registry.facts import OTHER_SCHOOL, SCHOOL

TERM = "2026-autumn"
DAY = date(2026, 11, 20)
FIRST, SECOND = 1, 2


def pupil(nol: Registry, number: int, class_no: int, kind: StudentNumberKind = StudentNumberKind.FORMAL) -> ChildId:
    child = ChildId(f"c{number}")
    nol.do(
        RegisterChild(child_id=child, name=f"田小{number}", sex="F", birth_date=date(2014, 9, 3), division="349921101")
    )
    nol.do(
        EnrolChild(
            child_id=child,
            school_code=SCHOOL,
            grade=6,
            class_no=class_no,
            enrolled_on=date(2026, 9, 1),
            student_number_kind=kind,
        )
    )
    return child


@pytest.fixture
def school(nol: Registry) -> Registry:
    """Two classes, one of two pupils and one of one; a third pupil of the second has no student file yet."""
    for code, name in ((SCHOOL, "青石镇中心小学"), (OTHER_SCHOOL, "白沙初级中学")):
        nol.do(RegisterSchool(school_code=code, name=name, kind="PRIMARY", division="349921101"))
    pupil(nol, 1, FIRST)
    pupil(nol, 2, FIRST)
    pupil(nol, 3, SECOND)
    pupil(nol, 4, SECOND, StudentNumberKind.NONE)
    return nol


def count(class_no: int, actual: int, *differences: Difference) -> CountClass:
    return CountClass(
        school_code=SCHOOL,
        term=TERM,
        grade=6,
        class_no=class_no,
        actual=actual,
        counted_on=DAY,
        differences=differences,
    )


def missing(child: str, why: str = "随父母外出") -> Difference:
    return Difference(kind=MISSING, child_id=ChildId(child), name="", explanation=why)


def extra(child: str | None, name: str = "") -> Difference:
    return Difference(kind=EXTRA, child_id=ChildId(child) if child else None, name=name, explanation="学籍号尚未批下")


SIGN = SignOffHeadcount(school_code=SCHOOL, term=TERM, signed_off_on=DAY)


def counted(nol: Registry) -> None:
    nol.do(count(FIRST, 1, missing("c2")))
    nol.do(count(SECOND, 2, extra("c4")))


def term_row(nol: Registry) -> Row:
    row = nol.store.ledger_collection("term-rosters").find_one({"_id": f"{SCHOOL}:{TERM}"})
    assert row is not None
    return row


@pytest.mark.rule("10-11")
def test_actual_and_registered_are_compared_class_by_class_and_signed_off(school: Registry) -> None:
    counted(school)
    school.do(SIGN)
    row = term_row(school)
    assert (row["status"], row["registered"], row["actual"], row["differences"]) == ("SIGNED_OFF", 3, 3, 2)
    first = school.store.ledger_collection("class-counts").find_one({"_id": f"{SCHOOL}:{TERM}:6-1"})
    assert first is not None
    assert (first["registered"], first["actual"], first["missing"], first["explanations"]) == (2, 1, 1, ["随父母外出"])


@pytest.mark.rule("10-11")
@pytest.mark.parametrize(
    ("command", "refusal"),
    [
        (count(FIRST, 1), CountDoesNotAddUp),
        (count(FIRST, 2, missing("c2")), CountDoesNotAddUp),
        (count(FIRST, 1, missing("c3")), NotOfThisClass),
        (count(FIRST, 0, missing("c2"), missing("c2")), CountedTwice),
        (count(9, 0), NoSuchClass),
    ],
)
def test_a_difference_that_nobody_explains_pupil_by_pupil_is_refused(
    school: Registry, command: CountClass, refusal: type[Refused]
) -> None:
    with pytest.raises(refusal):
        school.do(command)


@pytest.mark.rule("10-11")
def test_nobody_signs_before_every_class_is_counted(school: Registry) -> None:
    school.do(count(FIRST, 2))
    with pytest.raises(ClassesNotCounted, match="1 classes") as refused:
        school.do(SIGN)
    assert "6-2" in refused.value.zh


@pytest.mark.rule("10-11")
def test_a_pupil_who_comes_later_reopens_the_class_the_next_night(school: Registry) -> None:
    counted(school)
    school.do(SIGN)
    school.wait_until(DAY + timedelta(days=2))
    assert term_row(school)["status"] == "SIGNED_OFF"
    pupil(school, 5, SECOND)
    school.wait_until(DAY + timedelta(days=3))
    row = term_row(school)
    assert (row["status"], row["changed_classes"]) == ("REOPENED", ["6-2"])
    with pytest.raises(ClassesNotCounted):
        school.do(SIGN, id="again")
    school.do(count(SECOND, 3, extra("c4")))
    school.do(SIGN, id="once more")
    assert term_row(school)["status"] == "SIGNED_OFF"


@pytest.mark.rule("8-05")
def test_the_roster_freezes_by_itself_and_keeps_who_was_there(school: Registry) -> None:
    """Given a school known on 20 November; when ten days have passed; then its roster is kept as it stands then."""
    school.wait_until(DAY + timedelta(days=9))
    assert school.store.ledger_collection("term-rosters").count_documents({"school": SCHOOL}) == 0
    school.wait_until(DAY + timedelta(days=10))
    pupil(school, 6, FIRST)
    assert (term_row(school)["frozen"], term_row(school)["taken_on"]) == (3, "2026-11-30")


@pytest.mark.rule("8-05")
def test_the_next_term_freezes_too_and_none_freezes_twice(school: Registry) -> None:
    snapshot = TakeRosterSnapshot(school_code=SCHOOL, term=TERM)
    assert school.do(snapshot, id="first").events
    assert not school.do(snapshot, id="second").events
    school.wait_until(date(2027, 4, 1))
    terms = [row["term"] for row in school.store.ledger_collection("term-rosters").find({"school": SCHOOL})]
    assert sorted(terms) == [TERM, "2027-spring"]


@pytest.mark.rule("8-05")
@pytest.mark.parametrize("term", ["1900-autumn", "2026-spring", "2027-spring", "2050-autumn"])
def test_today_s_pupils_are_frozen_counted_and_signed_for_as_this_term_s_and_no_other_s(
    school: Registry, term: str
) -> None:
    counted(school)
    for command in (TakeRosterSnapshot(school_code=SCHOOL, term=term), replace(count(FIRST, 2), term=term)):
        with pytest.raises(TermNotRunning, match="2026—2027学年第一学期") as refused:
            school.do(command)
        assert "2026—2027学年第一学期" in refused.value.zh
    with pytest.raises(TermNotRunning):
        school.do(replace(SIGN, term=term))


def test_in_the_holidays_the_term_before_can_still_be_counted(school: Registry) -> None:
    school.wait_until(date(2027, 2, 5))
    assert school.do(count(FIRST, 2)).events


def test_another_schools_office_cannot_count(school: Registry) -> None:
    stranger = Caller("u2", "school_admin", Scope(school=OTHER_SCHOOL))
    with pytest.raises(NotFound):
        school.do(count(FIRST, 2), caller=stranger)
    own = replace(stranger, scope=Scope(school=SCHOOL))
    assert school.do(count(FIRST, 2), caller=own).events


@pytest.mark.parametrize(("child", "name"), [("c4", "田小5"), ("c99", "田小4")])
def test_a_difference_that_gives_one_childs_id_and_anothers_name_is_refused(
    school: Registry, child: str, name: str
) -> None:
    told = replace(extra(child), name=name)
    with pytest.raises(DifferenceNotSoNamed):
        school.do(count(SECOND, 2, told))
    school.do(count(SECOND, 2, replace(extra("c4"), name="田小4")))
